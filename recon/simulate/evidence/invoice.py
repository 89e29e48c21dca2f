"""Electronic invoices as PDF: the boxed ordinary form, its goods, tax and total in figures and capitals."""

import datetime as dt
from random import Random
from typing import Any

from recon.core.money import divide, to_text
from recon.simulate.evidence import english
from recon.simulate.evidence.frame import grouped
from recon.simulate.evidence.paper import FONT, canvas, finish
from recon.simulate.evidence.photo import PERSON, capitals
from recon.simulate.journal import Event, Row
from recon.simulate.people import digits, stream, tax_number
from recon.simulate.world import World

TAX_PERCENT = 1
FIGURES = 400  # columns right of this hold figures and stand right


def invoices(world: World, shown: list[Row]) -> list[tuple[str, bytes]]:
    """Invoices of some sales and purchases of the period on account, as (file name, PDF)."""
    rng = stream(world.seed, "invoices")
    made = []
    paid = {row.event for row in shown}
    for category in ("credit_sales", "credit_purchases"):
        found = [e for e in world.events if e.category == category and world.first <= e.date <= world.last
                 and len(e.party) > PERSON]
        for event in rng.sample(found, min(world.profile.invoices, len(found))):
            chinese = world.profile.locale == "zh-CN"
            number = "25322000000" + digits(rng, 9) if chinese else "INV" + digits(rng, 5)
            name = f"dzfp_{number}_{event.date:%Y%m%d}.pdf" if chinese else f"{number}.pdf"
            made.append((name, (draw if chinese else english.invoice)(world, event, number, rng)))
            world.receipts.append({"file": f"receipts/{name}", "event": event, "number": number, "kind": "invoice",
                                   "paid": event.number in paid})
    return made


def draw(world: World, event: Event, number: str, rng: Random) -> bytes:
    """One invoice as PDF: a sale where the event is one, else a purchase."""
    sale = event.category == "credit_sales"
    own = (world.name, world.tax_number)
    other = (event.party, tax_number(rng))
    buyer, seller = (other, own) if sale else (own, other)
    net = divide(event.amount * 100, 100 + TAX_PERCENT)
    page, buffer = canvas(landscape=True, title="电子发票")
    _frame(page, number, event.date)
    _parties(page, buyer, seller)
    goods = rng.choice(world.profile.product).name if sale else "货物"
    _goods(page, goods, net, event.amount - net, rng)
    page.setFont(FONT, 9)
    page.drawString(60, 224, "价税合计（大写）")
    page.drawString(190, 224, capitals(event.amount))
    page.drawString(560, 224, f"（小写）¥{grouped(event.amount)}")
    page.drawString(60, 120, f"开票人：{world.owner if sale else '管理员'}")
    page.showPage()
    return finish(page, buffer)


def _frame(page: Any, number: str, date: dt.date) -> None:
    page.setStrokeColorRGB(0.55, 0.15, 0.1)
    page.setFillColorRGB(0.55, 0.15, 0.1)
    page.setFont(FONT, 18)
    page.drawCentredString(421, 540, "电子发票（普通发票）")
    page.setFont(FONT, 9)
    page.drawString(600, 545, f"发票号码：{number}")
    page.drawString(600, 528, f"开票日期：{date:%Y年%m月%d日}")
    for box in ((40, 430, 381, 80), (421, 430, 381, 80), (40, 245, 762, 185), (40, 210, 762, 35), (40, 150, 762, 60)):
        page.rect(*box)
    page.drawString(46, 195, "备注")
    page.setFillColorRGB(0, 0, 0)


def _parties(page: Any, buyer: tuple[str, str], seller: tuple[str, str]) -> None:
    for left, title, (name, code) in ((50, "购买方信息", buyer), (431, "销售方信息", seller)):
        page.setFont(FONT, 8)
        page.drawString(left, 496, title)
        page.drawString(left, 474, f"名称：{name}")
        page.drawString(left, 448, f"统一社会信用代码/纳税人识别号：{code}")


def _goods(page: Any, name: str, net: int, tax: int, rng: Random) -> None:
    page.setFont(FONT, 8.5)
    count = rng.randint(2, 60)
    price = to_text(divide(net * 10_000, count), 6)
    heads = ("项目名称", "规格型号", "单位", "数量", "单价", "金额", "税率/征收率", "税额")
    texts = (f"*商品*{name}", "", "批", str(count), price, grouped(net), f"{TAX_PERCENT}%", grouped(tax))
    for x, head, text in zip((60, 250, 340, 410, 500, 600, 670, 785), heads, texts, strict=True):
        put = page.drawString if x < FIGURES else page.drawRightString
        put(x, 416, head)
        put(x, 396, text)
    page.drawString(60, 256, "合    计")
    page.drawRightString(600, 256, f"¥{grouped(net)}")
    page.drawRightString(785, 256, f"¥{grouped(tax)}")
