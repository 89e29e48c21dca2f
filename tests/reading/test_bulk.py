"""A large plain table read by columns at once says what the reader of rows says, or leaves it to that reader."""

import pickle
import random

import pytest

from recon.reading.read import read_bytes
from recon.reading.tables import bulk

SHAPES = {
    "one signed column": ("Date,Description,Payee,Amount,Balance", ",", "utf-8", "\n"),
    "two columns, blanks": ("交易日期;摘要;收入;支出;余额", ";", "gb18030", "\r\n"),
    "constant account and currency": ("账号\t币种\t记账日期\t金额\t余额\t摘要\t对方户名", "\t", "utf-8-sig", "\n"),
}


def money(minor):
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100}.{abs(minor) % 100:02}"


def text(shape, rows=1500):
    head, mark, encoding, end = SHAPES[shape]
    r, balance, lines = random.Random(shape), 0, []  # noqa: S311 seeded on purpose
    for k in range(rows):
        amount = r.choice([-1, 1]) * r.randint(1, 10**6)
        balance += amount
        day = f"2024-{1 + k // 140:02}-{1 + k // 5 % 28:02}"
        cells = {"Date": day, "Description": "Payment", "Payee": f"P{k}", "Amount": money(amount),
                 "Balance": money(balance),
                 "交易日期": day.replace("-", ""), "摘要": "货款", "收入": money(amount) if amount > 0 else "",
                 "支出": money(-amount) if amount < 0 else "", "余额": money(balance), "账号": "6222000011112222",
                 "币种": "人民币", "记账日期": day, "金额": money(amount), "对方户名": f"户{k}"}  # fmt: skip
        lines.append(mark.join(cells[name] for name in head.split(mark)))
    return end.join([head, *lines, ""]), encoding


def told(reading):
    return [
        (reading.kind, reading.outcome, reading.reason, a.account, a.currency, a.opening, a.closing, a.lines.unpinned,
         a.lines.date.tolist(), a.lines.amount.tolist(), a.lines.balance.tolist(), a.lines.line.tolist(),
         dict(a.lines.text))
        for a in reading.accounts
    ]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_both_ways_of_reading_say_the_same(shape, monkeypatch):
    data = text(shape)[0].encode(text(shape)[1])
    by_rows = read_bytes(data, "a.csv")
    used = []
    monkeypatch.setattr(bulk, "LARGE", 0)
    monkeypatch.setattr(bulk, "closing", lambda *given: used.append(1) or closing(*given))
    by_columns = pickle.loads(pickle.dumps(read_bytes(data, "a.csv")))  # noqa: S301 our own bytes
    assert used
    assert told(by_columns) == told(by_rows)
    assert by_columns.outcome == "proven"


closing = bulk.closing


@pytest.mark.parametrize("change", ["digit", "quote", "blank date", "short row", "total row"])
def test_what_is_not_plain_is_left_to_the_reader_of_rows(change, monkeypatch):
    lines = text("one signed column")[0].splitlines()
    cells = lines[900].split(",")
    changed = {
        "digit": [*cells[:3], cells[3][:-1] + str((int(cells[3][-1]) + 1) % 10), cells[4]],
        "quote": [cells[0], '"a,b"', *cells[2:]],
        "blank date": ["", *cells[1:]],
        "short row": cells[:4],
        "total row": ["", "Total", "", "5.00", ""],
    }[change]
    lines[900] = ",".join(changed)
    data = "\n".join(lines).encode()
    by_rows = read_bytes(data, "a.csv")
    monkeypatch.setattr(bulk, "LARGE", 0)
    assert told(read_bytes(data, "a.csv")) == told(by_rows)
    assert change != "digit" or by_rows.outcome == "inconsistent"
