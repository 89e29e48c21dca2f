"""``case.toml`` as an owner and a loan officer would fill it in: counted positions exact, answers rounded."""

from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from recon.core.money import divide, from_decimal
from recon.core.words import say
from recon.simulate.answers import answers, plain, rounded
from recon.simulate.books import total
from recon.simulate.calendar import add_months
from recon.simulate.evidence.on_paper import LAYOUT
from recon.simulate.evidence.write import file_name, opening_balance
from recon.simulate.figures import Truth
from recon.simulate.journal import balances
from recon.simulate.life.costs import ACCRUED, PREPAID
from recon.simulate.life.sales import Sales
from recon.simulate.life.supplies import Supplies
from recon.simulate.verdict import service
from recon.simulate.world import HUNDRED, Account, World

if TYPE_CHECKING:
    from recon.simulate.faults.catalogue import Faults

POSITIONS = {
    "cash": "1001", "inventory": "1405", "receivables": "1122", "prepayments": "1123", "other_receivables": "1221.01",
    "payables": "2202", "advances": "2203", "wages_payable": "2211", "taxes_payable": "2221",
    "prepaid_expenses": PREPAID, "accrued_expenses": ACCRUED, "accumulated_depreciation": "1602", "investments": "1101",
}
#: Positions of the start that papers still show, and those that an owner may not remember at all.
FILED = ("fixed_assets", "accumulated_depreciation", "prepaid_expenses", "accrued_expenses", "other_receivables",
         "investments", "wages_payable", "taxes_payable")
FORGETFUL = ("cash", "inventory", "receivables", "payables")
FORGOTTEN = 25
NONE = ("other_payables", "bills_receivable", "bills_payable", "dividends_payable")
TABLE = dict[str, Any]


def write_form(folder: Path, true: Truth, sales: Sales, supplies: Supplies, language: str, faults: "Faults") -> None:
    """Write the filled case form of a simulated business; its prose in *language*."""
    tables: list[tuple[str, TABLE]] = [*_who(true, language), *_accounts(true.world), *_positions(true)]
    tables += _details(true, sales, supplies, language) + _assets(true, language) + _loans(true) + _adjust(true)
    tables += _stated(true) + _judgement(true, language)
    text = "\n".join(_table(name, content) for name, content in faults.form(tables) if content)
    usual = true.world.profile.answers == "rounded" and not true.world.profile.quality
    head = say(language, "simulate.form.head" if usual else "simulate.form.family")
    (folder / "case.toml").write_text(head + "\n\n" + text, encoding="utf-8")


def _table(name: str, content: TABLE) -> str:
    head = f"[[{name[2:]}]]" if name.startswith("[]") else f"[{name}]"
    return head + "\n" + "".join(f"{key} = {_value(value)}\n" for key, value in content.items() if value is not None)


def _value(value: Any) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(_value(v) for v in value) + "]"
    return str(value)


def _who(true: Truth, language: str) -> list[tuple[str, TABLE]]:
    world, asking = true.world, true.world.profile.asking
    opened = min([a.bought for a in true.finance.assets], default=world.birth)
    purpose = asking.purpose_zh if language == "zh-CN" else asking.purpose_en
    return [
        ("case", {"name": world.name, "trade": world.profile.trade, "currency": world.profile.currency,
                  "language": language, "from": world.first, "to": world.last, "opened": opened.replace(day=1),
                  "unknown": world.profile.unknown or None}),
        ("owner", {"name": world.owner, "spouse": world.spouse}),
        ("[]related", {"name": world.relative, "relation": say(language, "simulate.form.relative")}),
        ("request", {"amount": world.text(true.asked), "term_months": asking.term_months,
                     "annual_rate": plain(asking.rate), "repayment": asking.repayment, "purpose": purpose,
                     "own_funds": world.text(true.own_funds), "other_funding": world.text(0)}),
    ]


def _accounts(world: World) -> list[tuple[str, TABLE]]:
    """Each own account with its files; where a bill prints no balance, its two ends are said here."""
    made = []
    for account in world.accounts.values():
        form = account.form
        content: TABLE = {"id": form.id, "kind": form.kind, "number": account.number or None,
                          "holder": account.holder, "file": _glob(account)}
        if form.kind == "wallet" or form.layout == "ofx":
            closing = balances(world.events, world.last).get(account.ledger, 0)
            content |= {"opening": world.text(opening_balance(world, account)), "closing": world.text(closing)}
        made.append(("[]account", content))
    return made


def _glob(account: Account) -> str | None:
    """The files of an account; None where papers are all that there is."""
    return None if account.form.layout == LAYOUT else "statements/" + file_name(account, "*")


def _positions(true: Truth) -> list[tuple[str, TABLE]]:
    made, rng = [], true.world.rng("positions")
    for end, name in enumerate(("opening", "closing")):
        content: TABLE = {key: true.world.text(true.position(account)[end]) for key, account in POSITIONS.items()}
        content["fixed_assets"] = true.world.text(true.position("1601")[end] - true.position("1602")[end])
        content |= dict.fromkeys(NONE, true.world.text(0))
        if name == "opening" and true.world.profile.remembered:
            content = {key: _remembered(key, value, true, rng) for key, value in content.items()}
        made.append((name, content))
    return made


