"""The outline of the report: ``python -m recon.report.template`` makes its templates for Word and for phones."""

from pathlib import Path
from typing import TypeVar

from recon.core.knowledge import folder
from recon.core.words import LANGUAGES, say
from recon.report.columns import Column
from recon.report.pack import settle
from recon.report.page import Page
from recon.report.paper import Paper

_Hand = TypeVar("_Hand", Paper, Page)
_FACTS = "item=label 4.6, content=value 12"
_CHECKS = "check=name 2.7, outcome 1.9 c, expected 2.2 r, actual 2.2 r, because 5.4, reference 2.2"
_SOURCED = "item=label 3.2, content=value 8.4, reference 5"


class _Draft:
    """One language's template in the making."""

    def __init__(self, language: str, paper: Paper | Page) -> None:
        self.language, self.paper = language, paper

    def say(self, key: str) -> str:
        return say(self.language, f"report.{key}")

    def head(self, key: str, level: int = 1) -> None:
        self.paper.heading(self.say(f"heading.{key}"), level)

    def table(self, rows: str, layout: str, *, strong: str = "") -> None:
        """*layout*: for each column the word of its heading (and field, where it differs), centimetres, alignment."""
        self.paper.table(rows, [self._column(part.split()) for part in layout.split(", ")], strong=strong)

    def _column(self, spec: list[str]) -> Column:
        head, _, field = spec[0].partition("=")
        align = spec[2] if len(spec) > 2 else "l"  # noqa: PLR2004 - name, width, alignment
        return Column(self.say(f"column.{head}"), f"{{{{ row.{field or head} }}}}", float(spec[1]), align)

    def table_or_word(self, rows: str, layout: str) -> None:
        """The table, or the sentence that says why there is none."""
        self.paper.tag(f"if {rows}")
        self.table(rows, layout)
        self.otherwise(rows)

    def list_or_word(self, rows: str, style: str = "List Bullet") -> None:
        """A paragraph for each sentence, or the sentence that says why there is none."""
        self.paper.tag(f"if {rows}")
        self.paper.each(rows, style)
        self.otherwise(rows)

    def otherwise(self, key: str) -> None:
        self.paper.tag("else")
        self.paper.text(self.say(f"none.{key}"))
        self.paper.tag("endif")


def draft(language: str) -> Paper:
    """The Word template in *language*."""
    return _outlined(language, Paper(language, say(language, "report.template.title")))


def page(language: str) -> str:
    """The HTML page in *language* as a Jinja template."""
    return _outlined(language, Page(language, say(language, "report.template.title"))).source


def _outlined(language: str, paper: _Hand) -> _Hand:
    work = _Draft(language, paper)
    for part in (_first_page, _borrower, _evidence, _statements, _schedules, _controls, _checks, _flows, _need,
                 _guarantee, _risks, _conclusion, _annexes):
        part(work)
    return paper


def _first_page(work: _Draft) -> None:
    paper = work.paper
    paper.header(work.say("template.running") + "{{ borrower }}")
    paper.footer(*(work.say(f"template.{key}") for key in ("page", "of", "pages")))
    paper.title(work.say("template.title"))
    paper.text("{{ borrower }}", bold=True, align="c")
    period, currency = work.say("template.period"), work.say("template.currency")
    paper.text(f"{period}{{{{ period }}}}　{currency}{{{{ currency }}}}", align="c")
    work.head("request")
    paper.text("{{ request_in_brief }}")
    paper.text("{{ verdict }}", bold=True)
    paper.tag("if terms")
    work.table("terms", "item=label 4.6, requested 6 r, recommended 6 r")
    paper.tag("endif")
    work.head("reasons", 2)
    work.list_or_word("reasons", "List Number")
    work.head("rests_on", 2)
    paper.each("rests_on")
    work.head("headline", 2)
    work.paper.text(work.say("note.between"))
    work.table("headline", "item=label 4.6, amount=value 3.2 r, between 5.2 r, reference 3.6")


def _borrower(work: _Draft) -> None:
    work.head("borrower")
    work.table("about", _FACTS)
    work.head("related", 2)
    work.table_or_word("related", "name 6, relation 4.6, account 6")
    work.head("business", 2)
    work.table("business", _SOURCED)
    work.head("interview", 2)
    work.table_or_word("interview", _FACTS)
    work.paper.tag("if products")
    work.head("products", 2)
    work.table("products", "product=name 7, unit_cost 3.2 r, unit_price 3.2 r, share 3.2 r")
    work.paper.tag("endif")
    work.head("judgement", 2)
    work.table_or_word("judgement", _FACTS)
    work.head("queries")
    for name in ("internal", "external"):
        work.head(name, 2)
        work.table(f"{name}_checks", "item=label 8.6, result=value 8")


