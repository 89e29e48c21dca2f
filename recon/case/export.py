"""books.json, transactions.csv and journal.csv: the same books for programs and spreadsheets."""

import csv
import json
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from recon.checks.check import Check
from recon.core.finding import Words
from recon.core.money import to_text
from recon.core.words import tell
from recon.ledger.build import Control
from recon.ledger.chart import accounts, positions, variables
from recon.need.coverage import missing_months, weigh
from recon.need.export import as_json as need_json
from recon.need.ranges import ranges
from recon.need.rebuilt import Rebuilt
from recon.reading.report import as_json as reading_json
from recon.statements.basis import percentages
from recon.statements.book import Line

SCHEMA = "recon/books/1"
_TRANSACTIONS = (
    "id", "account", "date", "amount", "balance", "counterparty", "description", "category", "reason", "confidence",
    "basis", "paired_with", "file", "page", "line",
)
_BASES = ("documented", "corroborated", "stated", "estimated")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def books(rebuilt: Rebuilt) -> dict[str, Any]:
    """Everything of ``books.json`` (see the contract); amounts are strings in major units, unknown is None."""
    case = rebuilt.case.case
    statements = rebuilt.statements.presented
    return {
        "schema": SCHEMA,
        "case": {
            "name": case.name, "trade": case.trade, "currency": case.currency, "language": rebuilt.language,
            "from": case.from_.isoformat() if case.from_ else None, "to": case.to.isoformat() if case.to else None,
        },
        "coverage": coverage(rebuilt),
        "balance_sheet": [_line(x, rebuilt.places, balance=True) for x in statements.balance_sheet if x.form.number],
        "income_statement": [_line(x, rebuilt.places) for x in statements.income_statement if x.form.number],
        "cash_flow": [_line(x, rebuilt.places) for x in statements.cash_flow if x.form.number],
        "control_accounts": {name: _control(c, rebuilt.places) for name, c in rebuilt.ledger.controls.items()},
        "derivations": _derivations(rebuilt),
        "figures": figures(rebuilt),
        "basis": {name: shares(f.shares) for name, f in rebuilt.ledger.solution.figures.items() if f.value},
        "ranges": {
            name.replace(".", "_"): {"low": _money(each.low, rebuilt.places), "high": _money(each.high, rebuilt.places)}
            for name, each in ranges(rebuilt.ledger, rebuilt.transactions).items()
        },
        "checks": [_check(c, rebuilt) for c in rebuilt.checks],
        "need": need_json(rebuilt.need, language=rebuilt.language, places=rebuilt.places),
        "questions": list(rebuilt.ledger.solution.questions),
        "findings": [_finding(f, rebuilt.language) for f in rebuilt.findings],
    }


def _money(value: int | None, places: int) -> str | None:
    return None if value is None else to_text(value, places)


def _line(line: Line, places: int, *, balance: bool = False) -> dict[str, Any]:
    ends = (
        {"opening": _money(line.opening, places), "closing": _money(line.amount, places)}
        if balance else {"amount": _money(line.amount, places)}
    )
    months = {month: _money(value, places) for month, value in line.months.items()}
    return {"line": line.form.number, "zh": line.form.zh, "en": line.form.en, **ends, "months": months,
            "basis": shares(line.shares) if line.amount else None}


def _control(control: Control, places: int) -> dict[str, Any]:
    return {
        "opening": _money(control.opening, places),
        "increases": {k.removesuffix(".unrecorded"): _money(v, places) for k, v in control.increases.items()},
        "decreases": {k.removesuffix(".unrecorded"): _money(v, places) for k, v in control.decreases.items()},
        "closing": _money(control.closing, places),
        "difference": _money(control.difference, places),
        "found": control.found.removesuffix(".unrecorded"),
    }


