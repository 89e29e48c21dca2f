"""Double entry: the journal, and the control accounts that find the missing figure."""
