"""Words of a photographed page as they were printed: glued cells parted, titles, and figures with its marks."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np

from recon.evidence.page import Page
from recon.reading.dates import see
from recon.reading.vocabulary import folded, headers, known

#: Where Chinese and Japanese scripts begin.
_CJK = "\u2e80"
#: Widths of capitals and of small letters and digits by the size of their print.
_CAPITAL, _SMALL = 0.68, 0.52
#: Shortest title that may be two, and digits before decimals that no hour has.
_TITLES, _LONG = 4, 3
#: Shortest titles that are known with one character misread, Chinese and others; titles beside them that make a head.
_MISREAD, _LETTERED, _HEAD = 3, 5, 3
#: White between words that were parted, by the size of their print: more than parts words of one cell.
_GAP = 0.6
_MONEY = r"[-+]?[¥￥]?\d[\d,]*\.\d\d"
#: A figure or a day that ran into the Chinese of the next cell, or that into a figure.
_DAY = r"\d{8}|\d{4}[-/.]\d\d[-/.]\d\d"
_GLUED = re.compile(rf"({_MONEY}|{_DAY})([\u2e80-\uffff].*)|([\u2e80-\uffff][^\d]*)({_MONEY})")
#: A figure as recognisers print it: thousands and decimals parted by whatever mark, letters for digits.
_FIGURE = re.compile(r"([-+(]?[¥￥$€£]?)([\dOolIS]{1,3}(?:[.,，。:;·'][\dOolIS]{3})*)([.,，。:;·])([\dOolIS]{2})(\)?)")
_MARKS = re.compile(r"[.,，。:;·']")
_LETTERS = str.maketrans("OolIS", "00115")


def tidied(page: Page) -> Page:
    """*page* with its words parted and its figures' marks put right.

    ``1.172.00`` and ``33,370,85`` become ``1,172.00`` and ``33,370.85`` on a page whose decimals stand behind points;
    ``账户余额对方户名`` becomes two titles, ``2,400.00张三`` a figure and a name; ``货方发生额`` in a head is known.
    """
    page = _retitled(_parted(page))
    ends = [word[-3] for word in page.words if re.fullmatch(r"[-+]?[\d.,]*\d[.,]\d\d", word)]
    point, comma = (",", ".") if ends.count(",") > ends.count(".") else (".", ",")
    return replace(page, words=[_figure(word, point, comma) for word in page.words])


def _figure(word: str, point: str, comma: str) -> str:
    match = _FIGURE.fullmatch(word)
    if not match or sum(map(str.isdigit, word)) < sum(map(str.isalpha, word)):
        return word
    sign, whole, mark, part, end = match.groups()
    if mark not in ".,，。" and len(whole) < _LONG:
        return word  # a time of day
    groups = _MARKS.split(whole.translate(_LETTERS))
    return f"{sign}{comma.join(groups)}{point}{part.translate(_LETTERS)}{end}"


def _parted(page: Page) -> Page:
    """*page* with words of two cells parted, each in its share of the box."""
    parts = [list(_cells(word)) for word in page.words]
    if all(len(each) == 1 for each in parts):
        return page
    words, boxes, owner = [], [], []
    for k, (cells, box) in enumerate(zip(parts, page.box.tolist(), strict=True)):
        widths = [sum(map(advance, cell)) for cell in cells]
        unit = (box[2] - box[0]) / (sum(widths) + _GAP * (len(cells) - 1))
        left = box[0]
        for cell, width in zip(cells, widths, strict=True):
            words.append(cell)
            boxes.append((left, box[1], left + width * unit, box[3]))
            owner.append(k)
            left += (width + _GAP) * unit
    sure = None if page.confidence is None else page.confidence[owner]
    return replace(page, words=words, box=np.array(boxes, np.float32), confidence=sure)


def _cells(word: str) -> Iterator[str]:
    """The cells that *word* holds: mostly one."""
    match = _GLUED.fullmatch(word) if not word.isascii() and see(word) is None else None
    if match:
        yield from (part for part in match.groups() if part)
        return
    if len(word) >= _TITLES and word >= _CJK and not known(word):
        for at in range(2, len(word) - 1):
            if known(word[:at]) and known(word[at:]):
                yield word[:at]
                yield word[at:]
                return
    yield word


def advance(sign: str) -> float:
    """Width of a character by the size of its print."""
    return 1.0 if sign >= _CJK else _CAPITAL if sign.isupper() else _SMALL


def _retitled(page: Page) -> Page:
    """*page* with the titles of its heads of which one character was misread."""
    titles = [k for k, word in enumerate(page.words) if len(word) > 1 and known(word)]
    middle, high = (page.box[:, 1] + page.box[:, 3]) / 2, page.box[:, 3] - page.box[:, 1]
    words = list(page.words)
    for k, word in enumerate(words if len(titles) >= _HEAD else ()):
        if len(word) < (_MISREAD if word >= _CJK else _LETTERED) or known(word):
            continue
        beside = [i for i in titles if abs(middle[i] - middle[k]) < high[k] / 2]
        if len(beside) >= _HEAD:
            words[k] = _title(word, {_meaning(words[i]) for i in beside}) or word
    return replace(page, words=words)


def _title(word: str, told: Collection[str]) -> str:
    """The title that *word* is but for one character, or nothing where it may mean two things; none already *told*."""
    seen = folded(word)
    near = [title for title in headers() if len(title) == len(seen) and _meaning(title) not in told
            and sum(a != b for a, b in zip(title, seen, strict=True)) == 1]
    return near[0] if len(set(map(_meaning, near))) == 1 else ""


def _meaning(title: str) -> str:
    return headers()[folded(title)][0].name
