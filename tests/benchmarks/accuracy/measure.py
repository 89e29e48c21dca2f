"""One rebuilt business against its truth: pure functions of ``truth.json`` and ``books.json``, amounts as Decimal.

Rules: an amount is right when it is the same to the last minor unit. A null is *abstained*: it is counted, never left
out, and never counted as an error of zero. A share is of those judged, whose number always stands beside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

FORMS = ("balance_sheet", "income_statement", "cash_flow")
#: What the tables show, by its name here: the statement line, and the line whose true amount the error is a share of.
REVENUE, EQUITY = ("income_statement", 1), ("balance_sheet", 52)
CASH = ("balance_sheet", 1)
WHOLLY = Decimal("0.995")


def amount(value: str | None) -> Decimal | None:
    """An amount or ratio of a JSON file; None where it is null."""
    return None if value is None else Decimal(value)


def lines(books: Mapping[str, Any], form: str) -> dict[int, Mapping[str, Any]]:
    """A statement's lines by number."""
    return {line["line"]: line for line in books[form]}


def ends(line: Mapping[str, Any]) -> tuple[str, ...]:
    """Which figures a line has besides its months."""
    return ("opening", "closing") if "closing" in line else ("amount",)


def compared(truth: Mapping[str, Any], books: Mapping[str, Any]) -> Iterator[tuple[str, str, Decimal, Decimal | None]]:
    """Every figure of the three statements: its place, ``period`` or ``month``, the true and the found amount.

    Lines that are zero in truth and in the books are left out: a form has many that no small business uses.
    """
    for form in FORMS:
        found = lines(books, form)
        for number, line in lines(truth, form).items():
            other = found.get(number, {})
            for end in ends(line):
                yield from _pair(f"{form}.{number}.{end}", "period", line[end], other.get(end))
            for month, true in line["months"].items():
                yield from _pair(f"{form}.{number}.{month}", "month", true, other.get("months", {}).get(month))


def _pair(place: str, kind: str, true: str, found: str | None) -> Iterator[tuple[str, str, Decimal, Decimal | None]]:
    if Decimal(true) or found is None or Decimal(found):
        yield place, kind, Decimal(true), amount(found)


def exactness(pairs: Sequence[tuple[str, str, Decimal, Decimal | None]]) -> dict[str, dict[str, int]]:
    """How many figures are right, wrong and abstained, for the period and by month."""
    made = {kind: {"right": 0, "wrong": 0, "abstained": 0} for kind in ("period", "month")}
    for _, kind, true, found in pairs:
        made[kind]["abstained" if found is None else "right" if found == true else "wrong"] += 1
    return made


def articulates(books: Mapping[str, Any]) -> str:
    """``pass``, ``fail`` or ``unknown``: whether the statements tie in every month, worked out here and not asked.

    Assets are liabilities and equity; closing cash of the flows is cash of the position; months add up to the period.
    """
    sheet, income, cash = (lines(books, form) for form in FORMS)
    sides = [(sheet[30][end], sheet[53][end]) for end in ("opening", "closing")]
    sides += [(cash[22]["amount"], sheet[1]["closing"]), (cash[21]["amount"], sheet[1]["opening"])]
    for month in sheet[30]["months"]:
        sides.append((sheet[30]["months"][month], sheet[53]["months"][month]))
        sides.append((cash[22]["months"][month], sheet[1]["months"][month]))
    for line in [*income.values(), *(cash[n] for n in range(1, 21))]:
        parts = list(line["months"].values())
        known = None not in parts
        sides.append((str(sum(map(Decimal, parts))) if known else None, line["amount"] if known else None))
    if any(None not in pair and Decimal(pair[0]) != Decimal(pair[1]) for pair in sides):
        return "fail"
    return "unknown" if any(None in pair for pair in sides[:4]) else "pass"


def figures(truth: Mapping[str, Any], books: Mapping[str, Any]) -> dict[str, tuple[str, str | None]]:
    """True and found amount of each figure that the tables show, by name."""
    true, found = lines_of(truth), lines_of(books)
    named = {"revenue": REVENUE, "net_profit": ("income_statement", 32), "equity": EQUITY, "closing_cash": CASH}
    made = {name: (true[place] or "0.00", found.get(place)) for name, place in named.items()}
    made["gross_profit"] = (_less(true), _less(found))  # type: ignore[assignment] # truth knows all of it
    for name in ("effective_revenue", "purchases", "cost_of_goods_sold", "drawings", "total_sales"):
        if name in truth["figures"]:
            made[name] = (truth["figures"][name], books["figures"].get(name))
    return made


def lines_of(books: Mapping[str, Any]) -> dict[tuple[str, int], str | None]:
    """Closing balance or period's flow of every line."""
    return {(form, number): line[ends(line)[-1]] for form in FORMS for number, line in lines(books, form).items()}


def _less(of: Mapping[tuple[str, int], str | None]) -> str | None:
    sales, cost = of.get(("income_statement", 1)), of.get(("income_statement", 2))
    return None if sales is None or cost is None else str(Decimal(sales) - Decimal(cost))


def documented_and_wrong(truth: Mapping[str, Any], books: Mapping[str, Any]) -> list[dict[str, str]]:
    """Statement lines of which the books say that all is documented, and whose amount is not the true one."""
    true, made = lines_of(truth), []
    for form in FORMS:
        for number, line in lines(books, form).items():
            basis, found = line.get("basis") or {}, line[ends(line)[-1]]
            if found is not None and Decimal(basis.get("documented", "0")) >= WHOLLY:
                real = true[form, number] or "0"
                if Decimal(found) != Decimal(real):
                    made.append({"line": f"{form}.{number}", "true": real, "found": found})
    return made


def documented(books: Mapping[str, Any]) -> int:
    """How many statement lines the books call wholly documented."""
    rows = (line for form in FORMS for line in books[form])
    return sum(Decimal((line.get("basis") or {}).get("documented", "0")) >= WHOLLY for line in rows)


def ranges(truth: Mapping[str, Any], books: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Every range that the books state of a figure with a known truth: ``low``, ``high`` and ``true``."""
    made, need, given = {}, truth["need"], books["need"].get("recommended")
    for method in books["need"]["methods"]:
        if method["id"] == "regulator" and method["low"] is not None and method["high"] is not None:
            made["need_limit"] = {"low": method["low"], "high": method["high"], "true": need["regulator"]["amount"]}
    if given:
        lent = min(Decimal(books["need"]["requested"]["amount"]), Decimal(need["amount"]),
                   Decimal(need["capacity"]["affordable"]))
        made["recommended"] = {"low": given["low"], "high": given["high"], "true": str(max(lent, Decimal(0)))}
    stated = books.get("ranges") or {}
    names = {name: pair[0] for name, pair in figures(truth, books).items()} | truth["figures"]
    for name, each in stated.items():
        if name in names and each and each.get("low") is not None and each.get("high") is not None:
            made[name] = {"low": each["low"], "high": each["high"], "true": names[name]}
    return made


def need(truth: Mapping[str, Any], books: Mapping[str, Any]) -> dict[str, str | None]:
    """The true and the found need: gross working capital and the new limit, by the regulator's formula."""
    true = truth["need"]["regulator"]
    found = next((m for m in books["need"]["methods"] if m["id"] == "regulator"), {"amount": None, "inputs": {}})
    return {"true": true["inputs"]["working_capital"], "found": found["inputs"].get("working_capital"),
            "true_limit": true["exact"], "found_limit": found["amount"], "sales": truth["figures"]["total_sales"]}