def _derivations(rebuilt: Rebuilt) -> dict[str, Any]:
    """How each found figure follows from others: equation, and coefficient and name of every term."""
    return {
        name: {
            "value": _money(figure.value, rebuilt.places), "equation": figure.equation,
            "terms": [{"coefficient": str(c), "figure": n, "value": _money(rebuilt.ledger.value(n), rebuilt.places)}
                      for c, n in figure.terms if rebuilt.ledger.value(n)],
        }
        for name, figure in rebuilt.ledger.solution.figures.items() if figure.equation and figure.value
    }


def figures(rebuilt: Rebuilt) -> dict[str, str | None]:
    """The named figures: facts of the period, equity at both ends, effective revenue and the usual ratios."""
    ledger, places = rebuilt.ledger, rebuilt.places
    named = {name: _money(ledger.value(name), places) for name in variables()}
    named |= {alias: named[name] for name, entry in variables().items() for alias in entry.aliases}
    named |= {
        "opening_equity": _money(ledger.value("opening.equity"), places),
        "closing_equity": _money(ledger.value("closing.equity"), places),
        "sales_returns": _both(rebuilt, "sales_returns", "refund_returns"),
        "purchase_returns": _both(rebuilt, "purchase_returns", "refund_purchase_returns"),
    }
    for end in ("opening", "closing"):
        named |= {f"{end}_{key}": _money(ledger.value(f"{end}.{key}"), places) for key in positions()}
    named["effective_revenue"] = _money(rebuilt.effective.total, places)
    return {**named, **ratios(rebuilt)}


def _both(rebuilt: Rebuilt, first: str, second: str) -> str | None:
    """The sum of two figures; unknown where either is."""
    values = rebuilt.ledger.value(first), rebuilt.ledger.value(second)
    return None if None in values else _money(sum(v for v in values if v is not None), rebuilt.places)


def ratios(rebuilt: Rebuilt) -> dict[str, str | None]:
    """Current and quick ratio, debt ratio, gross and net margin, to four decimals; None where undefined or unknown."""
    balance = {line.form.number: line.amount for line in rebuilt.statements.balance_sheet}
    income = {line.form.number: line.amount for line in rebuilt.statements.income_statement}
    quick = None if None in (balance[15], balance[9]) else (balance[15] or 0) - (balance[9] or 0)
    gross = None if None in (income[1], income[2]) else (income[1] or 0) - (income[2] or 0)
    return {
        "current_ratio": _ratio(balance[15], balance[41]), "quick_ratio": _ratio(quick, balance[41]),
        "debt_ratio": _ratio(balance[47], balance[30]), "gross_margin": _ratio(gross, income[1]),
        "net_margin": _ratio(income[32], income[1]),
    }


def _ratio(above: int | None, below: int | None) -> str | None:
    if above is None or not below:
        return None
    return str((Decimal(above) / Decimal(below)).quantize(Decimal("0.0001"), ROUND_HALF_UP))


def shares(weights: Mapping[str, int]) -> dict[str, str]:
    """Shares by basis, two decimals that add to exactly 1; none is 1.00 while another is more than nothing."""
    known = percentages({basis: weights.get(basis, 0) for basis in _BASES}) or {"estimated": 100}
    return {basis: to_text(known.get(basis, 0), 2) for basis in _BASES}


def coverage(rebuilt: Rebuilt) -> dict[str, Any]:
    """What was read: every file with its outcome, months not covered, and shares of value named and proven.

    ``months_missing`` holds ``account:YYYY-MM``.
    """
    value = weigh(rebuilt)
    files = []
    for reading in rebuilt.readings:
        entry = reading_json(reading, language=rebuilt.language)
        for account in entry.get("accounts", []):
            account["lines"] = len(account.pop("transactions", []))
        files.append(entry)
    aside = rebuilt.transactions[rebuilt.transactions["set_aside"] != ""]
    return {
        "files": files,
        "months_missing": [f"{account}:{m}" for account, months in missing_months(rebuilt).items() for m in months],
        "value_classified": _share(value.named, value.whole),
        "value_proven": _share(value.proven, value.whole),
        "set_aside": {str(why): int(count) for why, count in aside["set_aside"].value_counts().sort_index().items()},
    }


