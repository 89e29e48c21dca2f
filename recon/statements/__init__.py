"""The ledger becomes the three statements, through forms that are data."""
