"""Hidden debt: lenders by name, what loans look like in the flows and what they cost, against what is declared."""

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

import numpy as np
import pandas as pd

from recon.checks.check import Check, Reason
from recon.checks.desk import Desk, flagged, grade, percent, title, unknown, whole
from recon.checks.lines import called, parties, takings, with_others
from recon.classify.lexicon import Lexicon
from recon.classify.names import PERSON, who
from recon.core.facts import Loan
from recon.core.knowledge import table
from recon.events.words import plain

_DRAWN, _REPAID = ("loan_in", "private_loan_in"), ("loan_repaid", "private_loan_repaid")
_INTEREST = ("loan_interest", "private_loan_interest")
_LOANS = (*_DRAWN, *_REPAID, *_INTEREST)
#: What regular payments to a person may well be.
_KNOWN_USES = (
    "wages", "social_insurance", "rent", "taxes", "purchases", "cash_purchases", "direct_costs", *_REPAID, *_INTEREST,
)
_YEAR_DAYS = 360
_MONTH_DAYS = (25, 36)  # between two monthly payments, holidays included
_THOUSAND = 1000


# -- what is declared ------------------------------------------------------------------------------------------------


def _declared(party: str, words: str, private: bool, loans: tuple[Loan, ...]) -> bool:  # noqa: FBT001 - a fact of the row
    """Whether loan money of *party* (plain) belongs to a declared loan.

    A private loan is known by its lender alone. A bank's own lines often name the branch, the product or nobody, so
    any declared loan of a bank or platform accounts for them, unless they name a lender that no loan declares.
    """
    mine = [loan for loan in loans if (loan.kind == "private") == private]
    names = [plain(loan.lender) for loan in mine]
    if any(name and (name in party or name in words or (party and party in name)) for name in names):
        return True
    if private:
        return bool(mine) and not party
    return bool(mine) and not _lender_in(f"{party}|{words}", names)


@cache
def _lenders() -> Lexicon:
    rows = table("rules/lenders.tsv", ("kind", "words"))
    return Lexicon("rules/lenders.tsv", [(w, n) for n, row in enumerate(rows) for w in row["words"].split("|")
                                         if row["kind"] == "platform"])


def _lender_in(text: str, declared: list[str]) -> str:
    """The professional lender that the plain *text* names and nobody declared, or an empty string."""
    found = [word for word, _ in _lenders().find(text)]
    return next((word for word in found if not any(word in name or name in word for name in declared if name)), "")


def loans_declared(desk: Desk) -> Iterator[Check]:
    """Loan money in the flows that belongs to no declared loan."""
    rows = desk.transactions
    if rows.empty:
        yield unknown("loans_declared", "authenticity", "no_lines")
        return
    seen = rows[rows["category"].isin(_LOANS)]
    known = [
        _declared(party, plain(words), category.startswith("private"), desk.case.loan)
        for party, words, category in zip(parties(seen), seen["description"], seen["category"], strict=True)
    ]
    found = seen[~np.array(known, dtype=bool)]
    yield flagged("loans_declared", found, _turnover(desk), desk)


def lender_names(desk: Desk) -> Iterator[Check]:
    """Lines that name a professional lender whose loan nobody declared, whatever they were classified as."""
    rows = desk.transactions
    if rows.empty:
        yield unknown("lender_names", "authenticity", "no_lines")
        return
    declared = [plain(loan.lender) for loan in desk.case.loan]
    memory: dict[str, bool] = {}
    hits = []
    for text in rows["counterparty"] + "|" + rows["type"] + "|" + rows["description"]:
        if text not in memory:
            memory[text] = bool(_lender_in(plain(text), declared))
        hits.append(memory[text])
    yield flagged("lender_names", rows[np.array(hits, dtype=bool)], _turnover(desk), desk)