def _evidence(work: _Draft) -> None:
    work.head("evidence")
    work.paper.each("coverage")
    work.head("accounts", 2)
    work.table_or_word(
        "accounts", "account=name 2.1, kind 1.7, number 2.9, covered 4, opening 2.1 r, closing 2.1 r, proven 1.7 c"
    )
    work.head("gaps", 2)
    work.list_or_word("gaps")
    work.head("set_aside", 2)
    work.table_or_word("set_aside", "reason=label 7, count 2.4 r, amount 3.2 r, reference 4")


def _statements(work: _Draft) -> None:
    work.head("statements")
    work.paper.text(work.say("note.zero_lines"))
    work.paper.each("statement_notes")
    work.head("balance_sheet", 2)
    work.table("balance_sheet", "line 1.2 c, item=name 8.4, opening 3.5 r, closing 3.5 r", strong="total")
    for name in ("income_statement", "cash_flow"):
        work.head(name, 2)
        work.table(name, "line 1.2 c, item=name 11.4, period_amount=amount 4 r", strong="total")
    work.head("key_figures", 2)
    work.paper.text(work.say("note.basis"))
    work.table(
        "key_figures",
        "item=name 3, amount 2.6 r, documented 2.1 r, corroborated 2.3 r, stated 1.4 r, estimated 1.8 r, reference 3.4",
    )


def _schedules(work: _Draft) -> None:
    paper = work.paper
    work.head("schedules")
    paper.tag("if receivables or payables or stock or equipment or loans")
    paper.text(work.say("note.form"))
    paper.tag("else")
    paper.text(work.say("none.schedules"))
    paper.tag("endif")
    for name, layout in (
        ("receivables", "name 6, amount 3 r, date 2.4 c, overdue 2 r, proof 3.2"),
        ("payables", "name 6, amount 3 r, date 2.4 c, overdue 2 r, proof 3.2"),
        ("stock", "name 7, amount 3.4 r, date 2.4 c, proof 3.8"),
        ("equipment", "name 5, cost 3 r, bought 2.4 c, life 2 r, proof 4.2"),
        ("loans", "lender 4, kind 2, opening 2.4 r, closing 2.4 r, rate 1.5 r, monthly 2.1 r, due 2.2 c"),
    ):
        paper.tag(f"if {name}")
        work.head(name, 2)
        work.table(name, layout)
        paper.tag("endif")


def _controls(work: _Draft) -> None:
    work.head("controls")
    work.table_or_word("controls", "account=name 3, derivation=sentence 11, difference 2.6 r")


def _checks(work: _Draft) -> None:
    paper = work.paper
    work.head("checks")
    work.head("cross", 2)
    paper.text("{{ cross_summary }}")
    paper.tag("if cross_checks")
    work.table("cross_checks", _CHECKS)
    paper.tag("endif")
    paper.tag("if other_checks")
    work.head("other", 2)
    work.table("other_checks", _CHECKS)
    paper.tag("endif")
    paper.tag("if explained")
    work.head("explained", 2)
    paper.text(work.say("note.explained"))
    paper.tag("for each in explained")
    paper.text("{{ each.name }}", bold=True)
    paper.each("each.causes")
    paper.text("{{ each.moves }}")
    paper.tag("endfor")
    paper.tag("endif")
    work.head("articulation", 2)
    paper.text("{{ articulation_summary }}")
    paper.text(work.say("note.articulation"))
    paper.tag("if articulation_checks")
    work.table("articulation_checks", "code=id 1.2 c, check=name 7.5, outcome 1.9 c, expected 3 r, actual 3 r")
    paper.tag("endif")


def _flows(work: _Draft) -> None:
    work.head("flows")
    work.paper.text("{{ flows_summary }}")
    work.paper.each("flow_notes")
    work.paper.text(work.say("note.flows"))
    work.head("months", 2)
    work.paper.tag("if months")
    work.table("months", "month 2.2 c, effective 3.6 r, sales 3.6 r, operating_cash 3.6 r, cash 3.6 r")
    for name in ("revenue_chart", "flow_chart", "cash_chart"):
        work.paper.chart(name)
    work.otherwise("months")
    work.head("excluded", 2)
    work.table_or_word("excluded", "kind=label 9.6, count 3 r, amount 4 r")
    for name in ("customer", "supplier"):
        work.head(f"{name}s", 2)
        work.table_or_word(f"{name}s", f"{name}=label 6.4, count 1.5 r, amount 3 r, share 1.7 r, reference 4")


