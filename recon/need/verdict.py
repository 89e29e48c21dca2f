"""The verdict on a request: what forbids lending, what cannot be known, and which bound decides the amount."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from recon.checks.check import Check, Reason
from recon.checks.desk import listed, percent, whole
from recon.core.facts import Case
from recon.core.finding import Words
from recon.core.money import decimals, to_display
from recon.core.settings import Settings
from recon.core.words import say
from recon.ledger.build import Ledger
from recon.need.model import Capacity, Method, Verdict
from recon.need.term import Term
from recon.need.trust import Trust

_NOTHING = ("no_need", "no_capacity")


@dataclass(frozen=True, slots=True)
class Judge:
    """Weighs one request."""

    case: Case
    ledger: Ledger
    checks: Sequence[Check]
    settings: Settings
    methods: tuple[Method, ...]
    room: Capacity
    length: Term
    trust: Trust

    def decide(self) -> tuple[Verdict, tuple[Reason, ...]]:
        """The verdict and what decided it: what forbids lending, then what cannot be known, then how much."""
        weak = tuple(self._too_little())
        told = (Reason("settled"),) if weak and self.settled else ()
        hindered: tuple[tuple[Verdict, Iterable[Reason]], ...] = (
            ("decline", self._never()), ("cannot_judge", (*self._unknown(), *(() if told else weak))),
            ("decline", self._nothing()),
        )
        for verdict, reasons in hindered:
            if found := tuple(reasons):
                return verdict, (*found, *(told if verdict == "decline" and found[0].code in _NOTHING else ()))
        request, bounds = self.case.request, self.bounds
        if request is None or bounds is None:
            raise AssertionError(bounds)
        amount = min(bounds.values())
        short = amount < request.amount or self.length.shortened
        return ("reduce" if short else "justified"), (self._main(amount, short=short), *told)

    # -- what decides ----------------------------------------------------------------------------------------------

    def _never(self) -> Iterable[Reason]:
        """Character bad: never; product bad: no; a blacklist entry: no (method §11)."""
        for name in ("character", "product"):
            if getattr(self.case.judgement, name) == "poor":
                yield Reason(f"{name}_poor")
        if self.case.queries.blacklist == "adverse":
            yield Reason("blacklisted")

    def _unknown(self) -> Iterable[Reason]:
        """Why no verdict can be given."""
        if self.case.request is None:
            yield Reason("no_request")
        elif self.case.request.amount <= 0:
            yield Reason("request_of_nothing")
        told = {doubt.check.id for doubt in self.trust.doubts}
        broken = [check.id for check in self.checks
                  if check.group == "articulation" and check.outcome == "fail" and check.id not in told]
        if broken:
            yield Reason("books_do_not_tie", {"checks": ", ".join(broken)})
        for doubt in self.trust.stopping:
            yield Reason("check_stops", {"check": doubt.check.title})
        if self.need is None or self._gap_alone:
            yield self.methods[0].because[0]  # how long cash at hand lasts does not say how much the trade ties up
        if self.room.affordable is None:
            yield self.room.because[0]

    @property
    def _gap_alone(self) -> bool:
        """Whether the trade's own need is unknown and what is known falls short of the request.

        Cash at hand that lasts, or nearly does, does not say that the trade needs none, or no more.
        """
        if self.methods[0].limit is not None or self.need is None:
            return False
        others = [m.limit for m in self.methods if m.limit is not None and m.id != "cash_gap"]
        asked = self.case.request.amount if self.case.request else 0
        return self.need <= 0 or (not others and self.need < asked)

    def _too_little(self) -> Iterable[Reason]:
        """Whether too little of the sales rests on evidence, after what failed checks take off."""
        share, floor = self.known_share, Fraction(self.settings.number("evidence_floor"))
        if share is None or share * self.trust.share >= floor or self.trust.stopping:
            return
        if share < floor:
            yield Reason("evidence_below_floor", {"share": percent(share), "floor": percent(floor)})
        else:
            names = listed([doubt.check.title for doubt in self.trust.doubts if doubt.off])
            left = percent(share * self.trust.share)
            yield Reason("trust_below_floor", {"checks": names, "share": left, "floor": percent(floor)})

    @property
    def settled(self) -> bool:
        """Whether the answer is the same at both ends of every range, so that weak evidence does not change it.

        Ranges say how far estimates are open, not how far a failed check is right: trust must stand.
        """
        request, room, needed = self.case.request, self.room, self.need_high
        if request is None or needed is None or room.least is None or room.most is None:
            return False
        if self.trust.share < Fraction(self.settings.number("evidence_floor")):
            return False
        least, most = min(self.need_low, room.least), min(needed, room.most)
        return most <= 0 or least >= request.amount or (least > 0 and most < request.amount)

    def _nothing(self) -> Iterable[Reason]:
        """Why nothing should be lent although all is known."""
        if self.need is not None and self.need <= 0:
            yield Reason("no_need")
        if self.room.affordable is not None and self.room.affordable <= 0:
            yield Reason("no_capacity", {"disposable": self.text(self.room.monthly_disposable or 0)})

    def _main(self, amount: int, *, short: bool) -> Reason:
        asked = self.case.request.amount if self.case.request else 0
        if short and amount == asked:
            return Reason("term_too_long_cap" if self.length.capped else "term_too_long", self.length.params())
        told = {"amount": self.text(amount), "requested": self.text(asked), "months": self.length.months}
        return Reason(f"binding_{self.binding}", told)

    # -- amounts ---------------------------------------------------------------------------------------------------

    @property
    def need(self) -> int | None:
        """The new money that the road with the largest need asks for, as its choices were made; minor units."""
        return need(self.methods)

    @property
    def need_high(self) -> int | None:
        """The most that any road can justify as new money under any choice in use; minor units."""
        return max((m.limit_high for m in self.methods if m.limit_high is not None), default=None)

    @property
    def high(self) -> int:
        """The range's high end: every bound, need and capacity at their highest."""
        ends = {"need": max(self.need_high or 0, 0)} | ({} if self.room.most is None else {"capacity": self.room.most})
        return min({**(self.bounds or {}), **ends}.values())

    @property
    def at_most(self) -> int | None:
        """The most that need and capacity can be by these figures, at the high end of what is known of either."""
        ends = [end for end in (self.need_high, self.room.most) if end is not None]
        return max(0, min(ends)) if ends and self.methods[0].limit is not None else None

    @property
    def low(self) -> int:
        """The range's low end: every bound, need and capacity at their least."""
        ends = {"need": self.need_low} | ({} if self.room.least is None else {"capacity": self.room.least})
        return min({**(self.bounds or {}), **ends}.values())

    @property
    def bounds(self) -> Mapping[str, int] | None:
        """Every bound on the recommended amount by name, in minor units; None where need or capacity is unknown."""
        return bounds(self.case, self.settings, self.trust, self.need, self.room.affordable)

    @property
    def binding(self) -> str:
        """The bound that decides: the least, the first of equals."""
        found = self.bounds or {}
        return min(found, key=lambda name: found[name], default="")

    @property
    def need_low(self) -> int:
        """The least that balances give, lowered by the share of sales that is estimated and by failed checks.

        The cash gap is left out: it asks whether money at hand lasts, not what the trade ties up. So are orders where
        the trade's own need is known.
        """
        limits = {m.id: m.limit for m in self.methods if m.limit is not None and m.id != "cash_gap"}
        own = [limit for name, limit in limits.items() if name != "order"] or list(limits.values())
        return whole(min(own, default=0) * self.sure)

    @property
    def sure(self) -> Fraction:
        """Trust × the share of sales that is not estimated."""
        return sure(self.ledger, self.trust)

    @property
    def known_share(self) -> Fraction | None:
        """The share of sales that is documented, corroborated or stated rather than estimated; None without sales."""
        return known_share(self.ledger)

    def text(self, amount: int) -> str:
        """Minor units as people read them."""
        return to_display(amount, decimals(self.case.case.currency))


