"""Photographs and scans → pages of words with boxes and confidence, by OCR on this machine alone."""

from recon.evidence.picture.engine import Engine
from recon.evidence.picture.pages import again, look, pieces, read, read_pdf

__all__ = ["Engine", "again", "look", "pieces", "read", "read_pdf"]
