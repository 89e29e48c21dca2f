"""A rebuilt case as the fields of a report: plain text, so that a template does no arithmetic."""

from recon.need.rebuilt import Rebuilt
from recon.report import books, charts, flows, opinion, people, proof
from recon.report.fields import Chart, Report
from recon.report.sentences import Voice


def report(rebuilt: Rebuilt) -> Report:
    """All fields of *rebuilt*'s report in its language; pictures are PNG bytes."""
    case, need, voice = rebuilt.case, rebuilt.need, Voice(rebuilt.language, rebuilt.places)
    cross = [c for c in rebuilt.checks if c.group == "cross"]
    tied = [c for c in rebuilt.checks if c.group == "articulation"]
    other = [c for c in rebuilt.checks if c.group in ("authenticity", "evidence")]
    return Report(
        borrower=people.borrower(case, voice),
        trade=voice(f"trade.{case.case.trade}"),
        period=people.period(rebuilt.ledger.period, voice),
        currency=voice.text(case.case.currency.upper()),
        request_in_brief=people.request_in_brief(case, voice),
        verdict=opinion.verdict(rebuilt, voice),
        terms=people.terms(rebuilt, voice),
        reasons=opinion.reasons(need, voice),
        rests_on=proof.rests_on(rebuilt, voice),
        headline=books.headline(rebuilt, voice),
        about=people.about(rebuilt, voice),
        related=people.related(case, voice),
        interview=people.interview(case, voice),
        products=people.products(case, voice),
        internal_checks=people.queries(case, people.INTERNAL, voice),
        external_checks=people.queries(case, people.EXTERNAL, voice),
        judgement=people.judgement(case, voice),
        coverage=proof.coverage(rebuilt, voice),
        accounts=proof.accounts(rebuilt, voice),
        gaps=proof.gaps(rebuilt, voice),
        set_aside=proof.set_aside(rebuilt, voice),
        files=proof.files(rebuilt, voice),
        balance_sheet=books.balance_sheet(rebuilt, voice),
        income_statement=books.flow_lines(rebuilt.statements.presented.income_statement, voice),
        cash_flow=books.flow_lines(rebuilt.statements.presented.cash_flow, voice),
        statement_notes=books.statement_notes(rebuilt, voice),
        key_figures=books.key_figures(rebuilt, voice),
        receivables=people.items(case.receivable, voice),
        payables=people.items(case.payable, voice),
        stock=people.items(case.stock, voice),
        equipment=people.equipment(case, voice),
        loans=people.loans(case, voice),
        controls=books.controls(rebuilt, voice),
        cross_summary=proof.summary("cross", cross, voice),
        cross_checks=proof.check_rows(proof.worst_first(cross), voice),
        other_checks=proof.check_rows(proof.worst_first(other), voice),
        articulation_summary=proof.summary("articulation", tied, voice),
        articulation_checks=proof.check_rows(tied, voice),
        flows_summary=flows.summary(rebuilt, voice),
        flow_notes=flows.notes(rebuilt, voice),
        months=flows.months(rebuilt, voice),
        excluded=flows.excluded(rebuilt, voice),
        customers=flows.customers(rebuilt, voice),
        suppliers=flows.suppliers(rebuilt, voice),
        need_summary=opinion.need_summary(rebuilt, voice),
        methods=opinion.methods(need, voice),
        capacity_summary=opinion.capacity_summary(need, voice),
        capacity=opinion.capacity(need, voice),
        guarantee_summary=opinion.guarantee_summary(rebuilt, voice),
        guarantors=people.guarantors(case, voice),
        risks=opinion.risks(rebuilt, voice),
        questions=opinion.questions(rebuilt, voice),
        conclusion=opinion.conclusion(rebuilt, voice),
        conditions=opinion.conditions(rebuilt, voice),
        watch=opinion.watch(rebuilt, voice),
        assumptions=proof.assumptions(rebuilt, voice),
        settings=proof.settings(rebuilt, voice),
        findings=proof.findings(rebuilt, voice),
        revenue_chart=_chart("revenue", charts.revenue(rebuilt, voice), voice),
        cash_chart=_chart("cash", charts.cash(rebuilt, voice), voice),
        flow_chart=_chart("flow", charts.flow(rebuilt, voice), voice),
        need_chart=_chart("need", charts.need(rebuilt, voice), voice),
    )


def _chart(name: str, picture: bytes | None, voice: Voice) -> tuple[Chart, ...]:
    """One chart, or none where there is nothing to draw."""
    return (Chart(voice(f"caption.{name}"), picture),) if picture else ()
