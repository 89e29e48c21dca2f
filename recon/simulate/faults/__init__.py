"""Faults by request: evidence and answers that do not tell the truth, each recorded beside it."""