def _share(part: int, whole: int) -> str | None:
    if not whole:
        return None
    return str((Decimal(part) / Decimal(whole)).quantize(Decimal("0.0001"), ROUND_HALF_UP))


def _check(check: Check, rebuilt: Rebuilt) -> dict[str, Any]:
    return check.as_json(language=rebuilt.language, places=rebuilt.places)


def _finding(finding: Any, language: str) -> dict[str, Any]:
    source = finding.source
    return {
        "code": finding.code, "severity": finding.severity, "file": source.file or None, "page": source.page or None,
        "line": source.line or None, "field": source.field or None, "text": tell(language, finding),
        "about": [key for value in finding.params.values() if isinstance(value, Words) for key in value.keys],
    }


#: What a rebuild writes.
OUTPUTS = ("workbook.xlsx", "report.docx", "books.json", "transactions.csv", "journal.csv")


def write(rebuilt: Rebuilt, folder: Path) -> list[Path]:
    """books.json, transactions.csv and journal.csv in *folder*; the CSVs carry the byte-order mark that Excel wants."""
    whole = json.dumps(books(rebuilt), ensure_ascii=False, indent=1)
    (folder / "books.json").write_text(whole + "\n", encoding="utf-8")
    table(folder / "transactions.csv", _TRANSACTIONS, transaction_rows(rebuilt))
    table(folder / "journal.csv", ("entry", "date", "account", "name", "debit", "credit", "source", "rule"),
         journal_rows(rebuilt))
    return [folder / "books.json", folder / "transactions.csv", folder / "journal.csv"]


def transaction_rows(rebuilt: Rebuilt) -> Iterable[list[str]]:
    """Every line of evidence; those set aside keep their place with category ``set_aside`` and the reason."""
    places = rebuilt.places
    for row in rebuilt.transactions.to_dict("records"):
        aside = row["set_aside"] != ""
        yield [
            row["id"], row["account"], row["date"].date().isoformat(), to_text(row["amount"], places),
            "" if pd.isna(row["balance"]) else to_text(int(row["balance"]), places),
            plain(row["counterparty"]), plain(row["description"]),
            "set_aside" if aside else row["category"], plain(row["set_aside"] if aside else row["reason"]),
            f"{row['confidence']:.2f}", row["basis"], row["paired_with"], plain(row["file"]),
            str(row["page"] or ""), str(row["line"]),
        ]


def journal_rows(rebuilt: Rebuilt) -> Iterable[list[str]]:
    """Every posting with its account's name, source and rule."""
    names, places = account_names(rebuilt), rebuilt.places
    for row in rebuilt.ledger.journal.to_dict("records"):
        yield [
            row["entry"], row["date"].date().isoformat(), row["account"], names[row["account"]],
            to_text(row["debit"], places), to_text(row["credit"], places), plain(row["source"]), row["rule"],
        ]


def account_names(rebuilt: Rebuilt) -> dict[str, str]:
    """Name of every account of the journal in the language of the run; own accounts carry their id."""
    chart, zh = accounts(), rebuilt.language == "zh-CN"
    own = {code: name for name, code in rebuilt.ledger.own.items()}
    names = {}
    for code in rebuilt.ledger.journal["account"].unique():
        known = code if code in chart else max((c for c in chart if code.startswith(f"{c}.")), key=len)
        name = chart[known].zh if zh else chart[known].en
        names[str(code)] = f"{name}-{own[code]}" if code in own and code not in chart else name
    return names


def plain(text: str) -> str:
    """Text of the evidence that no spreadsheet takes for a formula: a leading sign gets an apostrophe in front."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def table(path: Path, head: tuple[str, ...], rows: Iterable[list[str]]) -> None:
    """Write a CSV with the byte-order mark that Excel wants."""
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(head)
        writer.writerows(rows)
