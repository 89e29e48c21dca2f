"""Lines and documents become each economic event once."""
