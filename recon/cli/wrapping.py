"""Text broken into lines of a terminal: Chinese between any two characters, no line begun with a closing mark."""

import re

from rich.cells import cell_len

#: What never begins a line, and what never ends one.
_CLOSING, _OPENING = "，。；：、）！？”’》」%,.;:!?)]", "（“‘《「(["
_WIDE = "\u2e80-\u9fff\uff00-\uffef\u3000-\u303f"
_PIECES = re.compile(rf"[{_WIDE}]|[^\s{_WIDE}]+|\s+")


def wrapped(text: str, width: int) -> str:
    """*text* in lines of at most *width* cells; longer words are cut."""
    lines, line = [], ""
    for piece in _units(text):
        for part in _fitting(piece, width):
            if cell_len(line + part.rstrip()) > width and line.strip():
                lines.append(line.rstrip())
                line = ""
            line += part if line or part.strip() else ""
    return "\n".join([*lines, line.rstrip()])


def _units(text: str) -> list[str]:
    """Words and single wide characters, each with the marks that must stay beside it."""
    units: list[str] = []
    for piece in _PIECES.findall(text):
        if units and (piece[0] in _CLOSING or units[-1][-1] in _OPENING):
            units[-1] += piece
        else:
            units.append(piece)
    return units


def _fitting(unit: str, width: int) -> list[str]:
    """A *unit* in parts that fit a line."""
    parts = [""]
    for ch in unit:
        if cell_len(parts[-1] + ch) > width:
            parts.append("")
        parts[-1] += ch
    return parts
