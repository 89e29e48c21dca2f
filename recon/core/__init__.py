"""What every room stands on: money, sources, findings, errors, tables, words and settings."""
