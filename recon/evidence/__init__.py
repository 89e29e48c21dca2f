"""One file becomes pages, words with boxes and grids; nothing means anything yet."""
