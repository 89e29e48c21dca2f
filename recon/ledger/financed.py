"""Equipment that a lender paid the seller for: no line shows it, the form's price and the loan's balance do."""

from recon.ledger.control import fact
from recon.ledger.desk import Desk

#: Where such a purchase comes from: the price in the form, less what the lines paid.
FINANCED = "rule:financed_purchase"

#: At most how many times what the loans need the price beyond the lines may be.
_TIMES = 2


def financed(desk: Desk) -> None:
    """Enter the financed part of what was bought in the period as borrowed and as spent on the asset.

    A lender pays the seller of a truck directly: the lines show a down payment and instalments only. What the form's
    price exceeds the lines by is taken so as far as the loans need it: by their closing balance and what was repaid,
    less what they opened with and what the lines show as drawn. What is needed holds the interest of instalments too,
    so that a need far below the price is no sign of a purchase.
    """
    ends = [desk.facts.get(f"{end}.loans") for end in ("opening", "closing")]
    if not desk.evidence or None in ends or {"loans_drawn", "fixed_assets_bought"} & {*desk.answers, *desk.unknown}:
        return
    opening, closing = (end.value or 0 for end in ends if end is not None)
    seen = {name: desk.facts[f"{name}.lines"].value or 0 for name in ("loans_drawn", "loans_repaid")}
    needed = closing + seen["loans_repaid"] - opening - seen["loans_drawn"]
    short = sum(s.bought for s in desk.assets) - (desk.facts["fixed_assets_bought.lines"].value or 0)
    amount = min(needed, short)
    new = any(loan.closing and not loan.opening for loan in desk.case.loan)
    if not new or amount <= 0 or short > _TIMES * needed:
        return
    for name in ("loans_drawn", "fixed_assets_bought"):
        desk.facts[f"{name}.unrecorded"] = fact(amount, "stated", FINANCED)
    names = ", ".join(s.name for s in desk.assets if s.bought)
    desk.find("asset_financed", "look", "fixed_asset", assets=names, amount=desk.text(amount))
