"""Laying out a paper with fields above, a table and totals below, in as many ways as small firms print them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from recon.simulate.evidence.papers.marks import Sheet
from recon.simulate.evidence.papers.said import Line, Said, templates

A4, LEFT, RIGHT = (595.0, 842.0), 42.0, 553.0
Pair = tuple[str, str]
#: Chance of each habit, of ten.
_OF = 10
#: Further words and figures printed above the table, by kind.
_HEAD = {
    "payroll": ("month",), "loan_statement": ("principal", "rate"), "rent_receipt": ("period", "purpose"),
    "utility_bill": ("before", "after", "used"), "hand_ledger": ("opening",),
}
#: Columns that figures stand right-aligned in.
_RIGHT = frozenset({"count", "price", "amount", "pay", "extra", "gross", "off", "principal", "interest", "left", "in",
                    "out"})
_COLUMNS = {
    "payroll": ("row", "name", "pay", "extra", "gross", "off", "amount"),
    "loan_statement": ("row", "day", "principal", "interest", "amount", "left"),
    "tax_certificate": ("name", "amount"), "hand_ledger": ("day", "name", "in", "out", "left"),
    "rent_receipt": (), "utility_bill": ("name", "count", "price", "amount"),
}
_GOODS = ("row", "name", "unit", "count", "price", "amount")
#: Kinds whose table has no row of totals: a statement of debt ends with what is owed, not with a sum.
_NO_SUM = frozenset({"loan_statement", "hand_ledger", "rent_receipt", "utility_bill"})


@dataclass
class Hand:
    """Who prints: the words chosen for this paper and its habits."""

    said: Said
    rng: Random

    def __post_init__(self) -> None:
        self.words = templates(self.said.locale)
        self.colon = self.rng.choice(("：", ":", "： ") if self.said.locale == "zh-CN" else (":", ": ", ""))
        self.day = self.rng.choice(
            ("%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d") if self.said.locale == "zh-CN"
            else ("%d %B %Y", "%m/%d/%Y", "%Y-%m-%d", "%b %d, %Y") if self.said.currency == "USD"
            else ("%d %B %Y", "%d/%m/%Y", "%Y-%m-%d", "%d %b %Y", "%d-%m-%Y"))
        self.grouped, self.size = self.rng.random() < 0.5, self.rng.choice((9.0, 10.0, 11.0))  # noqa: PLR2004 a coin
        self.sign = self.rng.choice(("¥", "￥", "") if self.said.locale == "zh-CN" else (self.said.currency + " ", ""))

    def chance(self, of_ten: int) -> bool:
        """Whether a habit is this printer's, *of_ten* printers having it."""
        return self.rng.randrange(_OF) < of_ten

    def label(self, field: str) -> str:
        """The word that stands before *field*."""
        own = self.words["own"].get(field, {}).get(self.said.kind)
        found: str = self.rng.choice(own or self.words["labels"].get(field) or self.words["further"][field])
        return found

    def head(self, column: str) -> str:
        """The word above a column."""
        own = self.words["own"]["columns"].get(self.said.kind, {}).get(column)
        found: str = self.rng.choice(own or self.words["columns"][column])
        return found

    def money(self, minor: int | None) -> str:
        """An amount in this printer's habit."""
        return self.said.money(minor, grouped=self.grouped)

    def signed(self, minor: int | None) -> str:
        """An amount with the sign of its currency."""
        return self.sign + self.money(minor)

    def value(self, field: str) -> str:
        """What a field says."""
        said = self.said
        if field in {"date", "due"}:
            day = said.date if field == "date" else said.due
            return f"{day:{self.day}}" if day else ""
        if field in said.amounts:
            return self.signed(said.amounts[field])
        if field == "rate":
            return said.terms["rate"] + "%"
        if field == "month":
            return f"{said.date:%Y年%m月}" if said.locale == "zh-CN" else f"{said.date:%B %Y}"
        return str(said.terms.get(field) or said.extra.get(field) or getattr(said, field, "") or "")

    def pair(self, field: str) -> Pair:
        """A label and its value."""
        return self.label(field), self.value(field)


def draw(said: Said, rng: Random) -> Sheet:
    """The paper as one page."""
    hand = Hand(said, rng)
    sheet = Sheet(*A4, said.locale)
    y = _title(sheet, hand)
    y = _fields(sheet, hand, y)
    columns = _COLUMNS.get(said.kind, _GOODS)
    if columns:
        if columns is _GOODS and hand.chance(4):
            columns = ("name", "count", "price", "amount")
        y = _table(sheet, hand, columns, y + 14)
    y = _totals(sheet, hand, y + 12)
    _foot(sheet, hand, y + 26)
    return sheet


