"""Makes the Word templates of the report: ``python -m recon.report.template`` writes both languages anew, byte for byte."""

from collections.abc import Sequence
from pathlib import Path

from recon.core.knowledge import folder
from recon.core.words import LANGUAGES, say
from recon.report.pack import settle
from recon.report.paper import Column, Paper

_Spec = tuple[str, str, float, str]


class _Draft:
    """One language's template in the making."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.paper = Paper(language, self.say("template.title"))

    def say(self, key: str) -> str:
        return say(self.language, f"report.{key}")

    def head(self, key: str, level: int = 1) -> None:
        self.paper.heading(self.say(f"heading.{key}"), level)

    def table(self, rows: str, *specs: _Spec, strong: str = "") -> None:
        """Each spec: word of the heading, field of a row, width in centimetres, alignment."""
        columns = [Column(self.say(f"column.{head}"), f"{{{{ row.{cell} }}}}", width, a) for head, cell, width, a in specs]
        self.paper.table(rows, columns, strong=strong)

    def table_or_word(self, rows: str, *specs: _Spec) -> None:
        """The table, or the sentence that says why there is none."""
        self.paper.tag(f"if {rows}")
        self.table(rows, *specs)
        self.otherwise(rows)

    def list_or_word(self, rows: str, style: str = "List Bullet") -> None:
        self.paper.tag(f"if {rows}")
        self.paper.each(rows, style)
        self.otherwise(rows)

    def otherwise(self, key: str) -> None:
        self.paper.tag("else")
        self.paper.text(self.say(f"none.{key}"))
        self.paper.tag("endif")

    def chart(self, name: str) -> None:
        self.paper.tag(f"for chart in {name}")
        self.paper.text("{{ chart.picture }}", align="c")
        self.paper.text("{{ chart.caption }}", "Caption", align="c")
        self.paper.tag("endfor")

    def facts(self, rows: str, width: float = 4.6) -> None:
        self.table(rows, ("item", "label", width, "l"), ("content", "value", 16.6 - width, "l"))


def draft(language: str) -> Paper:
    """The template in *language*."""
    work = _Draft(language)
    for part in (_first_page, _borrower, _evidence, _statements, _schedules, _controls, _checks, _flows, _need,
                 _guarantee, _risks, _conclusion, _annexes):
        part(work)
    return work.paper


def _first_page(work: _Draft) -> None:
    paper = work.paper
    paper.header(work.say("template.running") + "{{ borrower }}")
    paper.footer(*(work.say(f"template.{key}") for key in ("page", "of", "pages")))
    paper.title(work.say("template.title"))
    paper.text("{{ borrower }}", bold=True, align="c")
    paper.text(f"{work.say('template.period')}{{{{ period }}}}　{work.say('template.currency')}{{{{ currency }}}}", align="c")
    work.head("request")
    paper.text("{{ request_in_brief }}")
    paper.text("{{ verdict }}", bold=True)
    work.table("terms", ("item", "label", 4.6, "l"), ("requested", "requested", 6, "r"),
               ("recommended", "recommended", 6, "r"))
    work.head("reasons", 2)
    work.list_or_word("reasons", "List Number")
    work.head("rests_on", 2)
    paper.each("rests_on")
    work.head("headline", 2)
    work.table("headline", ("item", "label", 6.6, "l"), ("amount", "value", 4, "r"), ("reference", "reference", 6, "l"))


def _borrower(work: _Draft) -> None:
    work.head("borrower")
    work.facts("about")
    work.head("related", 2)
    work.table_or_word("related", ("name", "name", 6, "l"), ("relation", "relation", 4.6, "l"), ("account", "account", 6, "l"))
    work.head("judgement", 2)
    work.paper.tag("if judgement")
    work.facts("judgement")
    work.otherwise("judgement")
    work.head("queries")
    for name in ("internal", "external"):
        work.head(name, 2)
        work.table(f"{name}_checks", ("item", "label", 8.6, "l"), ("result", "value", 8, "l"))


def _evidence(work: _Draft) -> None:
    work.head("evidence")
    work.paper.each("coverage")
    work.head("accounts", 2)
    work.table_or_word(
        "accounts", ("account", "name", 2.6, "l"), ("kind", "kind", 1.8, "l"), ("number", "number", 3.2, "l"),
        ("covered", "covered", 3, "l"), ("opening", "opening", 2.2, "r"), ("closing", "closing", 2.2, "r"),
        ("proven", "proven", 1.6, "c"),
    )
    work.head("gaps", 2)
    work.list_or_word("gaps")
    work.head("set_aside", 2)
    work.table_or_word("set_aside", ("reason", "label", 7, "l"), ("count", "count", 2.4, "r"),
                       ("amount", "amount", 3.2, "r"), ("reference", "reference", 4, "l"))


def _statements(work: _Draft) -> None:
    work.head("statements")
    work.paper.text(work.say("note.zero_lines"))
    work.paper.each("statement_notes")
    work.head("balance_sheet", 2)
    work.table("balance_sheet", ("line", "line", 1.2, "c"), ("item", "name", 8.4, "l"), ("opening", "opening", 3.5, "r"),
               ("closing", "closing", 3.5, "r"), strong="total")
    for name in ("income_statement", "cash_flow"):
        work.head(name, 2)
        work.table(name, ("line", "line", 1.2, "c"), ("item", "name", 11.4, "l"), ("period_amount", "amount", 4, "r"),
                   strong="total")
    work.head("key_figures", 2)
    work.paper.text(work.say("note.basis"))
    work.table(
        "key_figures", ("item", "name", 3.6, "l"), ("amount", "amount", 3, "r"), ("documented", "documented", 1.5, "r"),
        ("corroborated", "corroborated", 1.9, "r"), ("stated", "stated", 1.5, "r"), ("estimated", "estimated", 1.5, "r"),
        ("reference", "reference", 3.6, "l"),
    )


def _schedules(work: _Draft) -> None:
    paper = work.paper
    work.head("schedules")
    paper.tag("if receivables or payables or stock or equipment or loans")
    paper.text(work.say("note.form"))
    paper.tag("else")
    paper.text(work.say("none.schedules"))
    paper.tag("endif")
    item = (("name", "name", 6, "l"), ("amount", "amount", 3, "r"), ("date", "date", 2.4, "c"))
    overdue, proof = ("overdue", "overdue", 2, "r"), ("proof", "proof", 3.2, "l")
    _schedule(work, "receivables", (*item, overdue, proof))
    _schedule(work, "payables", (*item, overdue, proof))
    _schedule(work, "stock", (*item, proof))
    _schedule(work, "equipment", (
        ("name", "name", 5.6, "l"), ("cost", "cost", 3, "r"), ("bought", "bought", 2.6, "c"), ("life", "life", 2.2, "r"),
        ("proof", "proof", 3.2, "l"),
    ))
    _schedule(work, "loans", (
        ("lender", "lender", 4, "l"), ("kind", "kind", 2, "l"), ("opening", "opening", 2.3, "r"),
        ("closing", "closing", 2.3, "r"), ("rate", "rate", 1.6, "r"), ("monthly", "monthly", 2.2, "r"), ("due", "due", 2.2, "c"),
    ))


def _schedule(work: _Draft, name: str, specs: Sequence[_Spec]) -> None:
    work.paper.tag(f"if {name}")
    work.head(name, 2)
    work.table(name, *specs)
    work.paper.tag("endif")


def _controls(work: _Draft) -> None:
    work.head("controls")
    work.table_or_word("controls", ("account", "name", 3, "l"), ("derivation", "sentence", 11, "l"),
                       ("difference", "difference", 2.6, "r"))


def _checks(work: _Draft) -> None:
    columns = (
        ("check", "name", 4, "l"), ("outcome", "outcome", 1.8, "c"), ("expected", "expected", 2.5, "r"),
        ("actual", "actual", 2.5, "r"), ("because", "because", 5.8, "l"),
    )
    work.head("checks")
    work.head("cross", 2)
    work.paper.text("{{ cross_summary }}")
    work.paper.tag("if cross_checks")
    work.table("cross_checks", *columns)
    work.paper.tag("endif")
    work.paper.tag("if other_checks")
    work.head("other", 2)
    work.table("other_checks", *columns)
    work.paper.tag("endif")
    work.head("articulation", 2)
    work.paper.text("{{ articulation_summary }}")
    work.paper.text(work.say("note.articulation"))
    work.paper.tag("if articulation_checks")
    work.table("articulation_checks", ("number", "id", 1.4, "c"), ("check", "name", 6.2, "l"), ("outcome", "outcome", 2, "c"),
               ("expected", "expected", 3.5, "r"), ("actual", "actual", 3.5, "r"))
    work.paper.tag("endif")


def _flows(work: _Draft) -> None:
    work.head("flows")
    work.paper.text("{{ flows_summary }}")
    work.head("months", 2)
    work.paper.tag("if months")
    work.table("months", ("month", "month", 2.2, "c"), ("effective", "effective", 3.6, "r"), ("sales", "sales", 3.6, "r"),
               ("operating_cash", "operating_cash", 3.6, "r"), ("cash", "cash", 3.6, "r"))
    for name in ("revenue_chart", "flow_chart", "cash_chart"):
        work.chart(name)
    work.otherwise("months")
    work.head("excluded", 2)
    work.table_or_word("excluded", ("kind", "label", 9.6, "l"), ("count", "count", 3, "r"), ("amount", "amount", 4, "r"))
    for head, name, label in (("customers", "customers", "customer"), ("suppliers", "suppliers", "supplier")):
        work.head(head, 2)
        work.table_or_word(name, (label, "label", 5.4, "l"), ("count", "count", 1.8, "r"), ("amount", "amount", 3.2, "r"),
                           ("share", "share", 2, "r"), ("reference", "reference", 4.2, "l"))


def _need(work: _Draft) -> None:
    paper = work.paper
    work.head("need")
    paper.text("{{ need_summary }}")
    paper.tag("if methods")
    work.table("methods", ("method", "name", 3.4, "l"), ("amount", "amount", 2.5, "r"), ("range", "range", 2.8, "r"),
               ("limit", "limit", 2.5, "r"), ("because", "because", 5.4, "l"))
    work.chart("need_chart")
    paper.tag("for method in methods if method.inputs")
    paper.heading("{{ method.name }}", 2)
    work.table("method.inputs", ("input", "label", 6.6, "l"), ("value", "value", 4, "r"), ("reference", "reference", 6, "l"))
    paper.tag("endfor")
    work.otherwise("methods")
    work.head("capacity")
    paper.text("{{ capacity_summary }}")
    paper.tag("if capacity")
    work.table("capacity", ("item", "label", 9.6, "l"), ("value", "value", 7, "r"))
    paper.tag("endif")


def _guarantee(work: _Draft) -> None:
    work.head("guarantee")
    work.paper.tag("if guarantors")
    work.paper.text("{{ guarantee_summary }}")
    work.table("guarantors", ("name", "name", 5, "l"), ("relation", "relation", 3, "l"), ("net_assets", "net_assets", 3.4, "r"),
               ("willingness", "willingness", 2.6, "r"), ("joint", "joint", 2.6, "c"))
    work.otherwise("guarantors")


def _risks(work: _Draft) -> None:
    work.head("risks")
    work.head("risk_list", 2)
    work.list_or_word("risks")
    work.head("questions", 2)
    work.list_or_word("questions", "List Number 2")


def _conclusion(work: _Draft) -> None:
    paper = work.paper
    work.head("conclusion")
    paper.text("{{ verdict }}", bold=True)
    paper.each("conclusion")
    work.head("conditions", 2)
    work.list_or_word("conditions")
    work.head("watch")
    work.table("watch", ("item", "name", 4, "l"), ("today", "today", 4, "r"), ("trigger", "trigger", 8.6, "l"))
    work.head("signatures")
    paper.text(work.say("note.signatures"))
    signed, date = work.say("signature.signed"), work.say("signature.date")
    paper.grid([[work.say(f"signature.{who}"), signed, date] for who in ("investigator", "second", "manager")],
               (4.6, 6, 6))


def _annexes(work: _Draft) -> None:
    work.paper.document.add_page_break()
    work.head("files")
    work.paper.tag("if files")
    work.paper.text(work.say("note.digest"))
    work.table("files", ("file", "file", 5.6, "l"), ("kind", "kind", 1.8, "l"), ("count", "lines", 1.3, "r"),
               ("outcome", "outcome", 1.8, "c"), ("why", "why", 3.5, "l"), ("digest", "digest", 2.6, "l"))
    work.otherwise("files")
    work.head("assumptions")
    work.list_or_word("assumptions")
    work.head("settings", 2)
    work.table_or_word("settings", ("setting", "name", 4, "l"), ("value", "value", 2.4, "r"), ("origin", "origin", 10.2, "l"))
    work.head("findings")
    work.table_or_word("findings", ("severity", "severity", 2.2, "c"), ("finding", "text", 14.4, "l"))


def make(into: Path) -> list[Path]:
    """Write ``report.<language>.docx`` for each language into the folder *into*."""
    into.mkdir(parents=True, exist_ok=True)
    written = []
    for language in LANGUAGES:
        path = into / f"report.{language}.docx"
        draft(language).document.save(str(path))
        written.append(settle(path))
    return written


if __name__ == "__main__":
    make(folder("templates") / "report")
