"""What the case form knows about names and accounts: the owner, the family, related parties and the lenders."""

from dataclasses import dataclass

from recon.classify.rules import NOTHING_SAID, Line, Verdict
from recon.core.facts import Case
from recon.events.marks import is_own
from recon.events.words import plain, same_number


@dataclass(frozen=True, slots=True)
class Known:
    """Names and account numbers that the case tells, plain, with what they are; lenders with their kind."""

    people: tuple[tuple[str, str], ...]
    numbers: tuple[tuple[str, str], ...]
    lenders: tuple[tuple[str, str], ...]
    business: str = ""


def known(case: Case) -> Known:
    """The names of *case*, the longest first."""
    people = [(case.owner.name, "owner"), (case.owner.spouse, "spouse")]
    people += [(related.name, related.relation or "related") for related in case.related]
    lenders = [(loan.lender, loan.kind) for loan in case.loan]
    return Known(
        tuple(sorted(((plain(name), what) for name, what in people if name.strip()), key=lambda p: -len(p[0]))),
        tuple((related.account, related.relation or "related") for related in case.related if related.account.strip()),
        tuple(sorted(((plain(name), kind) for name, kind in lenders if name.strip()), key=lambda p: -len(p[0]))),
        plain(case.case.name),
    )


#: From this length on a name may also stand anywhere in the words of a line without a counterparty.
_SPOKEN = 3
#: What relatives give each other, whether or not one of them lends.
_GIFT = ("红包", "礼金", "贺礼", "随礼", "压岁", "gift")
_INTEREST = ("利息", "还息", "收息", "扣息", "罚息", "interest")


def by_case(line: Line, number: str, facts: Known) -> Verdict:
    """Money to or from a lender, the owner, the family or a related party of the case, or under its own name."""
    for name, kind in facts.lenders:
        gift = kind == "private" and any(word in line.words for word in _GIFT)
        if not gift and (name in line.party or (len(name) >= _SPOKEN and name in line.words)):
            return _loan(line, name, private=kind == "private")
    for name, what in facts.people:
        if name == line.party or (
            len(name) >= _SPOKEN and (name in line.party or (not line.party and name in line.words))
        ):
            return Verdict("owner_in" if line.incoming else "owner_out", f"case:{what} {name}", 0.93)
    if line.party and facts.business and is_own(line.party, (facts.business,)):
        return Verdict("owner_in" if line.incoming else "owner_out", f"case:business {facts.business}", 0.93)
    for account, what in facts.numbers:
        if number and same_number(account, number):
            return Verdict("owner_in" if line.incoming else "owner_out", f"case:{what} {account}", 0.93)
    return NOTHING_SAID


def _loan(line: Line, name: str, *, private: bool) -> Verdict:
    prefix = "private_" if private else ""
    if line.incoming:
        return Verdict(f"{prefix}loan_in", f"case:lender {name}", 0.92)
    interest = any(word in line.words for word in _INTEREST)
    return Verdict(f"{prefix}loan_interest" if interest else f"{prefix}loan_repaid", f"case:lender {name}", 0.9)
