"""Need, capacity, risks, questions, conclusion and what to watch: the part of a report that a decision rests on."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from recon.checks.check import Check, Reason
from recon.checks.desk import whole
from recon.core.words import known
from recon.need.coverage import UNNAMED
from recon.need.guarantee import guarantee
from recon.need.model import Input, Need
from recon.need.rebuilt import Rebuilt
from recon.report.fields import Fact, Method
from recon.report.flows import largest
from recon.report.people import queries_that_are, repayment
from recon.report.proof import gaps, not_handed_in, worst_first
from recon.report.sentences import Voice

_STATEMENTS = {"B": "balance_sheet", "I": "income_statement", "C": "cash_flow"}


def verdict(rebuilt: Rebuilt, voice: Voice) -> str:
    """The verdict as one sentence."""
    need = rebuilt.need
    if need.requested is None:
        limits = [m.limit for m in need.methods if m.limit is not None]
        if not limits:
            return voice("verdict.no_request_unknown")
        return voice("verdict.no_request", range=voice.band(min(limits), max(limits)))
    if need.recommended is None:
        return voice(f"verdict.{need.verdict}")
    key = f"reduce_{need.recommended.binding}" if need.verdict == "reduce" else need.verdict
    return voice(f"verdict.{key}", amount=voice.money(need.recommended.amount))


def reasons(need: Need, voice: Voice) -> tuple[str, ...]:
    """Why, the most weighty first."""
    return tuple(voice.prose(r.tell(voice.language)) for r in need.reasons)


def need_summary(rebuilt: Rebuilt, voice: Voice) -> str:
    """Need against request in one sentence."""
    need = rebuilt.need
    if all(m.amount is None for m in need.methods):
        return voice("need.nothing")
    if need.requested is None:
        return voice("need.alone")
    requested = voice.money(need.requested.amount)
    if need.recommended is None:
        return voice("need.unadvised", requested=requested)
    return voice("need.against", requested=requested, recommended=voice.money(need.recommended.amount))


def methods(need: Need, voice: Voice) -> tuple[Method, ...]:
    """Each road to the need with its inputs."""
    return tuple(
        Method(
            method_name(m.id, voice), voice.money(m.amount),
            voice.band(m.low, m.high), voice.money(m.limit), _because(m.because, voice), inputs(m.inputs, voice),
        )
        for m in need.methods
    )


def method_name(name: str, voice: Voice) -> str:
    """A road's name."""
    return voice(f"method.{name}" if known(f"report.method.{name}") else "method.other")


def _because(because: Iterable[Reason], voice: Voice) -> str:
    told = [r.tell(voice.language) for r in because]
    return voice.prose(("" if voice.chinese else " ").join(told))


def inputs(table: Mapping[str, Input], voice: Voice) -> tuple[Fact, ...]:
    """A formula table's results with the statement lines that they rest on."""
    return tuple(
        Fact(i.title.tell(voice.language), value(i, voice), _lines(i.expression, voice)) for i in table.values()
    )


def value(given: Input, voice: Voice) -> str:
    """An input in its unit."""
    if given.value is None:
        return voice("word.unknown")
    if given.unit == "money":
        return voice.money(whole(given.value))
    if given.unit == "ratio":
        return voice.percent(_decimal(given.value), 2)
    return voice(f"word.{given.unit}", count=_times(given.value))


def _lines(expression: str, voice: Voice) -> str:
    """What an expression names: statement lines (B, I and C with a number) and answers of the form."""
    found: dict[str, dict[str, None]] = {}
    for statement, number in re.findall(r"\b([BIC])(\d+)\b", expression):
        found.setdefault(_STATEMENTS[statement], {})[number] = None
    places = [
        voice("word.statement_place" if len(lines) == 1 else "word.statement_places",
              statement=voice(f"statement.{statement}"), line=next(iter(lines)), lines=voice.listing(lines))
        for statement, lines in found.items()
    ]
    answers = re.findall(r"\b(?:request|stated)\.[a-z_]+", expression)
    places += [voice.place(name) for name in dict.fromkeys(answers)]
    return ("；" if voice.chinese else "; ").join(places) or voice("word.computed")


def capacity_summary(need: Need, voice: Voice) -> str:
    """What a month can carry, in sentences."""
    return _because(need.capacity.because, voice) if need.capacity.because else voice("capacity.unknown")


