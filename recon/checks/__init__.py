"""Checks with two sides from different roads and four outcomes."""
