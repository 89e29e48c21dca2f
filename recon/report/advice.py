"""How sure the recommendation is and what follows: bounds, payments, bad times, assumptions, loans, watch."""

from decimal import Decimal
from fractions import Fraction

from recon.checks.desk import whole
from recon.core.words import known, say
from recon.need.model import Inspection, Need
from recon.need.rebuilt import Rebuilt
from recon.report.fields import Bound, Existing, Payment, Stress, Swing, Watch, Would
from recon.report.sentences import Voice


def told(key: str, voice: Voice, **params: object) -> str:
    """A word of the need's own room; its key in plain letters where there is none."""
    return say(voice.language, key, **params) if known(key) else key.rpartition(".")[2].replace("_", " ")


def unit(value: Fraction | None, kind: str, voice: Voice) -> str:
    """A figure of the need in its unit; *not known* where there is none."""
    if value is None:
        return voice("word.unknown")
    if kind == "money":
        return voice.money(whole(value))
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    if kind == "ratio":
        return voice.percent(exact)
    return voice(f"word.{kind}", count=f"{exact.quantize(Decimal('0.1')).normalize():f}")


def differ(need: Need, voice: Voice) -> tuple[str, ...]:
    """Why the roads to the need give different amounts."""
    return tuple(voice.prose(r.tell(voice.language)) for r in need.differ)


def bounds(need: Need, voice: Voice) -> tuple[Bound, ...]:
    """What the amount may not exceed; the least decides."""
    advised = need.recommended
    if advised is None:
        return ()
    decides = {name: voice("word.decides" if name == advised.binding else "word.none") for name in advised.bounds}
    return tuple(
        Bound(told(f"advice.bound.{name}", voice), voice.money(amount), decides[name])
        for name, amount in advised.bounds.items()
    )


def payments(need: Need, voice: Voice) -> tuple[Payment, ...]:
    """The recommended loan's payments by month."""
    if need.recommended is None:
        return ()
    return tuple(
        Payment(str(number), *(voice.money(x) for x in (each.principal, each.interest, each.total)))
        for number, each in enumerate(need.recommended.schedule, 1)
    )


def stresses(need: Need, voice: Voice) -> tuple[Stress, ...]:
    """What each kind of bad times leaves of a month; whether that carries the instalment, where one was asked for."""
    yes_no = {True: voice("word.yes"), False: voice("word.no")}
    asked = need.capacity.instalment is not None
    return tuple(
        Stress(told(f"advice.stress_{each.name}", voice, size=each.size), voice.money(each.left),
               yes_no[each.holds] if asked else voice("word.none"))
        for each in need.stress
    )


def swings(need: Need, voice: Voice) -> tuple[Swing, ...]:
    """The amount with one assumption moved down and up, and the change at which the verdict turns."""
    return tuple(
        Swing(told(f"assumption.{each.name}", voice), f"± {unit(each.step, each.unit, voice)}", voice.money(each.down),
              voice.money(each.up), _turn(each.turns, each.unit, voice))
        for each in need.swings
    )


def _turn(change: Fraction | None, kind: str, voice: Voice) -> str:
    if change is None:
        return voice("word.stands")
    return ("+" if change > 0 else "") + voice.signed(unit(change, kind, voice))


def would(need: Need, voice: Voice) -> tuple[Would, ...]:
    """What would have to be true for the requested amount to be right, one figure at a time."""
    return tuple(
        Would(told(f"report.would.{each.name}", voice), unit(each.now, each.unit, voice),
              unit(each.wanted, each.unit, voice))
        for each in need.would
    )


def top_up(need: Need, voice: Voice) -> str:
    """Room for new money beside the loans there are."""
    if not need.loans:
        return voice("topup.none")
    return voice("topup.unknown") if need.top_up is None else voice("topup.room", amount=voice.money(need.top_up))


def existing(need: Need, voice: Voice) -> tuple[Existing, ...]:
    """Loans there are, by the form or the flows, and what replacing each would save."""
    rows = []
    for each in need.loans:
        rate = unit(each.annual_rate, "ratio", voice)
        rows.append(Existing(
            voice.text(each.lender), voice.money(each.balance),
            voice("word.inferred", value=rate) if each.inferred and each.annual_rate is not None else rate,
            voice.money(each.monthly), voice("word.none") if each.instalment is None else voice.money(each.instalment),
            voice("word.none") if each.saved is None else voice.money(each.saved),
            voice("word.form" if each.declared else "word.flows_only"),
        ))
    return tuple(rows)


def watch(rebuilt: Rebuilt, voice: Voice) -> tuple[Watch, ...]:
    """Figures to watch after the loan, their level today and the value that calls for a visit."""
    rows = []
    for each in rebuilt.need.watch:
        way, trigger = "watch.above" if each.above else "watch.below", unit(each.trigger, each.unit, voice)
        shown = voice("watch.unset") if each.trigger is None else voice(way, value=trigger)
        rows.append(Watch(told(f"watch.{each.name}", voice), unit(each.level, each.unit, voice), shown))
    return (*rows, Watch(voice("watch.debt"), voice("word.none"), voice("watch.debt_trigger")))


def inspection(visit: Inspection | None, voice: Voice) -> str:
    """Which loans are visited first, and why."""
    if visit is None:
        return voice("inspection.ordinary")
    return voice.prose(("" if voice.chinese else " ").join(r.tell(voice.language) for r in visit.because))
