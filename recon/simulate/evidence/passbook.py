"""A savings passbook, printed line by line under pre-printed rules, and photographed page by page."""

import io
from random import Random

from PIL import Image, ImageDraw, ImageFont

from recon.core.money import to_display
from recon.simulate.evidence.camera import USUAL, Quality, photograph
from recon.simulate.evidence.frame import Statement, english, summary
from recon.simulate.evidence.paper import font_path
from recon.simulate.journal import Row
from recon.simulate.people import digits

#: Paper and scene in pixels, printed lines on a page, and the height of one.
PAPER, SCENE = (1480, 1060), (1700, 1260)
LINES, LEAD, TOP = 22, 40, 130
#: Head, what is printed, left edge, width in pixels, alignment.
Columns = tuple[tuple[str, str, int, int, str], ...]
CHINESE: Columns = (
    ("序号", "ordinal", 40, 70, "c"), ("日期", "date", 110, 170, "c"), ("摘要", "words", 280, 230, "l"),
    ("支出", "out", 510, 230, "r"), ("存入", "in", 740, 230, "r"), ("余额", "balance", 970, 270, "r"),
    ("柜员", "teller", 1240, 180, "c"),
)
ENGLISH: Columns = (
    ("Date", "date", 40, 180, "c"), ("Particulars", "words", 220, 400, "l"), ("Withdrawals", "out", 620, 230, "r"),
    ("Deposits", "in", 850, 230, "r"), ("Balance", "balance", 1080, 260, "r"), ("Initials", "teller", 1340, 100, "c"),
)
RULE, HEAD, INK = (150, 170, 160), (60, 110, 90), (45, 45, 60)


def tiff(statement: Statement, quality: Quality = USUAL) -> bytes:
    """All pages of the passbook, photographed one by one, in one file."""
    pages = [Image.open(io.BytesIO(data)) for data in photographs(statement, quality)]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="jpeg")
    return out.getvalue()


def photographs(statement: Statement, quality: Quality = USUAL) -> list[bytes]:
    """A JPEG of each page."""
    rng = statement.rng()
    rows = statement.print_in(statement.rows)
    sheets = [rows[first : first + LINES] for first in range(0, len(rows), LINES)] or [[]]
    papers = [_page(statement, number, sheet, rng) for number, sheet in enumerate(sheets)]
    return [photograph(paper, rng, SCENE, quality) for paper in papers]


def _page(statement: Statement, number: int, rows: list[Row], rng: Random) -> Image.Image:
    """One page: rules and heads are the bank's print, the lines the printer's at the counter."""
    columns = ENGLISH if statement.world.profile.locale == "en" else CHINESE
    paper = Image.new("RGB", PAPER, (243, 246, 240))
    draw = ImageDraw.Draw(paper)
    where = (PAPER[0] / 2, 30)
    draw.text(where, statement.account.form.bank, font=_font(30), fill=HEAD, anchor="mt")
    for head, _, left, width, _ in columns:
        draw.text((left + width / 2, TOP - 32), head, font=_font(25), fill=HEAD, anchor="mm")
        draw.line((left, TOP - 58, left, TOP + LINES * LEAD), fill=RULE, width=2)
    right = columns[-1][2] + columns[-1][3]
    draw.rectangle((columns[0][2], TOP - 58, right, TOP + LINES * LEAD), outline=RULE, width=2)
    for place in range(LINES):
        draw.line((columns[0][2], TOP + place * LEAD, right, TOP + place * LEAD), fill=RULE, width=1)
    for place, row in enumerate(rows):
        cells = _cells(statement, row, number * LINES + place + 1, rng)
        for _, name, left, width, align in columns:
            x = {"l": left + 8, "r": left + width - 8, "c": left + width // 2}[align]
            draw.text((x, TOP + place * LEAD + LEAD / 2 + 1), cells[name], font=_font(25), fill=INK,
                      anchor={"l": "lm", "r": "rm", "c": "mm"}[align])
    return paper


def _cells(statement: Statement, row: Row, ordinal: int, rng: Random) -> dict[str, str]:
    abroad = statement.world.profile.locale == "en"
    places = statement.world.places
    return {
        "ordinal": str(ordinal), "date": f"{row.when:%d-%m-%Y}" if abroad else f"{row.when:%Y%m%d}",
        "words": english(row)[1][:24] if abroad else summary(row),
        "out": to_display(-row.amount, places) if row.amount < 0 else "",
        "in": to_display(row.amount, places) if row.amount > 0 else "",
        "balance": to_display(row.balance, places), "teller": digits(rng, 5) if not abroad else "CW",
    }


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_path(), size)
