"""What happens in a business on a day: sales, supplies, costs, the owner's household, money moved about."""
