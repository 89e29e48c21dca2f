"""A rebuilt case as the fields of a report: plain text, so that a template does no arithmetic."""

from typing import Any

from recon.need.rebuilt import Rebuilt
from recon.report import advice, books, business, charts, flows, opinion, people, proof
from recon.report.fields import Chart, Report
from recon.report.sentences import Voice


def report(rebuilt: Rebuilt) -> Report:
    """All fields of *rebuilt*'s report in its language; pictures are PNG bytes."""
    voice = Voice(rebuilt.language, rebuilt.places)
    parts = (_first_page, _borrower, _evidence, _statements, _checks, _flows, _need, _sure, _conclusion, _annexes,
             _charts)
    return Report(**{name: value for part in parts for name, value in part(rebuilt, voice).items()})


def _first_page(rebuilt: Rebuilt, voice: Voice) -> dict[str, Any]:
    case = rebuilt.case
    return {
        "borrower": people.borrower(case, voice),
        "trade": voice(f"trade.{case.case.trade}"),
        "period": people.period(rebuilt.ledger.period, voice),
        "currency": voice.text(case.case.currency.upper()),
        "request_in_brief": people.request_in_brief(case, voice),
        "verdict": opinion.verdict(rebuilt, voice),
        "terms": people.terms(rebuilt, voice),
        "reasons": opinion.reasons(rebuilt.need, voice),
        "rests_on": proof.rests_on(rebuilt, voice),
        "headline": books.headline(rebuilt, voice),
    }


def _borrower(rebuilt: Rebuilt, voice: Voice) -> dict[str, Any]:
    case = rebuilt.case
    return {
        "about": people.about(rebuilt, voice),
        "related": people.related(case, voice),
        "business": business.business(rebuilt, voice),
        "interview": people.interview(case, voice),
        "products": people.products(case, voice),
        "internal_checks": people.queries(case, people.INTERNAL, voice),
        "external_checks": people.queries(case, people.EXTERNAL, voice),
        "judgement": people.judgement(case, voice),
        "receivables": people.items(case.receivable, voice),
        "payables": people.items(case.payable, voice),
        "stock": people.items(case.stock, voice),
        "equipment": people.equipment(case, voice),
        "loans": people.loans(case, voice),
        "guarantors": people.guarantors(case, voice),
    }


def _evidence(rebuilt: Rebuilt, voice: Voice) -> dict[str, Any]:
    return {
        "coverage": proof.coverage(rebuilt, voice),
        "accounts": proof.accounts(rebuilt, voice),
        "gaps": proof.gaps(rebuilt, voice),
        "set_aside": proof.set_aside(rebuilt, voice),
        "files": proof.files(rebuilt, voice),
    }


def _statements(rebuilt: Rebuilt, voice: Voice) -> dict[str, Any]:
    presented = rebuilt.statements.presented
    return {
        "balance_sheet": books.balance_sheet(rebuilt, voice),
        "income_statement": books.flow_lines(presented.income_statement, voice),
        "cash_flow": books.flow_lines(presented.cash_flow, voice),
        "statement_notes": books.statement_notes(rebuilt, voice),
        "key_figures": books.key_figures(rebuilt, voice),
        "controls": books.controls(rebuilt, voice),
    }


def _checks(rebuilt: Rebuilt, voice: Voice) -> dict[str, Any]:
    cross = [c for c in rebuilt.checks if c.group == "cross"]
    tied = [c for c in rebuilt.checks if c.group == "articulation"]
    other = [c for c in rebuilt.checks if c.group in ("authenticity", "evidence")]
    return {
        "cross_summary": proof.summary("cross", cross, voice),
        "cross_checks": proof.check_rows(rebuilt, proof.worst_first(cross), voice),
        "other_checks": proof.check_rows(rebuilt, proof.worst_first(other), voice),
        "explained": proof.explained(rebuilt, voice),
        "articulation_summary": proof.summary("articulation", tied, voice),
        "articulation_checks": proof.check_rows(rebuilt, tied, voice),
    }


def _flows(rebuilt: Rebuilt, voice: Voice) -> dict[str, Any]:
    return {
        "flows_summary": flows.summary(rebuilt, voice),
        "flow_notes": flows.notes(rebuilt, voice),
        "months": flows.months(rebuilt, voice),
        "excluded": flows.excluded(rebuilt, voice),
        "customers": flows.customers(rebuilt, voice),
        "suppliers": flows.suppliers(rebuilt, voice),
    }


def _need(rebuilt: Rebuilt, voice: Voice) -> dict[str, Any]:
    need = rebuilt.need
    return {
        "need_summary": opinion.need_summary(rebuilt, voice),
        "methods": opinion.methods(need, voice),
        "differ": advice.differ(need, voice),
        "bounds": advice.bounds(need, voice),
        "payments": advice.payments(need, voice),
        "top_up": advice.top_up(need, voice),
        "existing": advice.existing(need, voice),
        "capacity_summary": opinion.capacity_summary(need, voice),
        "capacity": opinion.capacity(rebuilt, voice),
        "guarantee_summary": opinion.guarantee_summary(rebuilt, voice),
    }


def _sure(rebuilt: Rebuilt, voice: Voice) -> dict[str, Any]:
    need = rebuilt.need
    return {
        "stresses": advice.stresses(need, voice),
        "swings": advice.swings(need, voice),
        "would": advice.would(need, voice),
    }


def _conclusion(rebuilt: Rebuilt, voice: Voice) -> dict[str, Any]:
    return {
        "risks": opinion.risks(rebuilt, voice),
        "questions": opinion.questions(rebuilt, voice),
        "conclusion": opinion.conclusion(rebuilt, voice),
        "conditions": opinion.conditions(rebuilt, voice),
        "watch": advice.watch(rebuilt, voice),
        "inspection": advice.inspection(rebuilt.need.inspection, voice),
    }


def _annexes(rebuilt: Rebuilt, voice: Voice) -> dict[str, Any]:
    return {
        "assumptions": proof.assumptions(rebuilt, voice),
        "settings": proof.settings(rebuilt, voice),
        "settings_note": proof.settings_note(rebuilt, voice),
        "findings": proof.findings(rebuilt, voice),
    }


def _charts(rebuilt: Rebuilt, voice: Voice) -> dict[str, Any]:
    drawn = {"revenue": charts.revenue, "cash": charts.cash, "flow": charts.flow, "need": charts.need,
             "weeks": charts.weeks}
    return {f"{name}_chart": _chart(name, draw(rebuilt, voice), voice) for name, draw in drawn.items()}


def _chart(name: str, picture: bytes | None, voice: Voice) -> tuple[Chart, ...]:
    """One chart, or none where there is nothing to draw."""
    return (Chart(voice(f"caption.{name}"), picture),) if picture else ()
