"""Classification: worked examples, properties and a held-out set."""
