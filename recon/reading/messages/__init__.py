"""Statements as programs send them: OFX, SWIFT, CAMT and QIF, each field with its meaning."""
