"""Statements that print a date once a day and a balance on the day's last line, over several pages."""

import datetime as dt
import io
import random
from itertools import groupby

import pytest
from reportlab.pdfgen.canvas import Canvas

from recon.reading.read import read_bytes

TITLES = ("Date", "Description", "Money out", "Money in", "Balance")
LEFT, RIGHT = (44, 98), (392, 460, 544)
FIRST = 9_157_779


def drawn(seed, days=40, most=6):
    """Lines of *days* days as (day, words, signed cents, balance)."""
    r = random.Random(seed)  # noqa: S311 seeded on purpose
    balance, found = FIRST, []
    for n in range(days):
        for _ in range(r.randint(1, most)):
            amount = r.choice([1, -1]) * r.randint(1, 10**6)
            balance += amount
            words = r.choice(["CARD SETTLEMENT", "JOANNE SHELDON SALARY", "HARLOW FASTENERS LTD"])
            found.append((dt.date(2025, 1, 1) + dt.timedelta(days=n), words, amount, balance))
    return found


def money(minor):
    """Cents as printed."""
    return f"{'-' * (minor < 0)}{abs(minor) // 100:,}.{abs(minor) % 100:02}"


def cells(lines, on_top):
    """Printed rows: the date on a day's first line and on those that *on_top* names, the balance on its last."""
    for _, group in groupby(enumerate(lines), key=lambda pair: pair[1][0]):
        day = list(group)
        for k, (n, (date, words, amount, balance)) in enumerate(day):
            came, went = (money(amount), "") if amount > 0 else ("", money(-amount))
            printed = f"{date:%d %b %y}" if k == 0 or on_top(n) else ""
            yield printed, words, went, came, money(balance) if k == len(day) - 1 else ""


def pdf(lines, *, per_page=25, heads=True, again=True, balances=True):
    """Pages with the bank's head on each; *heads*: titles on each page too; *again*: the date at a page's top too."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    rows = list(cells(lines, lambda n: again and n % per_page == 0))
    ends = f"Start balance {money(FIRST)}", f"End balance {money(lines[-1][3])}"
    for start in range(0, len(rows), per_page):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(44, 800, "Lloyd & Mercer Bank plc")
        canvas.drawString(340, 800, "Statement (2025.02)")
        canvas.drawString(44, 786, "Account 20-99-43 13649414")
        for x, text in zip((44, 320), ends if balances else (), strict=False):
            canvas.drawString(x, 772, text)
        if heads or not start:
            row_at(canvas, 750, TITLES)
        for k, row in enumerate(rows[start : start + per_page]):
            row_at(canvas, 734 - 14 * k, row)
        canvas.drawString(250, 40, f"Page {start // per_page + 1} of {-(-len(rows) // per_page)}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def row_at(canvas, y, row):
    for x, text in zip(LEFT, row[:2], strict=True):
        canvas.drawString(x, y, text)
    for x, text in zip(RIGHT, row[2:], strict=True):
        canvas.drawRightString(x, y, text)


def told(reading):
    lines = reading.accounts[0].lines
    return list(zip(map(str, lines.date), lines.amount.tolist(), strict=True))


def true(lines):
    return [(str(day), amount) for day, _, amount, _ in lines]


@pytest.mark.parametrize("heads", [True, False])
@pytest.mark.parametrize("again", [True, False])
def test_a_date_once_a_day_is_carried_over_pages_and_the_printed_ends_prove_the_file(heads, again):
    lines = drawn(5)
    reading = read_bytes(pdf(lines, heads=heads, again=again), "a.pdf")
    assert (told(reading), reading.outcome) == (true(lines), "proven")
    assert (reading.accounts[0].opening, reading.accounts[0].closing) == (FIRST, lines[-1][3])


def test_a_page_on_which_no_line_prints_its_date_keeps_its_lines():
    lines = drawn(7, days=4, most=60)
    reading = read_bytes(pdf(lines, per_page=12, again=False), "a.pdf")
    assert max(len(list(day)) for _, day in groupby(lines, key=lambda line: line[0])) > 24
    assert (told(reading), reading.outcome) == (true(lines), "proven")


def test_one_changed_digit_among_lines_with_few_balances_is_caught():
    lines = drawn(9, days=20)
    changed = [(d, w, a + 700 * (k == 8), b) for k, (d, w, a, b) in enumerate(lines)]
    assert read_bytes(pdf(changed), "a.pdf").outcome in {"inconsistent", "doubtful"}


def test_without_printed_ends_the_lines_are_right_and_the_file_is_not_called_false():
    lines = drawn(11)
    reading = read_bytes(pdf(lines, balances=False), "a.pdf")
    assert told(reading) == true(lines)
    assert reading.outcome in {"proven", "unprovable"}


def test_a_table_carries_its_date_over_a_repeated_header():
    lines = drawn(13, days=8)
    rows = [",".join(f'"{cell}"' for cell in row) for row in cells(lines, lambda _: False)]
    text = "".join(",".join(TITLES) + "\n" + "\n".join(rows[k : k + 5]) + "\n" for k in range(0, len(rows), 5))
    ends = f'Start balance,"{money(FIRST)}"\nEnd balance,"{money(lines[-1][3])}"\n'
    reading = read_bytes((ends + text).encode(), "a.csv")
    assert (told(reading), reading.outcome) == (true(lines), "proven")
