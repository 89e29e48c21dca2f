"""How well photographed statements are read, and at what cost; scripts, run by hand."""
