"""Words on pages become the rows of tables."""
