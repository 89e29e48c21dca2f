"""Pages and grids become lines and documents that prove themselves."""
