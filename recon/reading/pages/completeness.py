"""Whether a file is all of its statement: the page numbers that it prints against the pages that it has."""

import re
from collections.abc import Iterable, Sequence

_PAGES = (
    re.compile(r"第\s*(?P<n>\d{1,4})\s*[页頁][\s,，/(（]*(?:共|总共|全)\s*(?P<m>\d{1,4})\s*[页頁]"),
    re.compile(r"(?:共|总共)\s*(?P<m>\d{1,4})\s*[页頁][\s,，/]*第\s*(?P<n>\d{1,4})\s*[页頁]"),
    re.compile(
        r"\b(?:page|seite|página|pagina|pag\.?|strona|strana|stránka|oldal|стр\.?|страница)\s*:?\s*(?P<n>\d{1,4})\s*"
        r"(?:of|von|de|di|sur|van|z|ze|/|из)\s*(?P<m>\d{1,4})\b",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\d.])(?P<n>\d{1,4})\.\s?oldal\s*[/(]?\s*(?:összesen:?\s*)?(?P<m>\d{1,4})\b", re.IGNORECASE),
)
#: What no number of a page goes without.
_OF = re.compile(r"[页頁]|oldal|\d\s*(?:of|von|de|di|sur|van|z|ze|/|из)\s*\d", re.IGNORECASE)


def printed_page(text: str) -> tuple[int, int] | None:
    """``(n, m)`` where *text* prints ``page n of m`` in any of the languages that are read; else None."""
    if not _OF.search(text):  # which is found out sooner
        return None
    match = next((m for pattern in _PAGES if (m := pattern.search(text))), None)
    return (int(match["n"]), int(match["m"])) if match and 1 <= int(match["n"]) <= int(match["m"]) else None


def promised(texts: Iterable[str]) -> list[tuple[int, int] | None]:
    """What each page of *texts* prints of its number."""
    return [printed_page(text) for text in texts]


def absent(pages: Sequence[tuple[int, int] | None]) -> tuple[int, int]:
    """How many pages are promised and how many of those are there, statement by statement of one file.

    A page without a number counts for the statement that goes on around it, so a cover is no missing page.
    """
    said = found = most = 0
    last, unnumbered, owned = 0, 0, 0
    for page in pages:
        if page is None:
            unnumbered += 1
            continue
        number, total = page
        if number <= last and not number == total == last:
            said, found = said + most, found + min(owned, most)
            most = owned = 0
        owned += 1 + unnumbered
        last, unnumbered, most = number, 0, max(most, total)
    return said + most, found + min(owned + unnumbered, most)
