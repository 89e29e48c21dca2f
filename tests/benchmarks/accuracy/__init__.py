"""How true the rebuilt books are: businesses with known truth, only their evidence handed in, rebuilt and compared."""
