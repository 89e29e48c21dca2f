"""The markup of OFX, SGML or XML, closed tags or not, as one stream of tags and values."""

import bisect
import html
import re
from collections.abc import Iterator

import numpy as np

from recon.reading.messages.statement import day

_MARKUP = (
    r"<!\[CDATA\[(?P<cdata>(?:(?!<!\[CDATA\[).)*?)\]\]>"
    r"|<(?P<end>/?)(?P<tag>{letters}[\w.]*)\s*/?>"
    r"|(?P<text>[^<]+|<)"
)


def pieces(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Line number, ``value``, ``open`` or ``close``, the tag, and the words of a value, in the order of the file."""
    tag, parts, start = "", [""], 1
    for line, kind, piece in _tokens(text):
        if kind == "text":
            parts.append(piece)
            continue
        words = " ".join("".join(parts).split())
        if tag and words:
            yield start, "value", tag, words
        tag, parts, start = (piece if kind == "open" else ""), [], line
        yield line, kind, piece, ""


def _tokens(text: str) -> Iterator[tuple[int, str, str]]:
    """Line number, ``open``, ``close`` or ``text``, and the tag or the words."""
    letters = "[A-Z]" if re.search(r"<(OFX|STMTTRN)>", text) else "[A-Za-z]"
    breaks = [found.start() for found in re.finditer(r"\r\n?|\n", text)]
    for found in re.finditer(_MARKUP.format(letters=letters), text, re.DOTALL):
        line = bisect.bisect_left(breaks, found.start()) + 1
        if found["tag"]:
            yield line, "close" if found["end"] else "open", found["tag"].upper()
        else:
            words = found["cdata"] if found["cdata"] is not None else html.unescape(found["text"])
            yield line, "text", words


def stamped(text: str) -> tuple[np.datetime64, bool] | None:
    """The day of a date as OFX prints it, and whether the calendar has it; None where *text* is none."""
    found = re.match(r"\s*([0-9]{4})-?([0-9]{2})-?([0-9]{2})", text)
    return day(*map(int, found.groups())) if found else None
