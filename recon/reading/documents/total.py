"""Which figure is the total, how sure that is, and which of the document's own sums close on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, pairwise

from recon.reading.documents.figures import Figure

#: What a word before a figure is worth.
_WEIGHT = {"grand": 3.0, "total": 2.0, "capitals": 2.0, "subtotal": 0.6, "paid": 0.5, "summary": 0.3, "tax": 0.0}
#: What each sum that closes on a figure is worth.
_EVIDENCE = {
    "cash_change": 1.5, "net_tax": 1.0, "adjusted": 1.5, "lines": 0.7, "capitals": 3.0, "repeated": 0.7, "paid": 0.7,
}
#: Sums that prove a total: two roads on paper that meet. A figure printed twice is no sum.
PROOFS = frozenset({"cash_change", "net_tax", "adjusted", "lines", "capitals"})
#: How many additions and deductions are tried together.
_MOVES = 6
#: A leader by less than this leaves the choice open.
_CLEAR = 0.5


@dataclass(slots=True)
class Choice:
    """A total: its figure, its score, the sums that close on it, with net and tax where a sum named them.

    *bases* are figures from which printed additions and deductions lead to it.
    """

    figure: Figure
    score: float
    evidence: set[str] = field(default_factory=set)
    net: Decimal | None = None
    tax: Decimal | None = None
    bases: frozenset[Decimal] = frozenset()
    open: bool = False

    @property
    def value(self) -> Decimal:
        """Major units."""
        return self.figure.value

    @property
    def proven(self) -> bool:
        """Whether the document's own arithmetic closes on it."""
        return bool(self.evidence & PROOFS)


def choose(found: list[Figure], listed: Decimal | None = None) -> Choice | None:
    """The total among the figures of one document, or None where nothing names one.

    Args:
        found: the document's amounts with their roles.
        listed: what the lines of its table come to; None where it lists fewer than two or one was not read.
    """
    candidates = _candidates(found)
    if not candidates:
        return None
    choices = [_scored(figure, found, listed) for figure in candidates]
    led_away = {base for choice in choices if choice.figure.role != "subtotal" for base in choice.bases}
    parts = {part for choice in choices if choice.net and choice.tax for part in (choice.net, choice.tax)}
    for choice in choices:
        if choice.value in parts and "capitals" not in choice.evidence:
            choice.score -= 2.0  # the net or the tax of another figure
        if choice.value in led_away and "capitals" not in choice.evidence:
            choice.score -= 0.6  # printed deductions or additions lead on from it
    choices.sort(key=lambda choice: (-choice.score, -choice.figure.row.page, -choice.figure.row.line))
    best = choices[0]
    rivals = [choice for choice in choices[1:] if choice.score > best.score - _CLEAR and choice.value != best.value]
    tipped = any(choice.figure.role == "paid" and best.value in choice.bases for choice in choices)
    best.open = bool(rivals) or tipped  # more was paid than the total, by a printed addition
    return best


def _candidates(found: list[Figure]) -> list[Figure]:
    """One figure for each distinct positive value that could be the total, the best-named one."""
    best: dict[Decimal, Figure] = {}
    for figure in found:
        named = figure.role in {"grand", "total", "capitals", "paid", "subtotal"} or figure.taxed
        if not named or figure.value <= 0:
            continue
        old = best.get(figure.value)
        if old is None or _weight(figure) >= _weight(old):
            best[figure.value] = figure
    return list(best.values())


def _weight(figure: Figure) -> float:
    """What the words before a figure are worth; of several amounts behind one word the last is meant."""
    weight = 1.0 if figure.taxed else _WEIGHT.get(figure.role, 0.0)
    return weight if figure.last else weight * 0.5