def _need(work: _Draft) -> None:
    paper = work.paper
    work.head("need")
    paper.text("{{ need_summary }}")
    paper.tag("if methods")
    work.table("methods", "method=name 3, amount 2.5 r, range 2.8 r, limit 2.5 r, because 5.8")
    paper.each("differ")
    work.paper.chart("need_chart")
    paper.tag("if bounds")
    work.head("bounds", 2)
    work.table("bounds", "item=name 8.6, amount 4 r, decides 4")
    paper.tag("endif")
    paper.tag("if would")
    work.head("would", 2)
    work.table("would", "item=name 6.6, now 5 r, wanted 5 r")
    paper.tag("endif")
    paper.tag("if swings")
    work.head("swings", 2)
    paper.text(work.say("note.swings"))
    work.table("swings", "assumption=name 4.6, step 2.6 r, down 3.2 r, up 3.2 r, turns 3 r")
    paper.tag("endif")
    work.head("existing", 2)
    paper.text("{{ top_up }}")
    paper.tag("if existing")
    work.table(
        "existing",
        "lender 3, balance 2.5 r, rate 2.1 r, monthly 2.3 r, here 2.3 r, saved 2.2 r, reference=origin 2.2",
    )
    paper.tag("endif")
    paper.tag("for method in methods if method.inputs")
    paper.heading("{{ method.name }}", 2)
    work.table("method.inputs", "input=label 6.6, value 4 r, reference 6")
    paper.tag("endfor")
    work.otherwise("methods")
    work.head("capacity")
    paper.text("{{ capacity_summary }}")
    paper.tag("if capacity")
    work.table("capacity", "item=label 7, value 5 r, reference 4.6")
    paper.tag("endif")
    paper.tag("if stresses")
    work.head("stresses", 2)
    work.table("stresses", "hardship=name 7, left 5 r, holds 4.6 c")
    paper.tag("endif")
    paper.chart("weeks_chart")
    paper.tag("if payments")
    work.head("payments", 2)
    work.table("payments", "payment=month 2.6 c, principal 4.6 r, interest 4.6 r, total 4.8 r")
    paper.tag("endif")


def _guarantee(work: _Draft) -> None:
    work.head("guarantee")
    work.paper.tag("if guarantors")
    work.paper.text("{{ guarantee_summary }}")
    work.table("guarantors", "name 5, relation 3, net_assets 3.4 r, willingness 2.6 r, joint 2.6 c")
    work.otherwise("guarantors")


def _risks(work: _Draft) -> None:
    work.head("risks")
    work.head("risk_list", 2)
    work.list_or_word("risks")
    work.head("questions", 2)
    work.list_or_word("questions")


def _conclusion(work: _Draft) -> None:
    paper = work.paper
    work.head("conclusion")
    paper.text("{{ verdict }}", bold=True)
    paper.each("conclusion")
    work.head("conditions", 2)
    work.list_or_word("conditions")
    work.head("watch")
    paper.text(work.say("note.watch"))
    work.table("watch", "item=name 6, today 4 r, trigger 6.6")
    paper.text("{{ inspection }}")
    work.head("signatures")
    paper.text(work.say("note.signatures"), together=True)
    signed, date = work.say("signature.signed"), work.say("signature.date")
    rows = [[work.say(f"signature.{who}"), signed, date] for who in ("investigator", "second", "manager")]
    paper.grid(rows, (4.6, 6, 6))


def _annexes(work: _Draft) -> None:
    paper = work.paper
    paper.page()
    work.head("files")
    paper.tag("if files")
    paper.text(work.say("note.digest"))
    paper.text(work.say("note.codes"))
    work.table("files", "code 1.3 c, file 4.5, kind 1.6, count=lines 1.2 r, outcome 2.1 c, why 3.4, digest 2.5")
    work.otherwise("files")
    work.head("assumptions")
    work.list_or_word("assumptions")
    work.head("settings", 2)
    work.table_or_word("settings", "origin 14, value 2.6 r")
    paper.text("{{ settings_note }}")
    work.head("findings")
    work.table_or_word("findings", "severity 2.2 c, finding=text 14.4")


def make(into: Path) -> list[Path]:
    """Write ``report.<language>.docx`` and ``.html`` for each language into the folder *into*."""
    into.mkdir(parents=True, exist_ok=True)
    written = []
    for language in LANGUAGES:
        path = into / f"report.{language}.docx"
        draft(language).document.save(str(path))
        phone = into / f"report.{language}.html"
        phone.write_text(page(language), encoding="utf-8")
        written += [settle(path), phone]
    return written


if __name__ == "__main__":
    make(folder("templates") / "report")
