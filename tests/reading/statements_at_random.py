"""Statements with known truth, drawn at random: columns, signs, dates and numbers as banks write them."""

import csv
import datetime as dt
import io
import random
from dataclasses import dataclass

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WORDS = {
    "zh": {
        "date": "交易日期",
        "said": "摘要",
        "party": "对方户名",
        "amount": "交易金额",
        "in": "收入",
        "out": "支出",
        "balance": "账户余额",
        "sign": "借贷标志",
        "+": "贷",
        "-": "借",
        "opening": "期初余额",
        "closing": "期末余额",
        "purposes": ["货款", "工资", "房租", "水电费", "手续费"],
        "parties": ["张三", "杭州某某贸易有限公司", "王小二面馆"],
    },
    "en": {
        "date": "Date",
        "said": "Description",
        "party": "Counterparty",
        "amount": "Amount",
        "in": "Credit",
        "out": "Debit",
        "balance": "Balance",
        "sign": "Dr/Cr",
        "+": "CR",
        "-": "DR",
        "opening": "Opening balance",
        "closing": "Closing balance",
        "purposes": ["Payment", "Salary", "Card purchase"],
        "parties": ["ACME Ltd", "J Smith", "Grocer 24"],
    },
    "de": {
        "date": "Buchungstag",
        "said": "Verwendungszweck",
        "party": "Empfänger",
        "amount": "Betrag",
        "in": "Haben",
        "out": "Soll",
        "balance": "Saldo",
        "sign": "S/H",
        "+": "H",
        "-": "S",
        "opening": "Anfangssaldo",
        "closing": "Endsaldo",
        "purposes": ["Miete", "Gehalt", "Einkauf"],
        "parties": ["Müller GmbH", "Stadtwerke"],
    },
}
DATES = {"zh": ["%Y-%m-%d", "%Y%m%d", "%Y年%m月%d日"], "en": ["%Y/%m/%d", "%d %b %Y"], "de": ["%d.%m.%Y"]}
WIDTHS = {"date": 75, "said": 95, "party": 110, "amount": 75, "in": 70, "out": 70, "balance": 80, "sign": 40}


@dataclass
class Statement:
    """A statement as cells, and its truth: day, signed minor units and balance of each line, oldest first."""

    columns: list[str]
    preamble: list[str]
    head: list[str]
    rows: list[list[str]]
    truth: list[tuple[dt.date, int, int]]
    draw: random.Random

    def as_csv(self) -> bytes:
        """Separated text in an encoding that holds it."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.draw.choice(",;\t"))
        writer.writerows([[line] for line in self.preamble])
        writer.writerows([self.head, *self.rows])
        encodings = ["utf-8", "utf-16", "utf-8-sig"] + (["gb18030"] if "交易日期" in self.head else [])
        return out.getvalue().encode(self.draw.choice(encodings))

    def as_pdf(self) -> bytes:
        """Pages with right-aligned figures, the header on each page or only the first, rules or none."""
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(595, 842))
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        ruled, each = self.draw.random() < 0.5, self.draw.random() < 0.5
        rows = iter([[line] for line in self.preamble] + [self.head, *self.rows])
        y = 0
        for number, row in enumerate(rows):
            if y < 60:
                if number:
                    canvas.showPage()
                canvas.setFont("STSong-Light", 8)
                y = 800
                if number > len(self.preamble) and each:
                    self._print(canvas, self.head, y)
                    y -= 15
            self._print(canvas, row, y)
            if ruled:
                canvas.line(30, y - 4, 560, y - 4)
            y -= 15
        canvas.save()
        return out.getvalue()

    def _print(self, canvas: Canvas, row: list[str], y: float) -> None:
        x = 30
        for name, cell in zip(self.columns, row, strict=False):
            if name in {"amount", "in", "out", "balance"} and len(row) > 1:
                canvas.drawRightString(x + WIDTHS[name] - 5, y, cell)
            else:
                canvas.drawString(x, y, cell)
            x += WIDTHS[name]


def draw(seed: int, *, opening: bool = True) -> Statement:
    """The statement of *seed*; *opening* prints the balances at both ends."""
    r = random.Random(seed)  # noqa: S311 seeded on purpose
    language = r.choice(sorted(WORDS))
    words = WORDS[language]
    day, balance, truth = dt.date(2024, r.randint(1, 12), r.randint(1, 28)), r.randint(0, 10**7), []
    first = balance
    for _ in range(r.choice([5, 12, 40])):
        day += dt.timedelta(days=r.choice([0, 0, 1, 3]))
        amount = r.choice([1, -1]) * r.choice([r.randint(1, 999), r.randint(10**3, 10**5), r.randint(10**5, 10**7)])
        balance += amount
        truth.append((day, amount, balance))
    money = {"one": ["amount"], "two": ["out", "in"], "word": ["sign", "amount"]}
    columns = ["date", "said", "party", *money[r.choice(sorted(money))], "balance"]
    style, pattern = language == "de", r.choice(DATES[language])
    rows = [_row(columns, line, words, pattern, style, r) for line in truth]
    ends = [f"{words['opening']}: {money_text(first, style)}", f"{words['closing']}: {money_text(balance, style)}"]
    rows = rows[::-1] if r.random() < 0.3 else rows
    return Statement(columns, ends if opening else [], [words[c] for c in columns], rows, truth, r)


def _row(columns, line, words, pattern, comma, r):
    day, amount, balance = line
    cells = {"date": day.strftime(pattern), "said": r.choice(words["purposes"]), "party": r.choice(words["parties"])}
    cells["balance"] = money_text(balance, comma)
    cells["amount"] = money_text(abs(amount) if "sign" in columns else amount, comma)
    cells["in"] = money_text(amount, comma) if amount > 0 else ""
    cells["out"] = money_text(-amount, comma) if amount < 0 else ""
    cells["sign"] = words["+" if amount > 0 else "-"]
    return [cells[c] for c in columns]


def money_text(minor: int, comma: bool) -> str:  # noqa: FBT001 a flag of the layout
    """An amount as printed, with a decimal comma or point."""
    text = f"{abs(minor) // 100:,}.{abs(minor) % 100:02}"
    text = text.translate(str.maketrans(",.", ".,")) if comma else text
    return f"-{text}" if minor < 0 else text