def known_share(ledger: Ledger) -> Fraction | None:
    """The share of sales that is documented, corroborated or stated rather than estimated; None without sales.

    What is only assumed (``ledger.reach``) counts as known here: the checks of the evidence take off for it.
    """
    weights = {basis: abs(amount) for basis, amount in ledger.figure("total_sales").parts.items()}
    total = sum(weights.values())
    return 1 - Fraction(weights.get("estimated", 0), total) if total else None


def sure(ledger: Ledger, doubts: Trust) -> Fraction:
    """Trust × the share of sales that is not estimated, 0 to 1."""
    share = known_share(ledger)
    return doubts.share if share is None else doubts.share * share


def widened(method: Method, share: Fraction, within: int) -> Method:
    """*method* with its range as much wider as it is unsure; what it lets a loan be stays.

    *within*: how far the balances are open, minor units; the cash gap does not rest on them.
    """
    if method.low is None or method.high is None or method.id == "order":
        return method
    known_to = 0 if method.id == "cash_gap" else within
    return replace(method, low=whole(method.low * share) - known_to, high=whole(method.high * (2 - share)) + known_to)


def need(methods: Sequence[Method]) -> int | None:
    """The largest new money that a road asks for, minor units; None where no road knows."""
    return max((m.limit for m in methods if m.limit is not None), default=None)


def bounds(
    case: Case, settings: Settings, trust: Trust, needed: int | None, most: int | None
) -> Mapping[str, int] | None:
    """What an amount may not be above: the request, the need, the capacity, the institution's cap, doubtful evidence.

    Minor units, none below zero; None where there is no request, or need or capacity (*most*) is unknown.
    """
    if case.request is None or needed is None or most is None:
        return None
    found = {"request": int(case.request.amount), "need": max(needed, 0), "capacity": most}
    cap = settings.whole("amount_cap") * 10 ** decimals(case.case.currency)
    if cap:
        found["cap"] = cap
    if trust.share < 1:
        found["evidence"] = whole(min(found["need"], most) * trust.share)
    return found


def named(key: str, **params: object) -> Words:
    """A word or phrase in both languages."""
    return Words(say("zh-CN", key, **params), say("en", key, **params))