def _turnover(desk: Desk) -> int:
    """What loan money is weighed against: money in of the period, at least one unit."""
    rows = desk.transactions
    return max(1, int(rows.loc[(rows["amount"] > 0) & (rows["category"] != "own_transfer"), "amount"].sum()))


# -- what looks like a loan ------------------------------------------------------------------------------------------


def level_repayments(desk: Desk) -> Iterator[Check]:
    """A round receipt, then level monthly payments or one like sum back to the same party, that nobody declared."""
    rows = with_others(desk)
    if rows.empty:
        yield unknown("level_repayments", "authenticity", "no_lines")
        return
    rows = rows.assign(party=called(rows))
    names = _known_names(desk)
    round_sum = desk.settings.whole("round_loan_from") * desk.minor
    whole_sums = (rows["amount"] >= round_sum) & (rows["amount"] % (_THOUSAND * desk.minor) == 0)
    given = rows[whole_sums & (rows["party"] != "")]
    given = given[~given["category"].isin(("wages", "taxes", "grant", "owner_in"))]
    receipts = rows.loc[rows["amount"] > 0, "party"].value_counts()
    given = given[given["party"].map(receipts) <= desk.settings.whole("loan_receipts")]
    paid = rows[(rows["amount"] < 0) & rows["party"].isin(given["party"])]
    by_party = dict(iter(paid.groupby("party")))
    found = [
        index for index, party, day, amount in zip(
            given.index, given["party"], given["date"], given["amount"], strict=True)
        if party in by_party and not _named(party, names) and _paid_back(by_party[party], day, int(amount), desk)
    ]
    yield flagged("level_repayments", rows.loc[found], max(1, int(takings(rows)["amount"].sum())), desk)


def _paid_back(paid_out: pd.DataFrame, day: pd.Timestamp, amount: int, desk: Desk) -> bool:
    """Whether payments to the party after *day* look like instalments of *amount*, or like the sum itself returned."""
    later = paid_out[paid_out["date"] > day]
    paid = -later["amount"]
    back = Fraction(desk.settings.number("loan_back_band"))
    if paid.empty:
        return False
    if (((paid >= amount) & (paid <= float(amount * (1 + back)))).any()):
        return True
    return _level_monthly(later, desk) and int(paid.max()) < amount


def _level_monthly(out: pd.DataFrame, desk: Desk) -> bool:
    """At least three payments a month apart and alike."""
    least = desk.settings.whole("level_least")
    if len(out) < least:
        return False
    apart = out["date"].diff().dropna().dt.days
    monthly = apart.between(*_MONTH_DAYS).mean()
    sizes = out["amount"].abs()
    return bool(monthly >= 0.7 and sizes.std(ddof=0) <= 0.15 * sizes.mean())  # noqa: PLR2004 - one slip in three, level as instalments


def regular_people(desk: Desk) -> Iterator[Check]:
    """Level monthly payments to a person that are neither wages, rent nor a declared loan: perhaps private interest."""
    rows = with_others(desk)
    if rows.empty:
        yield unknown("regular_people", "authenticity", "no_lines")
        return
    paid = rows[(rows["amount"] < 0) & ~rows["category"].isin(_KNOWN_USES)]
    paid = paid.assign(party=called(paid))
    names = _known_names(desk)
    least = desk.settings.whole("regular_months")
    found = [
        own for party, own in paid.groupby("party")
        if len(own) >= least and who(str(own["counterparty"].iloc[0])) == PERSON
        and not _named(str(party), names) and _level_monthly(own, desk)
    ]
    lines = pd.concat(found).sort_values(["date", "id"]) if found else paid.iloc[:0]
    yield flagged("regular_people", lines, max(1, int(takings(rows)["amount"].sum())), desk)


def _known_names(desk: Desk) -> tuple[str, ...]:
    """Plain names of declared lenders, of the owner and of declared relations: their money is explained already."""
    case = desk.case
    names = [loan.lender for loan in case.loan] + [each.name for each in case.related]
    return tuple(plain(name) for name in (*names, case.owner.name, case.owner.spouse) if name.strip())


