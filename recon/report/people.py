"""Who asks, for what, and what has been verified: the parts of a report that come from the case form."""

from collections.abc import Iterable
from decimal import Decimal

from recon.core.facts import Case, Item, Queries
from recon.core.period import Period
from recon.core.words import say
from recon.need.rebuilt import Rebuilt
from recon.report.fields import Equipment, Fact, Guarantor, Loan, Person, Product, Terms
from recon.report.fields import Item as ItemRow
from recon.report.sentences import Voice

INTERNAL = ("credit_register", "blacklist", "account_ledger")
EXTERNAL = ("identity", "business", "credit", "position", "purpose")
JUDGEMENTS = ("character", "product", "collateral")


def borrower(case: Case, voice: Voice) -> str:
    """The borrower's name."""
    return voice.text(case.case.name) if case.case.name.strip() else voice("word.unnamed")


def period(span: Period, voice: Voice) -> str:
    """First and last day."""
    return voice.span(span.start, span.end)


def request_in_brief(case: Case, voice: Voice) -> str:
    """The request as one sentence; parts that the form leaves out are left out."""
    request, name = case.request, borrower(case, voice)
    if request is None:
        return voice("request.none", borrower=name)
    parts = [voice("request.head", borrower=name, amount=_with_currency(request.amount, case, voice))]
    if request.term_months is not None:
        parts.append(voice("request.term", count=request.term_months))
    if request.annual_rate is not None:
        parts.append(voice("request.rate", rate=voice.percent(request.annual_rate, 2)))
    if request.repayment is not None:
        parts.append(voice("request.repayment", repayment=voice(f"repayment.{request.repayment}")))
    if request.purpose.strip():
        parts.append(voice("request.purpose", purpose=voice.text(request.purpose)))
    return voice.clause(parts)


def _with_currency(minor: int, case: Case, voice: Voice) -> str:
    currency, amount = case.case.currency.upper(), voice.money(minor)
    return f"{amount} {currency}" if voice.chinese else f"{currency} {amount}"


def terms(rebuilt: Rebuilt, voice: Voice) -> tuple[Terms, ...]:
    """Amount, range, term, rate and repayment, asked for and recommended; nothing without a request."""
    request, advised, dash = rebuilt.case.request, rebuilt.need.recommended, voice("word.none")
    if request is None:
        return ()
    asked = [
        voice.money(request.amount), dash, _months(request.term_months, voice),
        voice("word.not_given") if request.annual_rate is None else voice.percent(request.annual_rate, 2),
        voice(f"repayment.{request.repayment}") if request.repayment else voice("word.not_given"),
    ]
    offered = (
        [
            voice.money(advised.amount), voice.band(advised.low, advised.high),
            _months(advised.term_months, voice), dash, repayment(advised.repayment, voice),
        ]
        if advised else [_unadvised(rebuilt, voice), *[dash] * 4]
    )
    labels = [voice(f"term.{key}") for key in ("amount", "range", "term", "rate", "repayment")]
    return tuple(Terms(*row) for row in zip(labels, asked, offered, strict=True))


def _unadvised(rebuilt: Rebuilt, voice: Voice) -> str:
    """What stands in place of a recommended amount."""
    return voice("term.decline" if rebuilt.need.verdict == "decline" else "term.cannot_judge")


def repayment(form: str, voice: Voice) -> str:
    """The repayment form in words; a dash where there is none."""
    return voice(f"repayment.{form}") if form else voice("word.none")


def _months(count: int | None, voice: Voice) -> str:
    return voice("word.not_given") if count is None else voice("word.months", count=count)


def about(rebuilt: Rebuilt, voice: Voice) -> tuple[Fact, ...]:
    """Borrower, owner, family and what they put in themselves."""
    case = rebuilt.case
    rows = [
        ("name", borrower(case, voice)), ("trade", voice(f"trade.{case.case.trade}")),
        ("opened", voice.day(case.case.opened) if case.case.opened else voice("word.not_given")),
        ("owner", _name(case.owner.name, voice)), ("spouse", _name(case.owner.spouse, voice)),
        ("period", period(rebuilt.ledger.period, voice)),
    ]
    if case.request:
        rows.append(("own_funds", voice.given(case.request.own_funds)))
        rows.append(("other_funding", voice.given(case.request.other_funding)))
    return tuple(Fact(voice(f"about.{key}"), value) for key, value in rows)


