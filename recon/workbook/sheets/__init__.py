"""The sheets: one module lays out one or two of them."""
