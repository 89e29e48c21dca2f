"""Rows of cells become accounts with signed, ordered and proven lines, by meaning."""
