"""Tables as people and programs lay them out become plain ones: a line for each movement, a column for each meaning."""
