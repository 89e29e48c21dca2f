"""A cash box that nobody keeps a book of: each purchase and each day's takings has its own paper and no other trace."""

import datetime as dt
from random import Random
from xml.sax.saxutils import escape

from recon.core.money import divide, to_text
from recon.simulate.evidence.papers import special
from recon.simulate.evidence.papers.make import as_pdf
from recon.simulate.evidence.papers.said import Line, Said
from recon.simulate.evidence.photo import PERSON
from recon.simulate.journal import Row
from recon.simulate.people import digits, stream, tax_number
from recon.simulate.world import World

#: The layout of a cash box that leaves papers instead of a book.
LAYOUT = "papers"
#: What stands on papers: goods bought and goods sold.
_SHOWN = ("cash_purchases", "cash_sales")
_TAX, _HUNDRED = 1, 100


def papers(world: World, rows: list[Row]) -> list[tuple[str, bytes]]:
    """A paper for each of the cash box's *rows* of goods, as (file name, content): e-invoices as XML, slips as PDF."""
    rng = stream(world.seed, "on paper")
    made = []
    for row in rows:
        if row.category not in _SHOWN:
            continue
        said = _said(world, row, rng)
        invoiced = world.profile.locale == "zh-CN" and said.kind == "vat_digital"
        name = f"{'dzfp' if invoiced else 'slip'}_{said.number}.{'xml' if invoiced else 'pdf'}"
        draw = special.hand_receipt if said.kind == "hand_receipt" else special.till_slip
        made.append((name, xml(said) if invoiced else as_pdf(draw(said, rng))))
        world.receipts.append({"file": f"receipts/{name}", "row": row, "number": said.number, "kind": "paper"})
    return made


def _said(world: World, row: Row, rng: Random) -> Said:
    """What the paper of a row says: a slip of the day's takings, a stall's receipt, a firm's invoice."""
    sale = row.amount > 0
    day = row.when.date()
    kind = "till_receipt" if sale else "hand_receipt" if len(row.party) <= PERSON else "vat_digital"
    if sale and world.profile.locale == "zh-CN" and rng.random() < 0.5:  # noqa: PLR2004  half of the days are invoiced
        kind = "vat_digital"
    if world.profile.locale == "en" and kind == "vat_digital":
        kind = "till_receipt"
    said = Said(kind, world.profile.locale, world.profile.currency, _number(kind, day, rng), day)
    said.seller, said.buyer = (world.name, "个人" if kind == "vat_digital" else "") if sale else (row.party, world.name)
    said.total = abs(row.amount)
    goods = rng.choice(world.profile.slip_goods)
    said.lines = [Line(goods, "", 1, said.total, said.total)]
    said.terms["purpose"] = goods
    said.extra = {"clerk": world.owner, "checker": world.owner, "phone": digits(rng, 11), "time": f"{row.when:%H:%M}"}
    return said


def _number(kind: str, day: dt.date, rng: Random) -> str:
    return f"{day:%y}32200000{digits(rng, 10)}" if kind == "vat_digital" else f"{day:%y%m%d}{digits(rng, 4)}"


def xml(said: Said, remark: str = "") -> bytes:
    """A fully digital e-invoice; a red one with a negative total, its *remark* naming what it takes back."""
    total, rate = said.total or 0, said.rate or _TAX
    net = divide(total * _HUNDRED, _HUNDRED + rate)
    rng = Random(said.number)  # noqa: S311  repeatable draws, not secrecy
    parts = "".join(
        f"<{side}Information><{side}IdNum>{tax_number(rng)}</{side}IdNum>"
        f"<{side}Name>{escape(name)}</{side}Name></{side}Information>"
        for side, name in (("Seller", said.seller), ("Buyer", said.buyer))
    )
    goods = (f"<IssuItemInformation><ItemName>{escape(said.lines[0].name)}</ItemName><Amount>{to_text(net)}</Amount>"
             f"<TaxRate>{to_text(rate)}</TaxRate><ComTaxAm>{to_text(total - net)}</ComTaxAm></IssuItemInformation>")
    basic = (f"<BasicInformation><TotalAmWithoutTax>{to_text(net)}</TotalAmWithoutTax>"
             f"<TotalTaxAm>{to_text(total - net)}</TotalTaxAm><TotalTax-includedAmount>{to_text(total)}"
             f"</TotalTax-includedAmount><RequestTime>{said.date} {said.extra['time']}:00</RequestTime>"
             "</BasicInformation>")
    note = f"<AdditionalInformation><Remark>{escape(remark)}</Remark></AdditionalInformation>" if remark else ""
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<EInvoice><Header><EIid>{said.number}</EIid></Header>'
            f"<EInvoiceData>{parts}{basic}{goods}{note}</EInvoiceData></EInvoice>").encode()
