"""The case folder, its form, and the whole story from evidence to outputs."""
