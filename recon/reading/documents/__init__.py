"""Receipts, invoices and slips: rows, amounts, dates and labels of one document, and the arithmetic that proves it."""
