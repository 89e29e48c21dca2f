"""Prepaid cards, memberships and vouchers sold: money for what is still to be delivered, which the form should hold."""

from recon.events.columns import hits
from recon.events.marks import signs
from recon.events.words import has, plain
from recon.ledger.desk import Desk

_SALES = ("sales", "cash_sales")
_POSITION = "closing.advances"


def cards_sold(desk: Desk) -> None:
    """Ask what is left on cards where lines show them sold and the form says nothing of advances.

    Nothing is posted: until the form says so, all of it counts as sold.
    """
    if any(f"{end}.advances" in desk.facts for end in ("opening", "closing")) or "advances_change" in desk.answers:
        return
    rows = desk.rows[desk.rows["category"].isin(_SALES) & (desk.rows["amount"] > 0)]
    words = (rows["type"] + "|" + rows["description"]).map(plain)
    sold = rows[hits(words, lambda text: has(text, signs("card_sold")))]
    if len(sold):
        desk.find("cards_sold", "look", _POSITION, count=len(sold), total=desk.text(int(sold["amount"].sum())))