def capacity(rebuilt: Rebuilt, voice: Voice) -> tuple[Fact, ...]:
    """The table behind the capacity, the instalment against it, and the worst month."""
    room = rebuilt.need.capacity
    rows = [(i.title.tell(voice.language), value(i, voice), _lines(i.expression, voice)) for i in room.inputs.values()]
    road = voice("word.computed")
    rows.append((voice("capacity.rate"), voice.percent(_decimal(room.annual_rate), 2), _rate_of(rebuilt, voice)))
    if room.instalment is not None:
        covered = voice("word.unknown") if room.coverage is None else _times(room.coverage)
        rows += [(voice("capacity.instalment"), voice.money(room.instalment), road),
                 (voice("capacity.coverage"), covered, road)]
    if room.worst_month:
        rows.append((voice("capacity.worst", month=room.worst_month), voice.money(room.worst_amount), road))
    if room.short_months:
        rows.append((voice("capacity.short_months"), voice.listing(room.short_months), road))
    rows.append((voice("capacity.affordable"), voice.money(room.affordable), road))
    return tuple(Fact(*row) for row in rows)


def _rate_of(rebuilt: Rebuilt, voice: Voice) -> str:
    """Where the rate comes from: the form, else the setting for a rate that nobody gave."""
    request = rebuilt.case.request
    given = request is not None and request.annual_rate is not None
    return voice.place("request.annual_rate") if given else voice("word.setting_place")


def _decimal(ratio: Fraction) -> Decimal:
    return Decimal(ratio.numerator) / Decimal(ratio.denominator)


def _times(ratio: Fraction) -> str:
    return f"{_decimal(ratio).quantize(Decimal('0.01')):,f}"


def guarantee_summary(rebuilt: Rebuilt, voice: Voice) -> str:
    """How many guarantors, and whether strength × willingness covers the request; either zero is no guarantee."""
    given = rebuilt.case.guarantor
    said = [voice("guarantee.sum", count=len(given), joint=sum(g.joint for g in given))]
    said += [r.tell(voice.language) for r in guarantee(rebuilt.case, rebuilt.settings, voice.money)]
    if any(g.net_assets is None or g.willingness is None for g in given):
        said.append(voice("guarantee.unknown"))
    if any(g.net_assets == 0 or g.willingness == 0 for g in given):
        said.append(voice("guarantee.void"))
    return voice.prose(("" if voice.chinese else " ").join(said))


def risks(rebuilt: Rebuilt, voice: Voice) -> tuple[str, ...]:
    """Checks that failed or need an explanation, then serious findings."""
    said = [
        voice("word.sentence", head=c.title.tell(voice.language), tail=voice.prose(c.tell(voice.language)))
        for c in _to_settle(rebuilt)
    ]
    said += [voice.finding(f) for f in rebuilt.findings if f.severity == "serious"]
    return tuple(dict.fromkeys(said))


def _to_settle(rebuilt: Rebuilt) -> list[Check]:
    """Checks that failed or want an explanation, the worst first."""
    return [c for c in worst_first(rebuilt.checks) if c.outcome in ("fail", "explain")]


def questions(rebuilt: Rebuilt, voice: Voice) -> tuple[str, ...]:
    """Figures that would settle the rest, and the largest payments that nobody can name."""
    said = [voice("question.figure", name=voice.figure(name)) for name in rebuilt.ledger.solution.questions]
    said += [voice("question.account", account=voice.own(a.id)) for a in not_handed_in(rebuilt)]
    if differ := [c for c in _to_settle(rebuilt) if c.group == "cross"]:
        said.append(voice("question.check", names=voice.listing(c.title.tell(voice.language) for c in differ)))
    rows = rebuilt.transactions[rebuilt.transactions["set_aside"] == ""]
    for category, key in zip(UNNAMED, ("money_in", "money_out"), strict=True):
        for party, group, total in largest(rows[rows["category"] == category], voice):
            said.append(voice(f"question.{key}", party=party, count=f"{len(group):,}", amount=voice.money(total)))
    return tuple(said)


def conclusion(rebuilt: Rebuilt, voice: Voice) -> tuple[str, ...]:
    """The recommendation in full, and how far it reaches."""
    advised, said = rebuilt.need.recommended, []
    if advised:
        low, high = voice.money(advised.low), voice.money(advised.high)
        key = "conclusion.amount" if low != high else "conclusion.exact"
        said.append(voice(key, amount=voice.money(advised.amount), low=low, high=high))
        length = voice("word.months", count=advised.term_months)
        said.append(voice("conclusion.terms", term=length, repayment=repayment(advised.repayment, voice)))
    return (*said, voice("conclusion.basis"))


def conditions(rebuilt: Rebuilt, voice: Voice) -> tuple[str, ...]:
    """What has to happen before money is paid out."""
    said = []
    for state, key in (("not_done", "query"), ("adverse", "adverse")):
        if names := queries_that_are(state, rebuilt.case.queries, voice):
            said.append(voice(f"condition.{key}", names=voice.listing(names)))
    if gaps(rebuilt, voice):
        said.append(voice("condition.gaps"))
    if names := [c.title.tell(voice.language) for c in _to_settle(rebuilt)]:
        said.append(voice("condition.explain", names=voice.listing(names)))
    if rebuilt.transactions["category"].isin(UNNAMED).any():
        said.append(voice("condition.unexplained"))
    return tuple(said)
