"""Papers with a form of their own: VAT invoices, till slips, receipts written by hand, loan contracts."""

from random import Random

from recon.simulate.evidence.papers.form import Hand
from recon.simulate.evidence.papers.marks import Sheet
from recon.simulate.evidence.papers.said import Said
from recon.simulate.people import digits, tax_number

_PEN, _PRINT, _RED = (30, 40, 120), (140, 50, 40), (200, 35, 35)
_FIGURES = frozenset({3, 4, 5, 6, 7})


def vat_invoice(said: Said, rng: Random) -> Sheet:
    """The state's form: two boxes of parties, goods with net, rate and tax, the total in capitals and figures."""
    hand, sheet = Hand(said, rng), Sheet(760, 470, "zh-CN")
    digital = said.kind == "vat_digital"
    sheet.put(380, 24, rng.choice(hand.words["titles"][said.kind]), 20, "centre", _PRINT)
    colon = rng.choice(("：", ":"))
    heads = [] if digital else [f"发票代码{colon}{digits(rng, 12)}"]
    heads += [f"发票号码{colon}{said.number}", f"开票日期{colon}{said.date:%Y年%m月%d日}"]
    if not digital and said.kind != "vat_electronic":
        sheet.put(600, 20, f"No {said.number}", 14)
        heads = heads[2:]
    for n, text in enumerate(heads):
        sheet.put(560, 40 + 15 * n, text, 10)
    _parties(sheet, said, rng, digital=digital)
    y = _vat_goods(sheet, hand, digital=digital)
    sheet.box(30, y, 730, y + 26)
    sheet.put(40, y + 8, "价税合计（大写）", 10)
    sheet.put(190, y + 8, ("ⓧ" if rng.random() < 0.3 else "") + said.capitals, 10)  # noqa: PLR2004 some print a mark
    sheet.put(520, y + 8, rng.choice(("（小写）¥", "（小写） ¥", "(小写)￥")) + said.money(said.total), 10)
    if digital:
        sheet.put(40, y + 70, f"开票人{colon}{said.extra['clerk']}", 9)
    else:
        for n, (label, name) in enumerate((("收款人", "checker"), ("复核", "checker"), ("开票人", "clerk"))):
            sheet.put(60 + 180 * n, 445, f"{label}{colon}{said.extra[name]}", 9)
    return sheet


def _parties(sheet: Sheet, said: Said, rng: Random, *, digital: bool) -> None:
    """Buyer and seller: side by side on the digital form; the seller at the foot on the paper one."""
    sides = (("购", said.buyer), ("销", said.seller))
    for n, (side, name) in enumerate(sides):
        x, y = (40.0 + 350 * n, 100.0) if digital else (40.0, (96.0, 370.0)[n])
        title = f"{side}{'售' if n else '买'}方{'信息' if digital else ''}"
        sheet.put(x, y, title, 9, "left", _PRINT)
        sheet.put(x + 70, y, f"名称：{name}" if digital else f"名    称：{name}", 10)
        sheet.put(x + 70, y + 18, f"统一社会信用代码/纳税人识别号：{tax_number(rng)}" if digital
                  else f"纳税人识别号：{tax_number(rng)}", 9 if digital else 10)
        if not digital:
            sheet.put(x + 70, y + 34, f"地址、电话：{said.extra['phone']}", 9)
    sheet.box(30, 90, 730, 150)


def _vat_goods(sheet: Sheet, hand: Hand, *, digital: bool) -> float:
    """Goods and their sums; returns where the box of the total begins."""
    said, rng = hand.said, hand.rng
    right = (180.0, 250.0, 300.0, 370.0, 460.0, 560.0, 630.0, 725.0)
    name = "项目名称" if digital else rng.choice(("货物或应税劳务、服务名称", "货物或应税劳务名称"))
    heads = (name, "规格型号", "单位", "数 量", "单 价", "金 额", "税率/征收率" if digital else "税率", "税 额")
    rows = [heads]
    left_tax = said.tax or 0
    for n, line in enumerate(said.lines):
        tax = left_tax if n == len(said.lines) - 1 else line.amount * said.rate // 100
        left_tax -= tax
        rows.append((f"*商品*{line.name}", "", line.unit, str(line.count), said.money(line.price),
                     said.money(line.amount), f"{said.rate}%", said.money(tax)))
    top = 160.0
    for row, texts in enumerate(rows):
        for k, text in enumerate(texts):
            size = 9 if row else 8.5
            if k in _FIGURES:
                sheet.put(right[k], top + 18 * row, text, size, "right")
            else:
                sheet.put(40.0 if k == 0 else right[k - 1] + 8, top + 18 * row, sheet.fitting(text, size, 145), size)
    bottom = top + 18 * len(rows) + 14
    sheet.put(60, bottom, rng.choice(("合    计", "合  计", "合计")), 10)
    sheet.put(right[5], bottom, "¥" + said.money(said.net), 10, "right")
    sheet.put(right[7], bottom, "¥" + said.money(said.tax), 10, "right")
    sheet.box(30, 152, 730, bottom + 18)
    return bottom + 18


