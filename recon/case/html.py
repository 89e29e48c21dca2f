"""HTML for notebooks: statements, checks, need and files, with basis and outcome in words as well as in colour."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from recon.checks.check import Check, Group
from recon.core.money import to_display
from recon.core.words import known, say
from recon.need.model import Method, Need
from recon.need.rebuilt import Rebuilt
from recon.reading.report import reason
from recon.reading.result import Reading
from recon.statements.book import Line

BASES = ("documented", "corroborated", "stated", "estimated")
GROUPS: tuple[Group, ...] = ("cross", "authenticity", "evidence", "articulation")
#: Colours that colour-blind readers tell apart (Okabe and Ito, darkened to carry white text); words stand beside them.
COLOURS = {
    "documented": "#0b5394", "corroborated": "#00735c", "stated": "#9a5b00", "estimated": "#8a3f6e",
    "good": "#00735c", "ask": "#9a5b00", "bad": "#a3360f", "open": "#5a5a5a",
}
_TONE = {
    "pass": "good", "proven": "good", "justified": "good", "right": "good",
    "explain": "ask", "doubtful": "ask", "reduce": "ask", "unprovable": "ask",
    "fail": "bad", "inconsistent": "bad", "decline": "bad", "refused": "bad", "wrong": "bad",
}
_SIGN = {"good": "✓", "ask": "?", "bad": "✗", "open": "–"}
_RIGHT = ' class="n" align="right"'
_STYLE = """<style>
.recon{font-size:13px;line-height:1.45;max-width:62em}
.recon table{border-collapse:collapse;margin:.4em 0 .8em}
.recon th,.recon td{padding:.2em .7em;border:0;border-bottom:1px solid rgba(128,128,128,.28);vertical-align:top;
text-align:left!important;white-space:normal}
.recon th{font-weight:600;border-bottom:2px solid rgba(128,128,128,.6)}
.recon .n{text-align:right!important;font-variant-numeric:tabular-nums;white-space:nowrap}
.recon .t td{font-weight:600}.recon .h td{font-weight:600;padding-top:.8em}
.recon .w{min-width:16em}.recon .k{white-space:nowrap}
.recon .chip{display:inline-block;border-radius:3px;padding:0 .5em;font-size:12px;white-space:nowrap}
.recon .bar{display:inline-flex;width:6em;height:.8em;border-radius:2px;overflow:hidden;margin-right:.5em}
.recon .note{opacity:.75}.recon h4{margin:.7em 0 .2em}.recon ul{margin:.2em 0 .6em 1.2em}
</style>"""


@dataclass(frozen=True, slots=True)
class Page:
    """Writes HTML in one language, money with the decimals of one currency."""

    language: str
    places: int = 2

    def wrap(self, *parts: str) -> str:
        """Parts as one block with its style."""
        return f'{_STYLE}<div class="recon">{"".join(parts)}</div>'

    def word(self, key: str, **params: object) -> str:
        """A word of ``show``, safe in HTML."""
        return escape(say(self.language, f"show.{key}", **params))

    def money(self, minor: int | None) -> str:
        """An amount, or that it is not known."""
        return self.word("unknown") if minor is None else to_display(int(minor), self.places)

    def chip(self, outcome: str) -> str:
        """An outcome as a sign, a word and a colour."""
        tone = _TONE.get(outcome, "open")
        name = say(self.language, f"outcome.{outcome}") if known(f"outcome.{outcome}") else outcome
        style = f"background:{COLOURS[tone]};color:#fff"
        return f'<span class="chip" style="{style}">{_SIGN[tone]} {escape(name)}</span>'

    def table(self, head: Sequence[str], rows: Iterable[str]) -> str:
        """Rows under a head; a head that begins with ``>`` stands to the right, above figures."""
        cells = "".join(f"<th{_RIGHT}>{h[1:]}</th>" if h.startswith(">") else f"<th>{h}</th>" for h in head)
        return f"<table><thead><tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def row(*cells: str, kind: str = "") -> str:
    """A table row; a cell that begins with ``>`` is a figure, with ``<w>`` a wide text."""
    made = "".join(
        f"<td{_RIGHT}>{c[1:]}</td>" if c.startswith(">") else f'<td class="w">{c[3:]}</td>' if c.startswith("<w>")
        else f"<td>{c}</td>" for c in cells
    )
    return f'<tr class="{kind}">{made}</tr>'


def basis(page: Page, shares: Mapping[str, int]) -> str:
    """A bar of the shares by basis, and in words the largest of them with its percentage."""
    whole = sum(shares.values())
    if not whole:
        return ""
    parts = [(name, shares.get(name, 0)) for name in BASES if shares.get(name, 0)]
    bar = "".join(f'<span style="flex:{amount};background:{COLOURS[name]}"></span>' for name, amount in parts)
    told = [f"{page.word(f'basis.{name}')} {100 * amount / whole:.0f}%" for name, amount in parts]
    return f'<span class="k" title="{"; ".join(told)}"><span class="bar">{bar}</span>{_largest(parts, told)}</span>'


def _largest(parts: Sequence[tuple[str, int]], told: Sequence[str]) -> str:
    """The text of the largest part."""
    return told[max(range(len(parts)), key=lambda i: parts[i][1])]


def statement(page: Page, name: str, lines: Sequence[Line]) -> str:
    """One of the three statements; lines of zero are left out and counted."""
    balance = name == "balance_sheet"
    shown = [line for line in lines if line.form.number and _matters(line)]
    hidden = sum(1 for line in lines if line.form.number) - len(shown)
    columns = [">" + page.word("column.opening"), ">" + page.word("column.closing")] if balance else [
        ">" + page.word("column.amount")]
    head = [page.word("column.line"), page.word("column.item"), *columns, page.word("column.basis")]
    rows = [_line(page, line, balance=balance) for line in lines if line in shown or _leads(line, lines, shown)]
    note = page.word("left_out", count=hidden) if hidden else ""
    months = list(shown[0].months) if shown else []
    note += " " + page.word("months_inside", first=months[0], last=months[-1]) if months else ""
    return page.wrap(f"<h4>{page.word(f'statement.{name}')}</h4>", page.table(head, rows),
                     f'<div class="note">{note}</div>')


def _matters(line: Line) -> bool:
    return line.form.kind == "total" or line.amount != 0 or line.opening not in (0, None)


def _leads(line: Line, lines: Sequence[Line], shown: Sequence[Line]) -> bool:
    """Whether a heading has a shown line before the next heading."""
    if line.form.number:
        return False
    after = lines[lines.index(line) + 1:]
    until = next((i for i, other in enumerate(after) if not other.form.number), len(after))
    return any(other in shown for other in after[:until])


def _line(page: Page, line: Line, *, balance: bool) -> str:
    form = line.form
    name = escape(form.zh if page.language == "zh-CN" else form.en)
    if not form.number:
        return row("", name, *([""] * (3 if balance else 2)), kind="h")
    name = f"&emsp;{name}" if form.kind == "of_which" else name
    ends = [">" + page.money(line.opening)] if balance else []
    kind = "t" if form.kind == "total" else ""
    return row(str(form.number), name, *ends, ">" + page.money(line.amount), basis(page, line.shares), kind=kind)


def checks(page: Page, found: Sequence[Check]) -> str:
    """Checks by group: what needs a person in the open, what passes folded away."""
    parts = []
    for group in GROUPS:
        members = [c for c in found if c.group == group]
        if members:
            parts.append(_group(page, group, members))
    return page.wrap(*parts)


def _group(page: Page, group: Group, members: Sequence[Check]) -> str:
    passed = sum(c.outcome == "pass" for c in members)
    title = say(page.language, f"show.group.{group}")
    key = "all_pass" if passed == len(members) else "some"
    summary = page.word(key, title=title, count=len(members), passed=passed)
    order = ("fail", "explain", "cannot_judge")
    head = [page.word("column.outcome"), page.word("column.check"), ">" + page.word("column.expected"),
            ">" + page.word("column.actual"), ">" + page.word("column.difference"), page.word("column.because")]
    asking = sorted((c for c in members if c.outcome != "pass"), key=lambda c: order.index(c.outcome))
    first = page.table(head, [_check(page, c) for c in asking]) if asking else ""
    rest = page.table(head, [_check(page, c) for c in members if c.outcome == "pass"]) if passed else ""
    folded = f"<details><summary>{page.chip('pass')} {passed}</summary>{rest}</details>" if rest else ""
    return f"<h4>{summary}</h4>{first}{folded}"


def _check(page: Page, check: Check) -> str:
    told = check.as_json(language=page.language, places=page.places)
    figures = [">" + _figure(page, told[side], check) for side in ("expected", "actual", "difference")]
    because = "" if check.group == "articulation" else escape(check.tell(page.language))
    return row(page.chip(check.outcome), escape(check.title.tell(page.language)), *figures, "<w>" + because)


def _figure(page: Page, text: str | None, check: Check) -> str:
    if text is None:
        return page.word("unknown")
    whole, point, rest = text.lstrip("-").partition(".")
    sign = "-" if text.startswith("-") else ""
    return f"{sign}{int(whole):,}{point}{rest}" if check.unit == "money" else text


def need(page: Page, found: Need) -> str:
    """Need against request: verdict, amounts, each road, and the reasons in their order."""
    asked, advised, room = found.requested, found.recommended, found.capacity
    facts = [(page.word("requested"), page.money(asked.amount if asked else None)),
             (page.word("recommended"), _advised(page, found))]
    if advised:
        facts.append((page.word("term"), page.word("months", count=advised.term_months)))
    facts.append((page.word("monthly"), page.money(room.monthly_disposable)))
    if room.coverage is not None:
        facts.append((page.word("coverage"), f"{float(room.coverage):.2f}"))
    head = [page.word("column.road"), ">" + page.word("column.limit"), page.word("column.because")]
    roads = page.table(head, [_road(page, m) for m in found.methods])
    reasons = "".join(f"<li>{escape(r.tell(page.language))}</li>" for r in found.reasons)
    return page.wrap(page.chip(found.verdict), _facts(facts), roads, f"<ul>{reasons}</ul>")


def _advised(page: Page, found: Need) -> str:
    """What to lend: an amount, nothing, or that it is not known."""
    if found.recommended is None and found.verdict == "decline":
        return page.word("nothing")
    return page.money(found.recommended.amount if found.recommended else None)


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    return "<table>" + "".join(row(name, ">" + value) for name, value in facts) + "</table>"


def road(page: Page, method: Method) -> str:
    """A road's name."""
    key = f"show.method.{method.id}"
    return say(page.language, key) if known(key) else method.id