def _named(party: str, names: tuple[str, ...]) -> bool:
    return any(name in party or party in name for name in names)


# -- what is paid for loans ------------------------------------------------------------------------------------------


def loan_interest(desk: Desk) -> Iterator[Check]:
    """Interest paid against the principal of every declared loan, day by day where the flows show its movements."""
    loans = desk.case.loan
    paid = desk.ledger.value("loan_interest")
    costs = [_cost(loan, desk) for loan in loans]
    expected = None if None in costs else whole(sum((c for c in costs if c is not None), Fraction(0)))
    if paid is None or not loans or not expected:
        yield unknown("loan_interest", "authenticity", "loan_interest_unknown")
        return
    least, most = desk.limits("loan_interest")
    gap = Fraction(paid - expected, expected)
    outcome = grade(gap, least, most)
    because = [Reason("loan_interest_sides", {"expected": desk.text(expected), "actual": desk.text(paid),
                                              "difference": desk.text(paid - expected), "share": percent(gap)})]
    principal = None
    if outcome != "pass":
        because.append(Reason("loan_interest_more" if gap > 0 else "loan_interest_less"))
        principal = _implied(paid - expected, loans, desk)
    rows = desk.transactions
    ids = tuple(rows.loc[rows["category"].isin(_INTEREST), "id"])
    yield Check("loan_interest", "authenticity", outcome, title("loan_interest"), expected, paid,
                whole(Fraction(least) * expected), "money", tuple(because), ("loan", "income_statement.19"), rows=ids,
                amount=principal)


def _implied(excess: int, loans: tuple[Loan, ...], desk: Desk) -> int:
    """The principal that *excess* interest would be paid for, at the mean rate of the declared loans; signed."""
    known = [Fraction(loan.annual_rate) for loan in loans if loan.annual_rate]
    days = (desk.ledger.period.end - desk.ledger.period.start).days + 1
    return whole(Fraction(excess) * _YEAR_DAYS * len(known) / (sum(known, Fraction(0)) * days)) if known else 0


def _cost(loan: Loan, desk: Desk) -> Fraction | None:
    """What *loan* costs in the period in minor units; None where its balances or its rate are not known."""
    if loan.opening is None or loan.closing is None or loan.annual_rate is None:
        return None
    days = (desk.ledger.period.end - desk.ledger.period.start).days + 1
    return Fraction(loan.annual_rate) * _principal_days(loan, days, desk) / _YEAR_DAYS


def _principal_days(loan: Loan, days: int, desk: Desk) -> Fraction:
    """Σ principal × days: by the dated movements where they lead from opening to closing, else by the mean of both."""
    opening, closing = loan.opening or 0, loan.closing or 0
    rows = desk.transactions
    moved = rows[rows["category"].isin((*_DRAWN, *_REPAID))]
    private = loan.kind == "private"
    own = [
        category.startswith("private") == private and _declared(party, plain(words), private, (loan,))
        for party, words, category in zip(parties(moved), moved["description"], moved["category"], strict=True)
    ]
    mine = moved[np.array(own, dtype=bool)]
    end = pd.Timestamp(desk.ledger.period.end) + dt.timedelta(days=1)
    if opening + int(mine["amount"].sum()) != closing:
        repaid = mine[mine["amount"] < 0]
        if opening or repaid.empty:
            return Fraction(opening + closing, 2) * days
        # new in the period and drawn elsewhere, as where a lender pays the seller: from a month before it is repaid
        held = min(days, int((end - repaid["date"].min()).days) + _MONTH_DAYS[0])
        return (closing - Fraction(int(repaid["amount"].sum()), 2)) * held
    left = (end - mine["date"]).dt.days
    return Fraction(opening * days + int((mine["amount"] * left).sum()))


DEBT = (loans_declared, lender_names, level_repayments, regular_people, loan_interest)