def till_slip(said: Said, rng: Random) -> Sheet:
    """A narrow thermal print: goods, total, what was given and the change."""
    hand, zh = Hand(said, rng), said.locale == "zh-CN"
    sheet = Sheet(226, 240 + 17.0 * len(said.lines), said.locale, (246, 246, 244))
    words, y = hand.words["till"], 44.0
    sheet.put(113, 14, said.seller, min(13.0, 13 * 210 / sheet.wide(said.seller, 13)), "centre")
    title = rng.choice(hand.words["titles"][said.kind])
    sheet.put(113, 32, title, 10, "centre")
    number = f"{hand.label('number')}{hand.colon or ' '}{said.number}"
    when = f"{said.date:{hand.day}} {said.extra['time']}"
    when = f"{hand.label('date')}{hand.colon}{when}" if hand.chance(5) else when
    lines = [number, when, f"{hand.label('clerk')}{hand.colon or ' '}{said.extra['clerk'][:6]}", "-" * 34]
    if hand.chance(3):
        lines[0], lines[1] = lines[1], lines[0]
    for text in lines:
        y += 14
        sheet.put(10, y, text, 9)
    for line in said.lines:
        y += 16
        sheet.put(10, y, sheet.fitting(line.name, 9, 100), 9)
        if line.count > 1 and hand.chance(6):
            sheet.put(150, y, f"x{line.count}", 9, "right")
        sheet.put(216, y, hand.money(line.amount), 9, "right")
    sheet.put(10, y + 14, "-" * 34, 9)
    given = said.total or 0
    paid = rng.choice(words["paid"])
    cash = paid in {"现金", "实收", "CASH", "Cash tendered"}
    given = -(-given // 10_000) * 10_000 if cash and hand.chance(6) else given
    totals = [(rng.choice(words["sum"]), said.total), (paid, given)]
    totals += [(rng.choice(words["change"]), given - (said.total or 0))] if cash else []
    y += 22
    for n, (label, amount) in enumerate(totals):
        sheet.put(10, y + 17 * n, label + (hand.colon.strip() if zh else ""), 12 if n == 0 else 9)
        sheet.put(216, y + 17 * n, hand.signed(amount), 12 if n == 0 else 9, "right")
    sheet.put(113, y + 17 * len(totals) + 14, rng.choice(words["thanks"]), 8, "centre")
    return sheet


def hand_receipt(said: Said, rng: Random) -> Sheet:
    """A bought form filled in by pen: a sentence or boxes, the amount in figures and, in Chinese, in capitals."""
    hand, sheet = Hand(said, rng), Sheet(480, 290, said.locale, (250, 246, 236))
    words = hand.words["hand"]
    sheet.put(240, 18, rng.choice(hand.words["titles"][said.kind]), 20, "centre", _PRINT)
    sheet.put(450, 48, f"{rng.choice(('No', 'NO.', '№ ')) if said.locale == 'zh-CN' else hand.label('number')} "
              f"{said.number}", 11, "right", _RED)
    day = f"{said.date:%Y年%m月%d日}" if said.locale == "zh-CN" else f"{said.date:{hand.day}}"
    sheet.put(40, 52, day if hand.chance(5) else f"{hand.label('date')}{hand.colon or ' '}{day}", 11, "left", _PEN)
    sign = hand.sign or ("¥" if said.locale == "zh-CN" else "")
    small = (rng.choice(words["small"]), sign + hand.money(said.total))
    rows = [(rng.choice(words["payer"]), said.buyer), (hand.label("purpose"), said.terms["purpose"])]
    if hand.chance(4):
        sentence = rng.choice(words["sentences"]).format(buyer=said.buyer, purpose=said.terms["purpose"])
        rows = [("", sentence)]
    rows += [(hand.label("capitals"), said.capitals)] if said.capitals else []
    rows.append(small)
    for n, (label, value) in enumerate(rows):
        y = 84 + 36.0 * n
        sheet.put(48, y, label, 11, "left", _PRINT)
        sheet.put(48 if not label else 170, y, value, 12, "left", _PEN)
        sheet.rule(40, y + 24, 445, y + 24)
    sheet.box(40, 72, 445, 72 + 36.0 * len(rows))
    sheet.put(48, 84 + 36.0 * len(rows), f"{rng.choice(words['payee'])}{hand.colon or ': '}{said.seller}", 11)
    return sheet


def contract(said: Said, rng: Random) -> Sheet:
    """A loan contract's first page: parties, sum, purpose, term and rate in clauses."""
    hand, sheet = Hand(said, rng), Sheet(595, 842, said.locale)
    sheet.put(297, 60, rng.choice(hand.words["titles"][said.kind]), 20, "centre")
    sheet.put(550, 100, f"{hand.label('number')}{hand.colon or ' '}{said.number}", 11, "right")
    day = "%Y年%m月%d日" if said.locale == "zh-CN" else rng.choice(("%d %B %Y", "%d %b %Y"))
    facts = {"seller": said.seller, "buyer": said.buyer, "capitals": said.capitals, "rate": said.terms["rate"],
             "total": said.money(said.total, grouped=True), "currency": said.currency,
             "start": f"{said.date:{day}}", "end": f"{said.due:{day}}"}
    for n, line in enumerate(hand.words["contract"][rng.choice(("lines", "other"))]):
        sheet.put(60, 140 + 26.0 * n, line.format(**facts), 12)
    return sheet
