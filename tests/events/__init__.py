"""Events: worked examples and properties."""
