"""Settings and answers that checks and need rest on: inputs that a reviewer may change, and sums of the evidence."""

from collections.abc import Sequence
from decimal import Decimal

from recon.checks.scope import Fact, Scope, counted, undetermined
from recon.core.words import known as has_words
from recon.core.words import say
from recon.ledger.chart import positions
from recon.workbook.model import NAME, OPENING, TOTAL, Model
from recon.workbook.plan import HEAD, Sheet

_LABEL, _KEY, _VALUE, _ORIGIN = 0, 1, 2, 3
#: Ends of names whose value is a share.
_SHARES = ("growth", "growth_cap", "margin", "share", "rate", "markup", "shift_sales", "stress_sales")
_CARD, _LINES, _OPERATING = "card.", 19, 7


def assumptions(model: Model, scope: Scope, names: Sequence[str], accounts: Sheet) -> Sheet:
    """Lay out the answers *names*; ``model.answers`` learns their cells."""
    sheet = model.sheet("assumptions")
    sheet.widths = {_LABEL: 44, _KEY: 26, _VALUE: 18, _ORIGIN: 80}
    sheet.row(HEAD, [model.say(f"head.{head}") for head in ("input", "key", "value", "origin")], "head")
    row = HEAD
    for name in _ordered(model, names):
        row += 1
        fact = scope.answers[name]
        model.answers[name] = sheet.ref(row, _VALUE)
        sheet.put(row, _LABEL, _label(model, name))
        sheet.put(row, _KEY, name, "key")
        sheet.put(row, _ORIGIN, _origin(model, name), "text.quiet")
        _value(model, sheet, row, name, fact, accounts)
    return sheet


def _ordered(model: Model, names: Sequence[str]) -> list[str]:
    """Settings and answers first, then what the evidence gives; where there is a card, each of its lines."""
    wanted = list(names)
    if _has_card(model):
        wanted = [n for n in wanted if not n.startswith(_CARD)]
        wanted += [f"{_CARD}{line}" for line in range(1, _LINES + 1)] + [f"{_CARD}not_operating"]
    return sorted(wanted, key=_derived)


def _has_card(model: Model) -> bool:
    return any(account.kind == "card" for account in model.rebuilt.accounts)


def _label(model: Model, name: str) -> str:
    if has_words(f"workbook.answer.{name}"):
        return model.say(f"answer.{name}")
    if has_words(f"assumption.{name}"):
        return say(model.rebuilt.language, f"assumption.{name}")
    head, _, tail = name.partition(".")
    if head == "card" and tail.isdigit():
        return model.say("answer.card", line=tail)
    return model.say(f"answer.{head}") if has_words(f"workbook.answer.{head}") else name


def _origin(model: Model, name: str) -> str:
    entry = model.rebuilt.settings.entries.get(name)
    if entry is not None:
        return model.pick(entry) + (model.say("unverified") if entry.unverified else "")
    return model.say("how.evidence") if _derived(name) else f"case.toml {name}"


def _value(model: Model, sheet: Sheet, row: int, name: str, fact: Fact, accounts: Sheet) -> None:
    if fact.value is None:
        sheet.put(row, _VALUE, model.unknown, "money.quiet")
        return
    formula = _formula(model, name, accounts)
    if fact.unit == "money":
        style = "money" if _derived(name) else "money.input"
        sheet.put(row, _VALUE, int(fact.value), style, formula)
    else:
        value = Decimal(fact.value.numerator) / Decimal(fact.value.denominator)
        share = name.endswith(_SHARES)
        style = "plain" if name.startswith("period.") else "percent.input" if share else "plain.input"
        sheet.put(row, _VALUE, value, style, formula)


def _derived(name: str) -> bool:
    """Whether the evidence or the books give the answer; settings and answers of the form are inputs."""
    return name.partition(".")[0] in (
        "card", "unknown", "printed", "unprinted", "prepaid", "assets", "period", "customers", "orders",
    )


def _formula(model: Model, name: str, accounts: Sheet) -> str:
    head, _, tail = name.partition(".")
    if head == "card" and _has_card(model):
        return _card(model, tail)
    if head == "unknown":
        return _unexplained(model, accounts, tail)
    if head == "unprinted":
        return _unprinted(model, accounts, tail)
    return ""


def _card(model: Model, tail: str) -> str:
    ranges = model.ranges
    if tail.isdigit():
        return (f'=SUMIFS({ranges["line.amount"]},{ranges["line.cash_line"]},"{model.cash_line(int(tail))}",'
                f'{ranges["line.kind"]},"card")')
    first, last = (model.answers[f"{_CARD}{n}"].split("!")[1] for n in (_OPERATING + 1, _LINES))
    return f"=SUM({first}:{last})"


def _unexplained(model: Model, accounts: Sheet, tail: str) -> str:
    """The period's movement on the account of unexplained money."""
    label = model.account("2241.09" if tail == "in" else "1221.09")
    top, bottom = model.rows["moved.first"], model.rows["moved.last"]
    names = accounts.down(NAME, top, bottom)
    total, opening = (f'SUMIFS({accounts.down(c, top, bottom)},{names},"{label}")' for c in (TOTAL, OPENING))
    return f"={opening}-{total}" if tail == "in" else f"={total}-{opening}"


def _unprinted(model: Model, accounts: Sheet, end: str) -> str:
    """Cash that nobody printed or counted: the balance sheet's, less the accounts that somebody did."""
    ledger = model.rebuilt.ledger
    codes = [
        ledger.own[a.id] for a in model.rebuilt.accounts if a.kind in {"bank", "wallet"} and getattr(a, end) is not None
    ]
    held = [key for key in ("cash", "bank") if counted(ledger, f"{end}.{key}") is not None]
    codes += [positions()[key].account for key in held if not undetermined(ledger, key)]
    sheet, row = model.lines["B", 1]
    column = OPENING if end == "opening" else TOTAL
    top, bottom = model.rows["balance.first"], model.rows["balance.last"]
    names, values = accounts.down(NAME, top, bottom), accounts.down(column, top, bottom)
    booked = "".join(f'-SUMIFS({values},{names},"{model.account(code)}")' for code in dict.fromkeys(codes))
    booked += "".join(f"-{model.homes[f'{end}.{key}']}" for key in held if undetermined(ledger, key))
    return f"={sheet.ref(row, column)}{booked}"