def _road(page: Page, method: Method) -> str:
    because = " ".join(r.tell(page.language) for r in method.because)
    return row(escape(road(page, method)), ">" + page.money(method.limit), "<w>" + escape(because))


def books(page: Page, made: Rebuilt) -> str:
    """A case at a glance: files, headline figures, how the checks came out and the verdict."""
    about, period = made.case.case, made.ledger.period
    facts = [
        (page.word("effective"), page.money(made.effective.total)),
        (page.word("sales"), page.money(made.ledger.value("total_sales"))),
        (page.word("profit"), page.money(made.ledger.value("net_profit"))),
        (page.word("equity"), page.money(made.statements.line("balance_sheet", 52).amount)),
        (page.word("requested"), page.money(made.need.requested.amount if made.need.requested else None)),
        (page.word("recommended"), _advised(page, made.need)),
    ]
    counts = " ".join(
        f"{page.chip(o)} {n}" for o in ("pass", "explain", "fail", "cannot_judge")
        if (n := sum(c.outcome == o and c.group != "articulation" for c in made.checks))
    )
    files = page.word("files", count=len(made.readings))
    title = escape(about.name) or page.word("no_name")
    return page.wrap(
        f"<h4>{title}</h4><div>{period.start} – {period.end} · {escape(about.currency)} · {files}</div>", _facts(facts),
        f"<div>{counts}</div><div style='margin-top:.5em'>{page.chip(made.need.verdict)}</div>",
    )


def reading(page: Page, read: Reading, first: Sequence[tuple[str, int, int | None, str, str]]) -> str:
    """A file's outcome and why, its accounts' ends, and its *first* lines: date, amount, balance, party, words."""
    head = f"<h4>{escape(read.file)}</h4><div>{page.chip(read.outcome)} {escape(reason(read, page.language))}</div>"
    ends = "".join(
        f"<div>{escape(a.account)} {escape(a.holder)}　"
        f"{page.word('opening_to_closing', opening=page.money(a.opening), closing=page.money(a.closing))}</div>"
        for a in read.accounts
    )
    if not first:
        return page.wrap(head, ends)
    columns = [page.word("column.date"), ">" + page.word("column.money"), ">" + page.word("column.balance"),
               page.word("column.party"), page.word("column.description")]
    rows = [
        row(day, ">" + page.money(amount), ">" + ("" if held is None else page.money(held)), escape(who), escape(what))
        for day, amount, held, who, what in first
    ]
    note = f'<div class="note">{page.word("first_lines", count=len(rows))}</div>'
    return page.wrap(head, ends, page.table(columns, rows), note)
