"""Measurements that print a table; run by hand, never by the suite."""
