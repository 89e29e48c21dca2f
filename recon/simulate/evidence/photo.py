"""Receipts photographed with a telephone: printed slips and stamped forms, askew, shaded, blurred and compressed."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw, ImageFont

from recon.core.money import spread
from recon.simulate.evidence.camera import photograph
from recon.simulate.evidence.frame import grouped, yuan
from recon.simulate.evidence.paper import font_path
from recon.simulate.journal import Row
from recon.simulate.people import digits, stream
from recon.simulate.world import World

PAPER = (600, 900)
SCENE = (860, 1160)
BOUGHT = ("purchases", "cash_purchases", "fixed_asset_bought", "repairs", "other_expense")


GOODS = ("purchases", "cash_purchases")
PERSON = 3  # a name of up to three characters is a person's, who writes a receipt by hand


@dataclass(frozen=True, slots=True)
class Slip:
    """What a receipt says: the row it belongs to and its lines of goods."""

    row: Row
    number: str
    goods: tuple[tuple[str, int], ...]


Printer = Callable[[Slip, World, Random], Image.Image]


def receipts(world: World, shown: list[Row], english: Printer) -> list[tuple[str, bytes]]:
    """Photographs of receipts of some of the payments shown, as (file name, JPEG); *english* prints English ones."""
    rng = stream(world.seed, "photos")
    found = [r for r in shown if r.category in BOUGHT and r.amount < 0 and not r.status]
    rng.shuffle(found)
    picked: dict[str, Row] = {}
    for row in found:
        picked.setdefault(row.party, row)
    made = []
    for number, row in enumerate(list(picked.values())[:world.profile.receipts], 1):
        slip = Slip(row, digits(rng, 8), _goods(rng, row, world.profile.slip_goods))
        if world.profile.locale == "en":
            paper = english(slip, world, rng)
        elif number % 3 == 0 or len(row.party) <= PERSON:
            paper = _form(slip, world.name)
        else:
            paper = _till_slip(slip, rng)
        name = f"IMG_{row.when:%Y%m%d}_{row.when:%H%M%S}.jpg"
        size = SCENE if paper.height > paper.width else SCENE[::-1]
        made.append((name, photograph(paper, rng, size)))
        world.receipts.append({"file": f"receipts/{name}", "row": row, "number": slip.number, "kind": "photo"})
    return made


def _goods(rng: Random, row: Row, goods: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """The payment's goods, their amounts adding up to it."""
    names = row.text.split() if row.category not in GOODS else rng.sample(goods, min(len(goods), rng.randint(2, 4)))
    shares = spread(-row.amount // 10, [rng.randint(3, 9) for _ in names])
    amounts = [share * 10 for share in shares]
    amounts[-1] += -row.amount - sum(amounts)
    return tuple(zip(names, amounts, strict=True))


def font(size: int) -> ImageFont.FreeTypeFont:
    """The bundled font at a size in pixels."""
    return ImageFont.truetype(font_path(), size)


def _till_slip(slip: Slip, rng: Random) -> Image.Image:
    """A narrow thermal print."""
    row, total = slip.row, -slip.row.amount
    paper = Image.new("L", PAPER, 248)
    draw = ImageDraw.Draw(paper)
    draw.text((PAPER[0] / 2, 50), row.party[:14], font=font(38), fill=40, anchor="mt")
    draw.text((PAPER[0] / 2, 104), "销售小票", font=font(28), fill=50, anchor="mt")
    y = 160
    till = f"收银员：{rng.randint(1, 9):02d}"
    for line in (f"单号：{slip.number}", f"日期：{row.when:%Y-%m-%d %H:%M}", till, "-" * 42):
        draw.text((40, y), line, font=font(25), fill=50)
        y += 42
    for x, text, anchor in ((40, "品名", "la"), (390, "数量", "ra"), (560, "金额", "ra")):
        draw.text((x, y), text, font=font(25), fill=50, anchor=anchor)
    for name, amount in slip.goods:
        y += 46
        for x, text, anchor in ((40, name, "la"), (390, "1", "ra"), (560, yuan(amount), "ra")):
            draw.text((x, y), text, font=font(25), fill=50, anchor=anchor)
    y += 52
    draw.text((40, y), "-" * 42, font=font(25), fill=50)
    for label, value, size in (("合计：", total, 34), ("实收：", total, 26), ("找零：", 0, 26)):
        y += 52
        draw.text((40, y), label, font=font(size), fill=35)
        draw.text((560, y), f"¥{yuan(value)}", font=font(size), fill=35, anchor="ra")
    draw.text((PAPER[0] / 2, y + 80), "谢谢惠顾 请保留小票", font=font(23), fill=70, anchor="mt")
    return paper.crop((0, 0, PAPER[0], round(y) + 140)).convert("RGB")


def _form(slip: Slip, buyer: str) -> Image.Image:
    """A bought form, 收款收据, filled in and stamped."""
    row, total = slip.row, -slip.row.amount
    paper = Image.new("RGB", (900, 600), (250, 246, 238))
    draw = ImageDraw.Draw(paper)
    ink, pen = (150, 40, 40), (30, 40, 110)
    draw.text((450, 34), "收  款  收  据", font=font(44), fill=ink, anchor="mt")
    draw.text((860, 96), f"No {slip.number}", font=font(26), fill=(200, 30, 30), anchor="rt")
    draw.text((60, 96), f"{row.when:%Y年%m月%d日}", font=font(28), fill=pen)
    draw.rectangle((50, 140, 850, 480), outline=ink, width=2)
    entries = (("交款单位", buyer), ("收款事由", "、".join(n for n, _ in slip.goods)),
               ("金额（大写）", capitals(total)), ("金额（小写）", f"¥{grouped(total)}"))
    for step, (label, value) in enumerate(entries):
        y = 140 + step * 85
        draw.line((50, y + 85, 850, y + 85), fill=ink, width=2)
        draw.text((66, y + 26), label, font=font(27), fill=ink)
        draw.text((260, y + 24), value, font=font(29), fill=pen)
    draw.line((245, 140, 245, 480), fill=ink, width=2)
    draw.text((60, 505), "收款单位（盖章）：" + row.party[:16], font=font(26), fill=pen)
    draw.ellipse((620, 400, 790, 570), outline=(205, 40, 40), width=5)
    draw.text((705, 485), "收讫", font=font(40), fill=(205, 40, 40), anchor="mm")
    return paper


def capitals(minor: int) -> str:
    """An amount in Chinese financial numerals, as 壹仟贰佰叁拾元整."""
    figures, units = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
    whole, cents = divmod(minor, 100)
    text, pending = "", False
    for place in range(len(str(whole)) - 1, -1, -1):
        digit = whole // 10**place % 10
        text += ("零" if pending and digit else "") + (figures[digit] + units[place % 4] if digit else "")
        pending = (pending or not digit) and not digit
        if place == 4 and whole // 10**4 % 10**4:  # noqa: PLR2004  万 after four places
            text += "万"
    text = (text or "零") + "元"
    if not cents:
        return text + "整"
    tenths, rest = divmod(cents, 10)
    return text + (figures[tenths] + "角" if tenths else "零") + (figures[rest] + "分" if rest else "整")
