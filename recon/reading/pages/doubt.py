"""What weakens a reading beside its arithmetic: missing pages, garbled text, signs that a PDF was changed."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from recon.core.finding import Finding
from recon.core.source import Source
from recon.evidence.disk import Contents, blocks
from recon.evidence.imprint import Piece
from recon.evidence.page import Page
from recon.reading.pages.completeness import absent, promised
from recon.reading.result import Reading

#: Reasons for a contradiction that missing pages explain.
_INCOMPLETE = ("opening_differs", "closing_differs", "ends_differ", "totals_differ", "counts_differ")
#: Ideographs that a text has before they are judged, share of them that are everyday, share that may be unreadable.
_FEW, _EVERYDAY, _UNREADABLE = 30, 0.6, 0.02
#: What ends each revision of a PDF, and how near its beginning it says that it is linearised.
_END, _START = b"startxref", 2048
_DIGIT = re.compile(r"\d")
_GB, _BIG5 = range(0xB0, 0xD8), range(0xA4, 0xC7)


def doubted(reading: Reading, code: str, params: Mapping[str, object]) -> Reading:
    """*reading* with a finding that keeps it from being proven."""
    finding = Finding(code, "serious", Source(reading.file), params)
    reading = replace(reading, findings=(*reading.findings, finding))
    explained = code == "pages_missing" and reading.reason in _INCOMPLETE
    if reading.outcome in {"proven", "unprovable"} or explained:
        accounts = tuple(replace(account, proven=False) for account in reading.accounts)
        return replace(reading, outcome="doubtful", reason=code, params=params, accounts=accounts)
    return reading


def complete(reading: Reading, texts: Iterable[str]) -> Reading:
    """*reading*, doubted where the *texts* of its pages promise more pages than there are."""
    total, found = absent(promised(texts))
    return doubted(reading, "pages_missing", {"total": total, "found": found}) if found < total else reading


@dataclass(slots=True)
class Shown:
    """What pages show beside their tables: text, how often each character stands there, figures over others.

    *imprint* is how the text of the first pages was set, where that was looked at on the way: programs and pieces.
    """

    texts: list[str] = field(default_factory=list)
    characters: Counter[str] = field(default_factory=Counter)
    overprints: int = 0
    imprint: tuple[str, Sequence[Piece]] | None = None


def shown(pages: Sequence[Page]) -> Shown:
    """What *pages* show."""
    texts = [" ".join(page.words) for page in pages]
    return Shown(texts, Counter("".join(texts)), sum(overprinted(page) for page in pages))


def examined(reading: Reading, seen: Shown, source: Contents) -> Reading:
    """A PDF's *reading* with what its pages and its bytes say beside the table."""
    reading = complete(reading, seen.texts)
    if garbled(seen.characters):
        reading = doubted(reading, "garbled", {})
    saved = revisions(source)
    signs = [("text_over_text", seen.overprints)] * bool(seen.overprints) + [("pdf_revised", saved)] * bool(saved)
    told = (Finding(code, "look", Source(reading.file), {"count": count}) for code, count in signs)
    return replace(reading, findings=(*reading.findings, *told))


def garbled(count: Mapping[str, int]) -> bool:
    """Whether characters are ones that no statement prints: private, unassigned, or ideographs that nobody uses.

    *count* says how often each stands in the file.
    """
    strange = sum(n for ch, n in count.items() if "\ue000" <= ch <= "\uf8ff" or ch == "\ufffd")
    if strange > _UNREADABLE * max(1, sum(count.values())):
        return True
    wide = {ch: n for ch, n in count.items() if "\u4e00" <= ch <= "\u9fff"}
    total = sum(wide.values())
    return total >= _FEW and sum(n for ch, n in wide.items() if _everyday(ch)) < _EVERYDAY * total


def _everyday(ch: str) -> bool:
    """Whether an ideograph is on the first level of the simplified or of the traditional code."""
    return ch.encode("gb2312", "replace")[0] in _GB or ch.encode("big5", "replace")[0] in _BIG5


def overprinted(page: Page) -> int:
    """How many figures of a page stand on the spot of another, different one."""
    box = page.box[[i for i, word in enumerate(page.words) if _DIGIT.search(word)]]
    level = np.rint((box[:, 1] + box[:, 3]) / 2)
    return overprints(np.zeros(len(box), np.intp), box[np.lexsort((box[:, 0], level))])


def overprints(page: npt.NDArray[np.integer], box: npt.NDArray[np.float32]) -> int:
    """The same for words that hold digits, by line from left to right: numbers of their pages, and their boxes."""
    left, top, right, bottom = box.T
    middle = (top + bottom) / 2
    level = (np.abs(middle[:-1] - middle[1:]) < (bottom - top)[:-1] / 4) & (page[:-1] == page[1:])
    width = np.minimum((right - left)[:-1], (right - left)[1:])
    shared = np.minimum(right[:-1], right[1:]) - np.maximum(left[:-1], left[1:])
    return int((level & (shared > width / 2)).sum())


def revisions(source: Contents) -> int:
    """How often a PDF was saved again without being written anew; the two parts of a linearised file are one."""
    ends, linear, before = 0, False, b""
    for block in blocks(source):
        linear = linear or (not before and b"/Linearized" in block[:_START])
        ends += (before + block).count(_END)
        before = block[1 - len(_END) :]
    return max(0, ends - 1 - linear)
