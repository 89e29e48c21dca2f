"""The workbook that a reviewer can trust: cells as data, then one writer."""
