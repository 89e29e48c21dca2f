"""The need as ``books.json`` tells it (see the contract): amounts in major units, unknown is None."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from recon.checks.check import Reason
from recon.checks.desk import ratio, whole
from recon.core.money import to_text
from recon.core.words import say
from recon.need.model import (
    Borrowing,
    Capacity,
    Input,
    Method,
    Need,
    Recommended,
    Stress,
    Swing,
    Unit,
    Watch,
    Weeks,
    Would,
)


def as_json(need: Need, *, language: str, places: int) -> dict[str, Any]:
    """``need`` of ``books.json`` in *language*, money with *places* decimals, ratios and days with four."""
    return _Writer(language, places).need(need)


@dataclass(frozen=True, slots=True)
class _Writer:
    language: str
    places: int

    def need(self, need: Need) -> dict[str, Any]:
        return {
            "requested": self._requested(need), "methods": [self._method(method) for method in need.methods],
            "capacity": self._capacity(need.capacity), "recommended": self._recommended(need.recommended),
            "verdict": need.verdict, "reasons": [reason.tell(self.language) for reason in need.reasons],
            "reason_codes": [reason.code for reason in need.reasons], "trust": _ratio(need.trust),
            "within": self._money(need.within),
            "roads_differ": [reason.tell(self.language) for reason in need.differ],
            "stress": [self._stress(each) for each in need.stress],
            "sensitivity": [self._swing(each) for each in need.swings],
            "would_be_right": [self._would(each) for each in need.would],
            "existing": {"top_up": self._money(need.top_up), "loans": [self._loan(each) for each in need.loans]},
            "weeks": self._weeks(need.weeks), "watch": [self._watch(each) for each in need.watch],
            "inspection": self._inspection(need),
        }

    def _unit(self, value: Fraction | None, unit: Unit) -> str | None:
        if value is None:
            return None
        return self._money(whole(value)) if unit == "money" else _ratio(value)

    def _stress(self, each: Stress) -> dict[str, Any]:
        return {"id": each.name, "size": each.size, "disposable": self._money(each.left), "holds": each.holds}

    def _swing(self, each: Swing) -> dict[str, Any]:
        return {
            "id": each.name, "title": say(self.language, f"assumption.{each.name}"), "step": _ratio(each.step),
            "unit": each.unit, "down": self._money(each.down), "up": self._money(each.up),
            "turns_at": None if each.turns is None else _ratio(each.turns),
        }

    def _would(self, each: Would) -> dict[str, Any]:
        return {"id": each.name, "unit": each.unit, "now": self._unit(each.now, each.unit),
                "wanted": self._unit(each.wanted, each.unit)}

    def _loan(self, each: Borrowing) -> dict[str, Any]:
        return {
            "lender": each.lender, "declared": each.declared, "balance": self._money(each.balance),
            "annual_rate": None if each.annual_rate is None else _ratio(each.annual_rate),
            "rate_inferred": each.inferred, "monthly": self._money(each.monthly),
            "instalment_here": self._money(each.instalment), "saved_a_month": self._money(each.saved),
            "overdue_days": each.overdue_days,
        }

    def _weeks(self, weeks: Weeks) -> list[dict[str, Any]]:
        rows = zip(weeks.starts, weeks.without, weeks.low, weeks.loan, strict=True)
        return [
            {"week": start, "cash": self._money(cash), "low": self._money(low), "with_loan": self._money(loan)}
            for start, cash, low, loan in rows
        ]

    def _watch(self, each: Watch) -> dict[str, Any]:
        return {
            "id": each.name, "title": say(self.language, f"watch.{each.name}"), "unit": each.unit,
            "level": self._unit(each.level, each.unit), "trigger": self._unit(each.trigger, each.unit),
            "when": "above" if each.above else "below",
        }

    def _inspection(self, need: Need) -> dict[str, Any] | None:
        visit = need.inspection
        return None if visit is None else {"class": visit.kind, "because": self._told(visit.because)}

    def _money(self, value: int | None) -> str | None:
        return None if value is None else to_text(value, self.places)

    def _told(self, reasons: Iterable[Reason]) -> str:
        return ("" if self.language == "zh-CN" else " ").join(reason.tell(self.language) for reason in reasons)

    def _requested(self, need: Need) -> dict[str, Any] | None:
        asked = need.requested
        if asked is None:
            return None
        return {
            "amount": self._money(asked.amount), "term_months": asked.term_months,
            "annual_rate": None if asked.annual_rate is None else str(asked.annual_rate),
            "repayment": asked.repayment, "purpose": asked.purpose, "own_funds": self._money(asked.own_funds),
            "other_funding": self._money(asked.other_funding),
        }

    def _method(self, method: Method) -> dict[str, Any]:
        return {
            "id": method.id, "amount": self._money(method.amount), "low": self._money(method.low),
            "high": self._money(method.high), "limit": self._money(method.limit), "inputs": self._inputs(method.inputs),
            "because": self._told(method.because),
        }

    def _inputs(self, inputs: Mapping[str, Input]) -> dict[str, str | None]:
        return {name: self._input(each) for name, each in inputs.items()}

    def _input(self, each: Input) -> str | None:
        if each.value is None:
            return None
        return self._money(whole(each.value)) if each.unit == "money" else _ratio(each.value)

    def _capacity(self, room: Capacity) -> dict[str, Any]:
        return {
            "monthly_disposable": self._money(room.monthly_disposable), "instalment": self._money(room.instalment),
            "coverage": None if room.coverage is None else _ratio(room.coverage),
            "worst_month": room.worst_month or None, "worst_month_disposable": self._money(room.worst_amount),
            "months": {month: self._money(left) for month, left in room.months.items()},
            "short_months": list(room.short_months), "affordable": self._money(room.affordable),
            "annual_rate": _ratio(room.annual_rate), "inputs": self._inputs(room.inputs),
            "because": self._told(room.because),
        }

    def _recommended(self, what: Recommended | None) -> dict[str, Any] | None:
        if what is None:
            return None
        return {
            "amount": self._money(what.amount), "low": self._money(what.low), "high": self._money(what.high),
            "term_months": what.term_months, "repayment": what.repayment, "binding": what.binding,
            "bounds": {name: self._money(bound) for name, bound in what.bounds.items()},
            "schedule": [
                {"month": number, "principal": self._money(each.principal), "interest": self._money(each.interest),
                 "total": self._money(each.total)} for number, each in enumerate(what.schedule, 1)
            ],
        }


def _ratio(value: Fraction) -> str:
    return str(ratio(value))