def _remembered(key: str, value: str, true: Truth, rng: Random) -> str | None:
    """What is still known of a position a period ago: papers where there are some, else two figures or nothing."""
    if key in FILED:
        return value
    if key in FORGETFUL and rng.randint(1, HUNDRED) <= FORGOTTEN:
        return None
    return rounded(from_decimal(value, true.world.places), true.world.unit)


def _details(true: Truth, sales: Sales, supplies: Supplies, language: str) -> list[tuple[str, TABLE]]:
    """Who owes what at the end, who is owed, and what lies in store."""
    made: list[tuple[str, TABLE]] = []
    for name, people in (("[]receivable", sales.customers), ("[]payable", supplies.suppliers)):
        for person in people:
            owed = person.owes if hasattr(person, "owes") else person.owed
            amount = sum(part for _, part, _ in owed)
            if amount:
                late = max((true.world.last - min(due for due, _, _ in owed)).days, 0)
                since = min(day for _, _, day in owed)
                made.append((name, {"name": person.name, "amount": true.world.text(amount), "date": since,
                                    "overdue_days": late, "proof": say(language, "simulate.form.ledger")}))
    closing, shares = true.position("1405")[1], true.world.profile.product
    left = closing
    for place, product in enumerate(shares):
        part = left if place == len(shares) - 1 else divide(closing * product.share, HUNDRED)
        left -= part
        made.append(("[]stock", {"name": product.name, "amount": true.world.text(part), "date": true.world.last,
                                 "proof": say(language, "simulate.form.counted")}))
    return made


def _assets(true: Truth, language: str) -> list[tuple[str, TABLE]]:
    proof = say(language, "simulate.form.seen")
    return [("[]fixed_asset", {"name": a.form.name, "cost": true.world.text(a.cost), "bought": a.bought,
                               "life_months": a.form.life_months, "residual": true.world.text(a.residual),
                               "proof": proof})
            for a in true.finance.assets if a.paid]


def _loans(true: Truth) -> list[tuple[str, TABLE]]:
    """Every borrowing; what was owed at the start is read back from the ledger's movements."""
    made = []
    for debt in true.finance.debts:
        moved = sum(e.amount for e in true.events if e.party == debt.lender
                    and e.category in ("loan_in", "loan_repaid", "private_loan_in", "private_loan_repaid"))
        form = debt.form
        due = add_months(true.world.last, 12).replace(day=form.day)
        made.append(("[]loan", {"lender": debt.lender, "kind": form.kind, "opening": true.world.text(debt.owed - moved),
                                "closing": true.world.text(debt.owed), "annual_rate": plain(form.rate),
                                "monthly_payment": true.world.text(service(true.world, debt)), "due": due}))
    return made


def _adjust(true: Truth) -> list[tuple[str, TABLE]]:
    """What no cash shows, and the detail of expenses owed or paid ahead."""
    facts: TABLE = {"depreciation": "straight_line"}
    facts |= {name: true.world.text(true.figures[name])
              for name in ("discount_allowed", "bad_debts", "goods_taken_by_owner")
              if true.figures[name]}
    made: list[tuple[str, TABLE]] = [("adjust", facts)]
    for end, side in (("opening", true.books.opening), ("closing", true.books.closing)):
        for prefix, kind, sign in ((PREPAID, "prepaid", 1), (ACCRUED, "accrued", -1)):
            for account, amount in sorted(side.items()):
                if account.startswith(prefix + ".") and amount:
                    category = account.removeprefix(prefix + ".")
                    made.append(("[]adjust.accrual", {"category": category, "amount": true.world.text(sign * amount),
                                                      "kind": kind, "at": end}))
    return made


def _stated(true: Truth) -> list[tuple[str, TABLE]]:
    """The interview: a month's figures, days good, usual and poor, what things cost and sell for."""
    products: list[tuple[str, TABLE]] = [
        ("[]stated.product", {"name": p.name, "cost": true.world.text(p.cost), "price": true.world.text(p.price),
                              "share": plain(Decimal(p.share) / 100)})
        for p in true.world.profile.product]
    return [("stated", answers(true).said), *products]


def _judgement(true: Truth, language: str) -> list[tuple[str, TABLE]]:
    net = total(true.books.closing, "1405") * 2 + true.world.about(200_000)
    done = dict.fromkeys(("identity", "business", "credit", "position"), "done")
    return [
        ("[]guarantor", {"name": true.world.relative, "net_assets": rounded(net, true.world.unit), "willingness": "0.8",
                         "relation": say(language, "simulate.form.relative"), "joint": True}),
        ("judgement", {"character": true.character, "product": "good", "collateral": "fair"}),
        ("queries", {"credit_register": "clear", "blacklist": "clear", "account_ledger": "done", **done,
                     "purpose": "not_done"}),
    ]