def _name(raw: str, voice: Voice) -> str:
    return voice.text(raw) if raw.strip() else voice("word.not_given")


def related(case: Case, voice: Voice) -> tuple[Person, ...]:
    """Persons and firms whose money is not the business's income."""
    return tuple(Person(voice.text(r.name), voice.text(r.relation), voice.text(r.account)) for r in case.related)


def queries(case: Case, names: Iterable[str], voice: Voice) -> tuple[Fact, ...]:
    """Verifications; not done is shown as not done."""
    return tuple(Fact(voice(f"query.{n}"), voice(f"done.{getattr(case.queries, n)}")) for n in names)


def queries_that_are(state: str, given: Queries, voice: Voice) -> list[str]:
    """Names of the verifications in *state*."""
    return [voice(f"query.{n}") for n in (*INTERNAL, *EXTERNAL) if getattr(given, n) == state]


def interview(case: Case, voice: Voice) -> tuple[Fact, ...]:
    """What the owner said of an ordinary month; what was not asked is left out."""
    answers = {name: getattr(case.stated, name) for name in case.stated.__struct_fields__}
    return tuple(
        Fact(say(voice.language, f"form.label.stated.{n}"), _answer(n, answer, voice), voice.field(f"stated.{n}"))
        for n, answer in answers.items() if answer is not None and not isinstance(answer, tuple)
    )


def _answer(name: str, answer: Decimal | int, voice: Voice) -> str:
    if isinstance(answer, Decimal):
        return voice.percent(answer)
    return str(answer) if name.endswith("_days") else voice.money(answer)


def products(case: Case, voice: Voice) -> tuple[Product, ...]:
    """Products with cost and price of a unit."""
    return tuple(
        Product(
            voice.text(p.name), voice.money(p.cost), voice.money(p.price),
            voice("word.none") if p.share is None else voice.percent(p.share),
        )
        for p in case.stated.product
    )


def judgement(case: Case, voice: Voice) -> tuple[Fact, ...]:
    """The three goods, where someone judged them."""
    grades = {n: getattr(case.judgement, n) for n in JUDGEMENTS}
    if not any(grades.values()):
        return ()
    return tuple(
        Fact(voice(f"judgement.{n}"), voice(f"grade.{g}") if g else voice("word.not_given")) for n, g in grades.items()
    )


def items(rows: Iterable[Item], voice: Voice) -> tuple[ItemRow, ...]:
    """Receivables, payables or stock of the form."""
    return tuple(
        ItemRow(
            voice.text(r.name), voice.money(r.amount), voice.day(r.date),
            voice("word.none") if r.overdue_days is None else str(r.overdue_days), voice.text(r.proof),
        )
        for r in rows
    )


def equipment(case: Case, voice: Voice) -> tuple[Equipment, ...]:
    """Fixed assets of the form."""
    return tuple(
        Equipment(
            voice.text(a.name), voice.money(a.cost), voice.day(a.bought),
            voice("word.none") if a.life_months is None else str(a.life_months), voice.text(a.proof),
        )
        for a in case.fixed_asset
    )


def loans(case: Case, voice: Voice) -> tuple[Loan, ...]:
    """Borrowings of the form."""
    return tuple(
        Loan(
            voice.text(x.lender), voice(f"loan_kind.{x.kind}"), voice.given(x.opening), voice.given(x.closing),
            voice("word.none") if x.annual_rate is None else voice.percent(x.annual_rate, 2),
            voice.given(x.monthly_payment), voice.day(x.due),
        )
        for x in case.loan
    )


def guarantors(case: Case, voice: Voice) -> tuple[Guarantor, ...]:
    """Guarantors of the form."""
    return tuple(
        Guarantor(
            voice.text(g.name), voice.text(g.relation), voice.given(g.net_assets),
            voice("word.not_given") if g.willingness is None else voice.percent(g.willingness, 0),
            voice("word.yes" if g.joint else "word.no"),
        )
        for g in case.guarantor
    )