def _title(sheet: Sheet, hand: Hand) -> float:
    """What the paper is, below or beside the name of who issues it."""
    said, words = hand.said, hand.words
    title = hand.rng.choice(words["titles"][said.kind]) or said.extra.get("service", "")
    own = said.seller or said.buyer
    issued = own if said.kind in {"invoice", "delivery_note"} or hand.chance(3) else ""
    if issued and said.kind not in {"tax_certificate", "loan_statement"}:
        if hand.chance(3):
            sheet.put(LEFT, 46, issued, 15)
            sheet.put(RIGHT, 46, title, 16, "right")
            return 84
        sheet.put(297, 40, issued, 16, "centre")
        sheet.put(297, 66, title, 14, "centre")
        return 100
    sheet.put(297, 48, title, 18, "centre")
    return 88


def _fields(sheet: Sheet, hand: Hand, y: float) -> float:
    """The fields above the table, in one of four layouts."""
    names = ["number", "date", "seller", "buyer", *_HEAD.get(hand.said.kind, ())]
    names += ["due"] if hand.said.due else []
    names += ["phone"] if hand.chance(4) else []
    if hand.chance(5):
        hand.rng.shuffle(names)
    pairs = [pair for name in names if (pair := hand.pair(name))[1]]
    layout = hand.rng.choice((_two_columns, _stacked, _boxed, _labels_over))
    return layout(sheet, hand, pairs, y)