def _scored(figure: Figure, found: list[Figure], listed: Decimal | None) -> Choice:
    value = figure.value
    choice = Choice(figure, _weight(figure))
    choice.evidence = set(_evidence(figure, found))
    if listed == value:
        choice.evidence.add("lines")
    choice.bases = frozenset(_bases(value, found))
    if choice.bases:
        choice.evidence.add("adjusted")
    split = _split(value, found)
    if split:
        choice.net, choice.tax = split
        if split[1]:
            choice.evidence.add("net_tax")
    choice.score += sum(_EVIDENCE[name] for name in choice.evidence)
    largest = max((f.value for f in found if f.role in {"grand", "total", "paid", "subtotal"}), default=value)
    if figure.taxed and value * 2 < largest:
        choice.score -= 2.0  # the tax contained in a total, not the total
    return choice


def _evidence(figure: Figure, found: list[Figure]) -> Iterator[str]:
    """Names of the sums and repetitions that speak for *figure* being the total."""
    value = figure.value
    named = {(f.row.page, f.row.line) for f in found if f.value == value and f.role in {"grand", "total"}}
    if len(named) > 1:
        yield "repeated"
    if any(f.role == "paid" and f.value == value for f in found) and figure.role != "paid":
        yield "paid"
    if _given_less_change(value, found):
        yield "cash_change"
    if _lines(value, found):
        yield "lines"
    roles = {f.role for f in found if f.value == value}
    if "capitals" in roles and len(roles) > 1:
        yield "capitals"


def _given_less_change(value: Decimal, found: list[Figure]) -> bool:
    """Money given less change = total, the change printed."""
    given = {f.value for f in found if f.role == "paid"}
    change = {abs(f.value) for f in found if f.role == "change"}
    return any(g - c == value for g in given for c in change)


def _bases(value: Decimal, found: list[Figure]) -> Iterator[Decimal]:
    """Sub-totals, totals and nets from which some of the printed additions and deductions lead to *value*."""
    bases = {f.value for f in found if f.role in {"subtotal", "total", "grand", "net"}} - {value}
    changing = {"discount", "extra", "rounding", "tax"}
    moves = sorted({(f.role, f.value) for f in found if f.role in changing and f.value})[:_MOVES]
    steps = [-abs(move) if role == "discount" else move for role, move in moves]
    for size in range(1, len(steps) + 1):
        for picked in combinations(steps, size):
            yield from bases & {value - sum(picked)}


def _lines(value: Decimal, found: list[Figure]) -> bool:
    """Two or more lines of goods, with their discounts, come to *value*."""
    rows: dict[tuple[int, int], Decimal] = {}
    for figure in found:
        if figure.role in {"grand", "total", "subtotal", "net"}:
            break
        if figure.role == "item" or (figure.role == "discount" and figure.value < 0):
            rows[(figure.row.page, figure.row.line)] = figure.value
    return len(rows) > 1 and sum(rows.values()) == value


def _split(value: Decimal, found: list[Figure]) -> tuple[Decimal, Decimal] | None:
    """Net and tax that add to *value*: by their words, in one row, or down the rows of a tax summary."""
    nets = [f.value for f in found if f.role in {"net", "subtotal"}]
    taxes = [f.value for f in found if f.role == "tax"]
    pairs = [(net, tax) for net in nets for tax in taxes] + list(_row_pairs(found))
    pairs.sort(key=lambda pair: not pair[1])
    for net, tax in pairs:
        if net + tax == value and 0 <= tax < net:
            return net, tax
    return None


def _row_pairs(found: list[Figure]) -> Iterator[tuple[Decimal, Decimal]]:
    """Net and tax side by side: before their sum in any row, in a row of totals, and down the rows of a tax summary."""
    rows: dict[tuple[int, int], list[Figure]] = {}
    for figure in found:
        rows.setdefault((figure.row.page, figure.row.line), []).append(figure)
    summary = []
    for row in rows.values():
        values = [figure.value for figure in row]
        named = row[0].role in {"summary", "total"}
        for i, pair in enumerate(pairwise(values)):
            if named or sum(pair) in values[i + 2 :]:
                yield pair
        if row[0].role == "summary" and len(row) > 1:
            summary.append((values[0], values[1]))
    for part in (summary, summary[:-1]):  # with and without a last row that is their sum
        if len(part) > 1:
            yield sum((net for net, _ in part), Decimal(0)), sum((tax for _, tax in part), Decimal(0))
