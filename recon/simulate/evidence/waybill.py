"""A haulier's waybills as PDF: who sends what from where to where, and the freight agreed."""

from random import Random
from typing import Any

from recon.simulate.evidence.paper import canvas, finish, set_font
from recon.simulate.journal import Event
from recon.simulate.people import digits, stream
from recon.simulate.world import World

WORDS = {
    "zh-CN": {"title": "道路货物运单", "number": "运单号", "date": "托运日期", "sender": "托运人", "carrier": "承运人",
              "from": "起运地", "to": "目的地", "goods": "货物名称", "weight": "重量（吨）", "lorry": "车牌号",
              "freight": "运费（元）", "paid": "结算方式", "terms": "月结", "signed": "收货人签字"},
    "en": {"title": "CONSIGNMENT NOTE", "number": "Note number", "date": "Date", "sender": "Consignor",
           "carrier": "Haulier", "from": "From", "to": "To", "goods": "Goods", "weight": "Weight (t)",
           "lorry": "Vehicle", "freight": "Freight", "paid": "Terms", "terms": "on account", "signed": "Received by"},
}
GOODS = {
    "zh-CN": ("钢卷", "瓷砖", "板材", "化肥", "饮料", "家具"),
    "en": ("steel coil", "tiles", "timber", "feed", "drinks"),
}
LEFT, TOP, WIDTH, STEP = 60, 700, 475, 30


def waybills(world: World) -> list[tuple[str, bytes]]:
    """Waybills of some of the period's journeys on account, as (file name, PDF)."""
    rng = stream(world.seed, "waybills")
    found = [e for e in world.events if e.category == "credit_sales" and world.first <= e.date <= world.last]
    made = []
    for event in rng.sample(found, min(world.profile.waybills, len(found))):
        number = f"{event.date:%y%m%d}{digits(rng, 5)}"
        name = f"{'运单' if world.profile.locale == 'zh-CN' else 'note'}_{number}.pdf"
        made.append((name, _draw(world, event, number, rng)))
        world.receipts.append({"file": f"receipts/{name}", "event": event, "number": number, "kind": "waybill"})
    return made


def _draw(world: World, event: Event, number: str, rng: Random) -> bytes:
    locale = world.profile.locale
    words, font, towns = WORDS[locale], set_font(locale), world.people.words["towns"]
    page, buffer = canvas(title=words["title"], latin=locale == "en")
    start, end = rng.sample(towns, 2)
    plate = ("苏A·" if locale == "zh-CN" else "FN24 ") + digits(rng, 5 if locale == "zh-CN" else 3)
    values = {
        "number": number, "date": str(event.date), "sender": event.party, "carrier": world.name, "from": start,
        "to": end, "goods": rng.choice(GOODS[locale]), "weight": f"{rng.randint(20, 320) / 10}", "lorry": plate,
        "freight": world.text(event.amount), "paid": words["terms"], "signed": world.people.person(),
    }
    page.setFont(font, 18)
    page.drawCentredString(LEFT + WIDTH / 2, TOP + 40, words["title"])
    for place, (key, value) in enumerate(values.items()):
        _line(page, font, TOP - STEP * place, words[key], value)
    page.showPage()
    return finish(page, buffer)


def _line(page: Any, font: str, top: float, label: str, value: str) -> None:
    """A boxed label and what is written beside it."""
    page.setLineWidth(0.5)
    page.rect(LEFT, top - STEP, 130, STEP)
    page.rect(LEFT + 130, top - STEP, WIDTH - 130, STEP)
    page.setFont(font, 10)
    page.drawString(LEFT + 8, top - STEP + 10, label)
    page.drawString(LEFT + 138, top - STEP + 10, value)
