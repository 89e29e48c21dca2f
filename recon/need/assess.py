"""Need against request: how much, how long, how repaid, and what follows for the loan that was asked for."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from recon.checks.check import Check, Reason, Words
from recon.checks.desk import label, listed, percent, whole
from recon.checks.scope import scope
from recon.core.facts import Case
from recon.core.finding import Finding
from recon.core.money import decimals, to_display
from recon.core.settings import Settings
from recon.core.source import Source
from recon.core.words import say
from recon.ledger.build import Ledger
from recon.need.capacity import DEFAULT_REPAYMENT, capacity
from recon.need.cash_gap import cash_gap
from recon.need.guarantee import guarantee
from recon.need.model import Capacity, Method, Need, Recommended, Verdict
from recon.need.sensitivity import headroom, stress, would_be_right
from recon.need.term import Term, term
from recon.need.working_capital import cycle, regulator
from recon.statements.book import Statements

_FORM = "case.toml"


def assess(
    case: Case, ledger: Ledger, statements: Statements, checks: Sequence[Check], settings: Settings
) -> tuple[Need, tuple[Finding, ...]]:
    """The need by every road the case has facts for, capacity, and a verdict with its reasons, the weightiest first."""
    figures, currency = scope(case, ledger, statements, settings), case.case.currency
    methods = tuple(
        method for method in (
            regulator(figures, settings, currency), cycle(figures, settings, currency),
            cash_gap(ledger, settings, currency),
        ) if method is not None
    )
    length = term(case.request, methods, settings)
    room = capacity(figures, settings, case.request, length.months, currency)
    judge = _Judge(case, ledger, checks, settings, methods, room, length)
    need = judge.decide()
    return need, tuple(judge.findings())


class _Judge:
    """Weighs one request."""

    def __init__(
        self, case: Case, ledger: Ledger, checks: Sequence[Check], settings: Settings, methods: tuple[Method, ...],
        room: Capacity, length: Term,
    ) -> None:
        self.case, self.ledger, self.checks, self.settings = case, ledger, checks, settings
        self.methods, self.room, self.length = methods, room, length

    def decide(self) -> Need:
        """The verdict; what forbids lending comes first, then what cannot be known, then how much."""
        recommended = self._recommended()
        for verdict, reasons in (
            ("decline", self._never()), ("cannot_judge", self._unknown()), ("decline", self._nothing()),
        ):
            found = tuple(reasons)
            if found:
                return self._need(verdict, None, found)  # type: ignore[arg-type] # the words above are verdicts
        if recommended is None or self.case.request is None:
            raise AssertionError(recommended)
        short = recommended.amount < self.case.request.amount or self.length.capped
        verdict = "reduce" if short else "justified"
        return self._need("reduce" if short else "justified", recommended, (self._main(recommended, verdict),))

    def _need(self, verdict: Verdict, recommended: Recommended | None, reasons: tuple[Reason, ...]) -> Need:
        more = (*self._how_sure(recommended), *self._further()) if self.case.request is not None else ()
        return Need(self.case.request, self.methods, self.room, recommended, verdict, reasons + more)

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
        broken = [check.id for check in self.checks if check.group == "articulation" and check.outcome == "fail"]
        if broken:
            yield Reason("books_do_not_tie", {"checks": ", ".join(broken)})
        if self.need_high is None:
            yield self.methods[0].because[0]
        known = self.known_share()
        if known is not None and known < Fraction(self.settings.number("evidence_floor")):
            floor = percent(self.settings.number("evidence_floor"))
            yield Reason("evidence_below_floor", {"share": percent(known), "floor": floor})
        if self.room.affordable is None:
            yield self.room.because[0]

    def _nothing(self) -> Iterable[Reason]:
        """Why nothing should be lent although all is known."""
        if self.need_high is not None and self.need_high <= 0:
            yield Reason("no_need")
        if self.room.affordable is not None and self.room.affordable <= 0:
            yield Reason("no_capacity", {"disposable": self._text(self.room.monthly_disposable or 0)})

    def _main(self, recommended: Recommended, verdict: str) -> Reason:
        request = self.case.request
        if verdict == "reduce" and request is not None and recommended.amount == request.amount:
            return Reason("term_too_long", self.length.params())
        params = {"amount": self._text(recommended.amount), "requested": self._text(request.amount if request else 0)}
        return Reason(f"binding_{recommended.binding}", params)

    # -- amounts ---------------------------------------------------------------------------------------------------

    @property
    def need_high(self) -> int | None:
        """The most that any road can justify as new money; minor units."""
        return max((m.limit_high for m in self.methods if m.limit_high is not None), default=None)

    @property
    def need_low(self) -> int | None:
        """The least that balances give, widened downwards by the share of sales that is only estimated.

        The cash gap is left out: it asks whether money at hand lasts, not what the trade ties up.
        """
        least = min((m.limit for m in self.methods if m.limit is not None and m.id != "cash_gap"), default=None)
        known = self.known_share()
        return None if least is None else whole(least * (Fraction(1) if known is None else known))

    def known_share(self) -> Fraction | None:
        """The share of sales that is documented, corroborated or stated rather than estimated; None without sales."""
        shares = self.ledger.figure("total_sales").shares
        total = sum(shares.values())
        return 1 - Fraction(shares.get("estimated", 0), total) if total else None

    def _recommended(self) -> Recommended | None:
        request, high, most = self.case.request, self.need_high, self.room.affordable
        if request is None or high is None or most is None:
            return None
        caps = {"request": request.amount, "need": max(high, 0), "capacity": most}
        cap = self.settings.whole("amount_cap") * 10 ** decimals(self.case.case.currency)
        if cap:
            caps["cap"] = cap
        binding = min(caps, key=lambda name: caps[name])
        amount = caps[binding]
        low = max(0, min(amount, self.need_low or 0))
        return Recommended(amount, low, amount, self.length.months, self._repayment(), binding)

    def _repayment(self) -> str:
        """The form asked for; level instalments that some months cannot carry give way to free repayment."""
        asked = (self.case.request.repayment if self.case.request else None) or DEFAULT_REPAYMENT
        seasonal = asked == "annuity" and self.room.short_months and (self.room.coverage or 0) >= 1
        return "free" if seasonal else asked

    # -- what else a reader must know -------------------------------------------------------------------------------

    def _how_sure(self, recommended: Recommended | None) -> Iterable[Reason]:
        """What would turn the verdict."""
        if recommended is None or self.case.request is None:
            return
        if recommended.binding == "need":
            yield from would_be_right(self.methods, self.case.request.amount)
        elif recommended.binding == "request":
            yield from headroom(recommended, self.need_high or 0, self.room)
        yield from stress(self.room, self.settings, self._text)

    def _further(self) -> Iterable[Reason]:
        """Reasons that qualify the verdict, in order of weight."""
        yield from self.length.reasons()
        if self.room.short_months and (self.room.coverage or 0) >= 1:
            yield Reason("short_months", {"count": len(self.room.short_months),
                                          "months": ", ".join(self.room.short_months),
                                          "worst": self.room.worst_month,
                                          "amount": self._text(self.room.worst_amount or 0)})
        failed = [check for check in self.checks if check.outcome == "fail" and check.group != "articulation"]
        for check in failed:
            yield Reason("check_failed", {"check": check.title})
        yield from guarantee(self.case, self.settings, self._text)
        if self.case.judgement.collateral == "poor":
            yield Reason("collateral_poor")
        for name in ("credit_register", "account_ledger", "identity", "business", "credit", "position", "purpose"):
            if getattr(self.case.queries, name) == "adverse":
                yield Reason("query_adverse", {"query": _named(f"query.{name}")})
        queries = self.case.queries
        undone = [name for name in queries.__struct_fields__ if getattr(queries, name) == "not_done"]
        if undone:
            yield Reason("queries_not_done", {"queries": listed([_named(f"query.{name}") for name in undone])})

    def findings(self) -> Iterable[Finding]:
        """What to ask for, where the need or the capacity cannot be known."""
        asked = [label(name) for name in self.ledger.solution.questions]
        if asked and (self.need_high is None or self.room.affordable is None):
            told = listed(asked)
            yield Finding("need_unknown", "serious", Source(_FORM), {"zh": told.zh, "en": told.en})

    def _text(self, amount: int) -> str:
        return to_display(amount, decimals(self.case.case.currency))


def _named(key: str) -> Words:
    return Words(say("zh-CN", key), say("en", key))

