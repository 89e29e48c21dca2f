"""How a report speaks: figures, names, places and findings as a careful colleague would write them."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Protocol

import numpy as np

from recon.classify.categories import categories
from recon.core.errors import ReconError
from recon.core.finding import Finding, Words
from recon.core.money import from_decimal, to_display
from recon.core.source import Source
from recon.core.words import known, say, where
from recon.ledger.chart import positions, variable_of, variables
from recon.ledger.control import Figure
from recon.ledger.naming import control, named, within

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")


#: A hyphen that is a minus sign: before a figure, after no letter or figure.
_SIGN = re.compile(r"(?<![\w.\-/])-(?=\d)")


#: Tables of the form; a key that no name is known for.
_FORM = ("opening", "closing", "stated", "known", "adjust", "request", "case", "account")
_RAW = re.compile(r"[a-z_]+(?:\.[a-z_]+)*")


#: A figure's key inside a sentence.
_KEY = re.compile(r"\b(?:opening|closing|stated|expense|known|adjust|request|account|case)\.[a-z_]+\b")


class Named(Protocol):
    """Anything with a name in both languages."""

    @property
    def zh(self) -> str:
        """Chinese."""
    @property
    def en(self) -> str:
        """English."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Says things in one language, money with the decimals of one currency."""

    language: str
    places: int

    @property
    def chinese(self) -> bool:
        """Whether the report is in Chinese."""
        return self.language == "zh-CN"

    def __call__(self, key: str, **params: object) -> str:
        """The sentence ``report.<key>``."""
        return say(self.language, f"report.{key}", **params)

    def pick(self, entry: Named) -> str:
        """The name of *entry*."""
        return entry.zh if self.chinese else entry.en

    def money(self, minor: int | None) -> str:
        """Minor units for people, ``not known`` where there is no figure."""
        return self("word.unknown") if minor is None else to_display(int(minor), self.places)

    def band(self, low: int | None, high: int | None) -> str:
        """A range of amounts; a dash where an end is not known."""
        if low is None or high is None:
            return self("word.none")
        return self.money(low) if low == high else self("word.from_to", low=self.money(low), high=self.money(high))

    def given(self, minor: int | None) -> str:
        """An amount of the form: ``not given`` where the form is silent."""
        return self("word.not_given") if minor is None else to_display(int(minor), self.places)

    def percent(self, ratio: Decimal | None, places: int = 1) -> str:
        """A ratio in per cent: 0.1250 is ``12.5%``."""
        if ratio is None:
            return self("word.unknown")
        step = Decimal(1).scaleb(-places)
        return f"{(ratio * 100).quantize(step, ROUND_HALF_UP):,f}%"

    def share(self, part: int, whole: int) -> str:
        """Part of a whole in per cent; a dash where the whole is nothing."""
        return self.percent(Decimal(part) / Decimal(whole)) if whole else self("word.none")

    def ticks(self, major: float) -> str:
        """A mark on a chart's axis: whole thousands where amounts are large; round, so no figure of the books."""
        return f"{major:,.0f}"

    def day(self, date: dt.date | np.datetime64 | None) -> str:
        """A date as ``2025-01-31``; a dash where there is none."""
        if date is None or (isinstance(date, np.datetime64) and np.isnat(date)):
            return self("word.none")
        return str(date.astype("datetime64[D]") if isinstance(date, np.datetime64) else date)

    def span(self, start: dt.date | np.datetime64 | None, end: dt.date | np.datetime64 | None) -> str:
        """From a first to a last day."""
        if start is None or end is None:
            return self("word.unknown")
        return self("word.span", start=self.day(start), end=self.day(end))

    def listing(self, words: Iterable[str]) -> str:
        """Words one after another."""
        return ("、" if self.chinese else ", ").join(words)

    def clause(self, parts: Sequence[str]) -> str:
        """Clauses as one sentence."""
        return "，".join(parts) + "。" if self.chinese else ", ".join(parts) + "."

    def text(self, raw: str) -> str:
        """Text of the evidence or the form without characters that no document can hold; a dash where it is empty."""
        return _CONTROL.sub(" ", raw).strip() or self("word.none")

    def own(self, name: str) -> str:
        """An own account as people call it: its id of the form, or the name of what the lines speak of."""
        key = f"own.{name}"
        return self(key) if known(f"report.{key}") else self.text(name)

    def prose(self, raw: str) -> str:
        """A sentence whose negative figures never part from their sign at a line's end; a capital in front."""
        text = self.signed(raw)
        return text[:1].upper() + text[1:]

    def signed(self, raw: str) -> str:
        """Text whose negative figures never part from their sign at a line's end."""
        return _SIGN.sub("−", _KEY.sub(lambda key: self._key(key[0]), self.text(raw)))

    def _key(self, key: str) -> str:
        """A key that a sentence names, as people call it; anything else as it is."""
        if name := self._figure(key):
            return name
        if known(f"form.label.{key}"):
            return self.form_label(key)
        told = self.field(key)
        return told if told != key or "_" not in key else self("word.form_answer")

    # -- names of figures ------------------------------------------------------------------------------------------

    def figure(self, name: str) -> str:
        """A variable of the control system as people call it: ``closing.inventory`` is 期末存货."""
        return self._figure(name) or name

    def _figure(self, name: str) -> str:
        found = named(name)
        return found.tell(self.language) if found else ""

    def account(self, name: str) -> str:
        """An equation of the control system as people call it."""
        return self._account(name) or self.figure(name)

    def _account(self, name: str) -> str:
        found = control(name)
        return found.tell(self.language) if found else ""

    def source(self, figure: Figure) -> str:
        """Where a figure comes from."""
        if figure.source.startswith("rule:"):
            return self("word.rule_place", name=self.rule(figure.source))
        if figure.equation:
            return self._equation(figure.equation)
        if figure.source == "lines":
            return self("word.lines_place")
        return self("word.form_place", field=self.field(figure.source)) if figure.source else self("word.none")

    def place(self, source: str) -> str:
        """A source that a check or fact names, as people find it: statement line, form, file or line of evidence."""
        head, _, tail = source.partition(".")
        if head in ("balance_sheet", "income_statement", "cash_flow") and tail.isdigit():
            return self("word.statement_place", statement=self(f"statement.{head}"), line=tail)
        if "/" in source:
            return self("word.norms") if source.startswith("templates/") else self.text(source.rpartition("/")[2])
        if known(f"report.place.{source}"):
            return self(f"place.{source}")
        if known(f"form.label.{source}") or head in _FORM:
            return self("word.form_place", field=self._key(source))
        named = self._figure(source) or self._account(source) or self._category(source)
        return named or (self("word.form") if _RAW.fullmatch(source) else self.text(source))

    def form_label(self, field: str) -> str:
        """A question of the form as the form asks it."""
        return say(self.language, f"form.label.{field}")

    def places_of(self, sources: Sequence[str], most: int = 3) -> str:
        """The first *most* of *sources*, and that there are more; a dash where there are none."""
        named = list(dict.fromkeys(self.place(s) for s in sources))
        told = ("；" if self.chinese else "; ").join(named[:most])
        return (self("word.and_more", first=told) if len(named) > most else told) or self("word.none")

    def field(self, field: str) -> str:
        """A key of the case form as people call it, where it has such a name."""
        head, _, tail = field.partition(".")
        name = field
        if head in ("known", "adjust"):
            with suppress(ReconError):  # a rate, not a figure, has no variable of its name
                name = variable_of(tail, field)
        if told := self._figure(name):
            return told if self.chinese else within(told)
        return self(f"field.{field}") if known(f"report.field.{field}") else field

    def rule(self, source: str) -> str:
        """The rule behind ``rule:<name>``."""
        key = f"rule.{source.removeprefix('rule:')}"
        return self(key if known(f"report.{key}") else "rule.other")

    def _equation(self, equation: str) -> str:
        if equation in variables() and variables()[equation].cash:
            return self("word.lines_and_more")
        names = equation.split("+")
        told = self.listing(self.account(n) for n in names)
        if len(names) > 1:
            return self("word.joint_place", name=told)
        control = equation in positions() or equation in ("equity", "wages", "taxes", "dividends")
        return self("word.control_place" if control else "word.identity_place", name=told)

    # -- algebra ---------------------------------------------------------------------------------------------------

    def sum(self, terms: Iterable[tuple[Fraction, str, int]]) -> str:
        """Coefficient, name and minor units of each term as ``a 1.00 + b 2.00 − c 3.00``, additions first."""
        told: list[str] = []
        for coefficient, name, value in sorted(terms, key=lambda t: t[0] < 0):
            factor = "" if abs(coefficient) == 1 else f"{_plain(abs(coefficient))} × "
            amount = f"({self.money(value)})" if value < 0 else self.money(value)
            sign = ("−" if coefficient < 0 else "+") if told else ("−" if coefficient < 0 else "")
            label = self.figure(name) if self.chinese else within(self.figure(name))
            told.append(f"{sign} {factor}{label} {amount}".strip())
        return " ".join(told) or self.money(0)

    # -- findings --------------------------------------------------------------------------------------------------

    def finding(self, finding: Finding) -> str:
        """A finding as one sentence, its place in front; names of figures in its parameters are told, not spelt."""
        params = {key: self._told(value) for key, value in finding.params.items()}
        sentence = next(
            (say(self.language, f"{kind}.{finding.code}", **params) for kind in ("finding", "error")
             if known(f"{kind}.{finding.code}")),
            self("finding_without_words", code=finding.code),
        )
        place = self.where(finding.source)
        return self.signed(self("word.sentence", head=place, tail=sentence)) if place else self.prose(sentence)

    def _told(self, value: object) -> object:
        """A parameter: figures' keys by their names, amounts with thousands separated, anything else as it is."""
        if isinstance(value, Words):
            return value.tell(self.language)
        if not isinstance(value, str) or not value:
            return value
        if known(f"report.own.{value}"):
            return self.own(value)
        if value == "opening":
            return self("word.at_opening")
        if self.places and re.fullmatch(rf"-?\d+\.\d{{{self.places}}}", value):
            return to_display(from_decimal(value, self.places), self.places)
        names = [self._figure(part) or self._account(part) or self._category(part) for part in value.split(", ")]
        return self.listing(names) if all(names) else value

    def _category(self, name: str) -> str:
        return self.pick(categories()[name]) if name in categories() else ""

    def where(self, source: Source) -> str:
        """A place as people find it: an answer of the form by its question, a file by its name, page and line."""
        if not source.field:
            return where(self.language, source)
        return self.place(source.field) if "!" not in source.field else f"{source.file} {source.field}"


def _plain(number: Fraction) -> str:
    """An exact coefficient: as a decimal where it ends, else as a fraction."""
    value = Decimal(number.numerator) / Decimal(number.denominator)
    exact = value.normalize()
    return f"{exact:f}" if Fraction(exact) == number else str(number)
