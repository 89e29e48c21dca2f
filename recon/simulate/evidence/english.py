"""English papers: invoices as PDF and photographed till receipts."""

from random import Random
from typing import Any

from PIL import Image, ImageDraw

from recon.core.money import divide
from recon.simulate.evidence.paper import LATIN, canvas, finish
from recon.simulate.evidence.photo import PAPER, Slip, font
from recon.simulate.journal import Event
from recon.simulate.people import tax_number
from recon.simulate.world import World


def invoice(world: World, event: Event, number: str, rng: Random) -> bytes:
    """A plain sales invoice on A4: who, to whom, what, net, VAT at no rate, total."""
    sale = event.category == "credit_sales"
    seller, buyer = (world.name, event.party) if sale else (event.party, world.name)
    goods = rng.choice(world.profile.product).name if sale else rng.choice(world.profile.slip_goods)
    page, buffer = canvas(title="Invoice", latin=True)
    count, currency = rng.randint(1, 12), world.profile.currency
    _texts(page, 20, ((48, 780, seller),))
    _texts(page, 9, ((48, 764, f"{world.profile.town}   Company no. {tax_number(rng)[-8:]}"), (48, 700, "Invoice to"),
                     (48, 686, buyer), (400, 700, f"Invoice number: {number}"),
                     (400, 686, f"Invoice date: {event.date:%d %B %Y}"), (400, 672, "Terms: 30 days"),
                     (48, 620, "Description"), (330, 620, "Qty"), (400, 620, "Unit price"), (490, 620, "Amount"),
                     (48, 600, goods), (330, 600, str(count)), (400, 600, world.text(divide(event.amount, count))),
                     (490, 600, world.text(event.amount)), (400, 540, "Subtotal"), (490, 540, world.text(event.amount)),
                     (400, 524, "VAT 0%"), (490, 524, world.text(0))))
    _texts(page, 11, ((400, 500, "Total due"), (490, 500, f"{currency} {world.text(event.amount)}"),
                      (48, 500, "INVOICE")))
    page.line(48, 614, 547, 614)
    page.showPage()
    return finish(page, buffer)


def _texts(page: Any, size: float, texts: tuple[tuple[float, float, str], ...]) -> None:
    page.setFont(LATIN, size)
    for x, y, text in texts:
        page.drawString(x, y, text)


def till_receipt(slip: Slip, world: World, rng: Random) -> Image.Image:
    """A narrow thermal print in English."""
    row, total = slip.row, -slip.row.amount
    paper = Image.new("L", PAPER, 248)
    draw = ImageDraw.Draw(paper)
    draw.text((PAPER[0] / 2, 50), row.party[:24], font=font(32), fill=40, anchor="mt")
    draw.text((PAPER[0] / 2, 100), "RECEIPT", font=font(28), fill=50, anchor="mt")
    y = 160
    for line in (f"Receipt no: {slip.number}", f"{row.when:%d/%m/%Y  %H:%M}", f"Till {rng.randint(1, 6)}", "-" * 42):
        draw.text((40, y), line, font=font(25), fill=50)
        y += 42
    for name, amount in slip.goods:
        draw.text((40, y), name[:26], font=font(25), fill=50)
        draw.text((560, y), world.text(amount), font=font(25), fill=50, anchor="ra")
        y += 46
    draw.text((40, y), "-" * 42, font=font(25), fill=50)
    for label, value, size in (("TOTAL", total, 34), ("PAID", total, 26), ("CHANGE", 0, 26)):
        y += 52
        draw.text((40, y), label, font=font(size), fill=35)
        draw.text((560, y), f"{world.profile.currency} {world.text(value)}", font=font(size), fill=35, anchor="ra")
    draw.text((PAPER[0] / 2, y + 80), "Thank you", font=font(23), fill=70, anchor="mt")
    return paper.crop((0, 0, PAPER[0], round(y) + 140)).convert("RGB")