def _two_columns(sheet: Sheet, hand: Hand, pairs: Sequence[Pair], y: float) -> float:
    step, right = hand.size * 1.9, hand.rng.choice((310.0, 340.0))
    for n, (label, value) in enumerate(pairs):
        x = LEFT if n % 2 == 0 else right
        text = f"{label}{hand.colon}{'' if hand.colon.strip() else '  '}{value}"
        shrunk = min(hand.size, hand.size * 245 / sheet.wide(text, hand.size))
        sheet.put(x, y + step * (n // 2), text, shrunk)
    return y + step * ((len(pairs) + 1) // 2)


def _stacked(sheet: Sheet, hand: Hand, pairs: Sequence[Pair], y: float) -> float:
    step, indent = hand.size * 1.7, 130.0
    together = hand.chance(5)
    for n, (label, value) in enumerate(pairs):
        if together:
            sheet.put(LEFT, y + step * n, f"{label}{hand.colon or ' '}{value}", hand.size)
        else:
            sheet.put(LEFT, y + step * n, label + hand.colon.strip(), hand.size)
            sheet.put(LEFT + indent, y + step * n, value, hand.size)
    return y + step * len(pairs)


def _boxed(sheet: Sheet, hand: Hand, pairs: Sequence[Pair], y: float) -> float:
    """Labels and values in ruled cells, two pairs a row."""
    step, edges = hand.size * 2.2, (LEFT, LEFT + 88, 297.0, 385.0, RIGHT)
    rows = (len(pairs) + 1) // 2
    for n, (label, value) in enumerate(pairs):
        side, top = 2 * (n % 2), y + step * (n // 2)
        sheet.put(edges[side] + 5, top + hand.size * 0.5, label, hand.size)
        room = edges[side + 2] - edges[side + 1] - 8
        sheet.put(edges[side + 1] + 5, top + hand.size * 0.5, value, min(hand.size, hand.size * room
                  / max(1.0, sheet.wide(value, hand.size))))
    for row in range(rows + 1):
        sheet.rule(LEFT, y + step * row, RIGHT, y + step * row)
    for edge in edges:
        sheet.rule(edge, y, edge, y + step * rows)
    return y + step * rows


def _labels_over(sheet: Sheet, hand: Hand, pairs: Sequence[Pair], y: float) -> float:
    """Small labels with their values below, two a row."""
    step = hand.size * 3.2
    for n, (label, value) in enumerate(pairs):
        x, top = (LEFT, 310.0)[n % 2], y + step * (n // 2)
        sheet.put(x, top, label, hand.size * 0.85)
        shrunk = min(hand.size, hand.size * 235 / max(1.0, sheet.wide(value, hand.size)))
        sheet.put(x, top + hand.size * 1.25, value, shrunk)
    return y + step * ((len(pairs) + 1) // 2)


def cell(line: Line, column: str, row: int, hand: Hand) -> str:
    """What a line says in a column."""
    if column in line.columns:
        return line.columns[column]
    made = {"row": str(row), "name": line.name, "unit": line.unit, "count": str(line.count),
            "price": hand.said.money(line.price), "amount": hand.money(line.amount)}
    return made.get(column, "")


def _edges(columns: Sequence[str]) -> list[float]:
    """Left edges of the columns and the right edge of the last: names take most."""
    weight = {"name": 2.6, "row": 0.6, "unit": 0.8, "count": 0.9, "day": 1.3}
    shares = [weight.get(column, 1.25) for column in columns]
    edges, width = [LEFT], RIGHT - LEFT
    for share in shares:
        edges.append(edges[-1] + width * share / sum(shares))
    return edges


def _table(sheet: Sheet, hand: Hand, columns: Sequence[str], y: float) -> float:
    """The table with its header and, where the kind has one, its row of totals."""
    edges, step = _edges(columns), hand.size * 2.0
    rows = [[hand.head(column) for column in columns]]
    rows += [[cell(line, column, n, hand) for column in columns] for n, line in enumerate(hand.said.lines, 1)]
    hand.said.extra.pop("summed", None)
    if hand.said.kind not in _NO_SUM and hand.chance(5):
        rows.append(list(_sum_row(hand, columns)))
        hand.said.extra["summed"] = "yes"
    for n, row in enumerate(rows):
        for k, (column, text) in enumerate(zip(columns, row, strict=True)):
            shown = sheet.fitting(text, hand.size, edges[k + 1] - edges[k] - 6)
            if column in _RIGHT:
                sheet.put(edges[k + 1] - 4, y + step * n + hand.size * 0.45, shown, hand.size, "right")
            else:
                sheet.put(edges[k] + 4, y + step * n + hand.size * 0.45, shown, hand.size)
    _rules(sheet, hand, edges, y, step, len(rows))
    return y + step * len(rows)


def _sum_row(hand: Hand, columns: Sequence[str]) -> Iterator[str]:
    """The row of totals: the word for it under the names, sums under amounts."""
    said, worded = hand.said, False
    for column in columns:
        if column == "name" and not worded:
            worded = True
            yield hand.rng.choice(hand.words["columns"]["sum"])
        elif column == "amount":
            yield hand.money(sum(line.amount for line in said.lines))
        elif column == "gross":
            yield hand.money(said.amounts["gross_pay"])
        else:
            yield ""


def _rules(sheet: Sheet, hand: Hand, edges: Sequence[float], y: float, step: float, rows: int) -> None:
    """All lines, only those between rows, one under the header, or none."""
    habit = hand.rng.randrange(4)
    if habit == 0:
        for edge in edges:
            sheet.rule(edge, y, edge, y + step * rows)
    if habit in {0, 1}:
        for row in range(rows + 1):
            sheet.rule(edges[0], y + step * row, edges[-1], y + step * row)
    elif habit == 2:  # noqa: PLR2004 one habit of four
        sheet.rule(edges[0], y + step, edges[-1], y + step)


def _totals(sheet: Sheet, hand: Hand, y: float) -> float:
    """Net, tax and total; in Chinese often in capitals too."""
    said = hand.said
    pairs: list[Pair] = []
    if said.tax is not None:
        rate = f" {said.rate}%" if hand.chance(7) else ""
        pairs += [(hand.label("net"), hand.signed(said.net)), (hand.label("tax") + rate, hand.signed(said.tax))]
    summed = said.extra.get("summed") and said.tax is None and said.kind != "payroll"
    if said.total is not None and (not summed or hand.chance(3)):
        pairs.append((hand.label("total"), hand.signed(said.total)))
    if said.total is not None and said.capitals and said.kind not in {"payroll", "stock_count", "loan_statement"} \
            and hand.chance(5):
        pairs.append((hand.label("capitals"), said.capitals))
    if said.kind == "payroll" and not said.extra.get("summed"):
        gross = hand.head("gross").removesuffix("合计") + ("合计" if said.locale == "zh-CN" else " total")
        pairs.insert(0, (gross, hand.signed(said.amounts["gross_pay"])))
    step, at_left = hand.size * 1.9, hand.chance(4)
    for n, (label, value) in enumerate(pairs):
        if at_left:
            sheet.put(LEFT, y + step * n, f"{label}{hand.colon or '  '}{value}", hand.size)
        else:
            sheet.put(RIGHT - 190, y + step * n, label + hand.colon.strip(), hand.size)
            sheet.put(RIGHT, y + step * n, value, hand.size, "right")
    return y + step * len(pairs)


def _foot(sheet: Sheet, hand: Hand, y: float) -> None:
    """Who made and checked it, and where to pay."""
    for n, name in enumerate(("clerk", "checker")):
        label, value = hand.pair(name)
        sheet.put(LEFT + 250 * n, y, f"{label}{hand.colon or ' '}{value}", hand.size)
    if hand.said.kind == "invoice" and hand.chance(6):
        label, value = hand.pair("account")
        sheet.put(LEFT, y + 24, f"{label}{hand.colon or ' '}{value}", hand.size)
