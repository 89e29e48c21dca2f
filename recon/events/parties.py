"""A party's cell that holds name and account number together, however its column wrapped them, read as the two."""

import re

from recon.events.words import digits

#: Digits and stars that an account number has: fewer are a reference or a telephone's extension, more two numbers.
_FEWEST, _MOST = 10, 34
#: A run of digits, in pieces where the column was too narrow for it, at either end of a name.
_PIECES = r"[\d*][\d*\s-]*[\d*]"
_BEHIND = re.compile(rf"^(?P<name>.*[^\W\d_][^\w*]*?)(?<![A-Za-z])(?P<number>{_PIECES})\s*[)）\]】]?$", re.DOTALL)
_BEFORE = re.compile(rf"^(?P<number>{_PIECES})(?P<name>[^\w*]*[^\W\d_].*)$", re.DOTALL)
#: A day among the pieces: then the digits are a payment's reference.
_DATE = re.compile(r"(?<!\d)20\d\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])(?!\d)")


def parted(party: str, number: str) -> tuple[str, str]:
    """Name and account number of a *party*'s cell; *number* is what the number's own column prints, and stays."""
    for pattern in (_BEHIND, _BEFORE):
        hit = pattern.match(party.strip())
        found = digits(hit["number"]) if hit else ""
        if hit and _DATE.search(hit["number"]):
            continue
        if hit and _FEWEST <= len(found) <= _MOST and sum(c.isdigit() for c in found) * 2 >= _FEWEST:
            return hit["name"].strip(" \t\n/|,，:：;；-(（[【)）"), number or found
    return party.strip(), number
