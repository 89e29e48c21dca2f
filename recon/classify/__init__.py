"""A line gets a name for what it was for, why, and how sure."""
