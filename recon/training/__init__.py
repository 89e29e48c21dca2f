"""Exercises for the notebooks."""
