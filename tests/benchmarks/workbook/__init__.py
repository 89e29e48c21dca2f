"""What the workbook costs: building it, and opening it elsewhere; run by hand, asserted nowhere."""
