"""Tests of the workbook: recalculated by an independent engine, changed as a reviewer would, and held to its rules."""
