"""What a reader must know beside the verdict: how sure, term and season, doubts, loans, guarantee, what is undone."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from recon.checks.check import Reason
from recon.checks.desk import listed, percent, whole
from recon.need.guarantee import guarantee
from recon.need.model import Borrowing, Inspection, Recommended, Stress, Swing, Would
from recon.need.repayment import regular
from recon.need.sensitivity import stress_reasons
from recon.need.verdict import Judge, named

_QUERIES = ("credit_register", "account_ledger", "identity", "business", "credit", "position", "purpose")
#: Assumptions that are told as one: only the nearest turning point of each family, the rest stand in the table.
_FAMILIES = {"inventory_days": "days", "receivable_days": "days", "payable_days": "days"}
#: What counts as the whole of an assumption when turning points in different units are compared.
_WHOLE = {"days": 360, "ratio": 1}


def further(
    judge: Judge, advised: Recommended | None, stresses: Sequence[Stress], swings: Sequence[Swing],
    would: Sequence[Would], loans: Sequence[Borrowing], top_up: int | None, visit: Inspection,
) -> tuple[Reason, ...]:
    """Reasons that qualify the verdict, in order of weight; nothing without a request."""
    if judge.case.request is None:
        return ()
    said = [*judge.trust.reasons()]
    if advised is not None:
        said += [*_term(judge, advised), *stress_reasons(stresses, regular(advised.schedule), judge.text),
                 *_season(judge, advised)]
    said += [*_would(would, judge)]
    if advised is not None:
        said += [*_headroom(judge, advised), *_turns(swings, advised), *_evidence(judge, advised)]
    spare = None if advised is not None and top_up == advised.amount else top_up
    said += [*_loans(loans, spare, judge), *guarantee(judge.case, judge.settings, judge.text), *_opinion(judge)]
    return (*said, *(visit.because if advised is not None and visit.kind != "ordinary" else ()))


def _would(would: Sequence[Would], judge: Judge) -> Iterator[Reason]:
    """What would have to be true for the requested amount to be right."""
    for each in would:
        if each.unit == "days":
            yield Reason(f"would_need_{each.name}", {"wanted": whole(each.wanted), "days": whole(each.now)})
        else:
            params = {"wanted": judge.text(whole(each.wanted)), "now": judge.text(whole(each.now))}
            yield Reason(f"would_need_{each.name}", params)


def _headroom(judge: Judge, advised: Recommended) -> Iterator[Reason]:
    """By how much need and capacity may each be wrong before a granted amount no longer is."""
    high, most = judge.need, judge.room.affordable
    if advised.binding == "request" and high and most:
        need, room = (percent(1 - Fraction(advised.amount, bound)) for bound in (high, most))
        yield Reason("headroom", {"need": need, "capacity": room})


def _turns(swings: Sequence[Swing], advised: Recommended) -> Iterator[Reason]:
    """How wrong an assumption may be before a granted request no longer is right: the narrowest margins first."""
    if advised.binding != "request":
        return
    turning = sorted((abs(s.turns) / _WHOLE[s.unit], n) for n, s in enumerate(swings) if s.turns is not None)
    nearest: dict[str, Swing] = {}
    for _, number in turning:
        nearest.setdefault(_FAMILIES.get(swings[number].name, swings[number].name), swings[number])
    for each in nearest.values():
        change = each.turns or Fraction(0)
        size = str(whole(abs(change))) if each.unit == "days" else percent(abs(change))
        way = "up" if change > 0 else "down"
        yield Reason("turns_against", {"change": named(f"swing.{each.name}_{way}", size=size)})
    if not nearest:
        yield Reason("turns_nowhere")


def _evidence(judge: Judge, advised: Recommended) -> Iterator[Reason]:
    """How far weak evidence widens the range."""
    share = judge.known_share
    if share is not None and share < 1 and advised.low < advised.amount:
        yield Reason("range_widened", {"share": percent(1 - share), "low": judge.text(advised.low)})


def _term(judge: Judge, advised: Recommended) -> Iterator[Reason]:
    """What to say of the term asked for, unless it is what decided."""
    if not (judge.length.shortened and advised.binding == "request"):
        yield from judge.length.reasons()


def _season(judge: Judge, advised: Recommended) -> Iterator[Reason]:
    """Months that leave less than the recommended loan's instalment, and what follows for the form."""
    asked = judge.case.request.repayment if judge.case.request else None
    payment, left = regular(advised.schedule), judge.room.months
    short = [month for month, amount in left.items() if amount < payment]
    if not short:
        return
    told = {"count": len(short), "months": ", ".join(short), "worst": judge.room.worst_month,
            "amount": judge.text(judge.room.worst_amount or 0)}
    seasonal = advised.repayment == "seasonal" and asked != "seasonal"
    yield Reason("short_months_season" if seasonal else "short_months", told)


def _loans(loans: Sequence[Borrowing], top_up: int | None, judge: Judge) -> Iterator[Reason]:
    """Room beside the loans there are, and those that this one could replace."""
    owed = sum(loan.balance or 0 for loan in loans if loan.declared)
    if top_up is not None and top_up > 0:
        yield Reason("top_up", {"owed": judge.text(owed), "room": judge.text(top_up)})
    for loan in loans:
        if loan.saved is not None and loan.annual_rate is not None:
            yield Reason("replace", {
                "lender": loan.lender, "balance": judge.text(loan.balance or 0), "rate": percent(loan.annual_rate),
                "monthly": judge.text(loan.monthly or 0), "ours": judge.text(loan.instalment or 0),
                "saved": judge.text(loan.saved), "our_rate": percent(judge.room.annual_rate),
            })
    hidden = [loan.lender for loan in loans if not loan.declared]
    if hidden:
        yield Reason("lenders_undeclared", {"lenders": ", ".join(hidden)})


def _opinion(judge: Judge) -> Iterator[Reason]:
    """Collateral, what nobody judged, queries that came back adverse, and those that nobody made."""
    case = judge.case
    if case.judgement.collateral == "poor":
        yield Reason("collateral_poor")
    blank = [n for n in ("character", "product", "collateral") if getattr(case.judgement, n) is None]
    if blank:
        yield Reason("not_judged", {"names": listed([named(f"good.{name}") for name in blank])})
    for name in _QUERIES:
        if getattr(case.queries, name) == "adverse":
            yield Reason("query_adverse", {"query": named(f"query.{name}")})
    undone = [name for name in case.queries.__struct_fields__ if getattr(case.queries, name) == "not_done"]
    if undone:
        yield Reason("queries_not_done", {"queries": listed([named(f"query.{name}") for name in undone])})
