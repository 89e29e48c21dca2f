"""Photographed pages: their columns laid over each other, and misread figures put right by arithmetic."""
