"""A photographed statement is proven line by line: what was misread is put right, and never counts as proven."""

import random
import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from recon.core.words import known
from recon.evidence import pdf, picture
from recon.evidence.page import Page
from recon.reading.report import as_json, reason
from recon.reading.scans import scan
from tests.benchmarks.scans.repair import ALIKE
from tests.reading.statements_at_random import draw

EDGES = {"date": (30, "l"), "words": (110, "l"), "out": (300, "r"), "in": (390, "r"), "balance": (490, "r")}
TITLES = {"date": "交易日期", "words": "摘要", "out": "支出", "in": "收入", "balance": "余额"}
AMOUNTS = (240000, -117200, -170000, -107700, 12900, 330000, -55200, 203000, -300000, 240000, -75500, -80196)
OPENING = 3_097_085


def money(minor):
    return f"{minor // 100:,}.{minor % 100:02d}"


def rows():
    """The statement's cells as printed."""
    balance, found = OPENING, []
    for k, amount in enumerate(AMOUNTS):
        balance += amount
        side = "in" if amount > 0 else "out"
        day = f"202501{k + 2:02d}"
        found.append({"date": day, "words": "转账汇款", side: money(abs(amount)), "balance": money(balance)})
    return found


def pages(table, *, opening=True, closing=True):
    """One page of words, as an engine would see *table*."""
    words, boxes = [], []

    def put(text, x, y, align):
        wide = sum(8.0 if ch > "\u2e80" else 4.2 for ch in text)
        left = x - wide if align == "r" else x
        words.append(text)
        boxes.append((left, y, left + wide, y + 9.2))

    y = 20.0
    if opening:
        put(f"期初余额：{money(OPENING)}", 30, y, "l")
    for line in [TITLES, *table]:
        y += 16
        for name, text in line.items():
            put(text, *((EDGES[name][0], y, EDGES[name][1])))
    if closing:
        put(f"期末余额：{money(OPENING + sum(AMOUNTS))}", 30, y + 24, "l")
    box = np.array(boxes, np.float32)
    return [Page(1, 560, 800, words, box, confidence=np.full(len(words), 0.99, np.float32))]


def read(monkeypatch, table, seen=(), tmp="a.jpg", **ends):
    """The reading of *table*; another look sees *seen* where a text in it stands, else what was read, twice."""
    looked = []

    def again(path, name, places, shapes, password=None):
        del path, name, shapes, password
        sheet, found = pages(table, **ends)[0], []
        for _, (left, top, right, bottom) in places:
            inside = [w for w, (a, b, c, d) in zip(sheet.words, sheet.box.tolist(), strict=True)
                      if left - 3 <= (a + c) / 2 <= right + 3 and top - 3 <= (b + d) / 2 <= bottom + 3]
            text = inside[0] if inside else ""
            looked.append(text)
            found.append(dict(seen).get(text, (text, text)))
        return found

    monkeypatch.setattr(picture, "again", again)
    return scan.statement(pages(table, **ends), tmp, "a.jpg"), looked


def changed(line, name, text):
    table = rows()
    table[line] = {**table[line], name: text}
    return table


def test_a_page_that_closes_as_read_is_proven_and_every_line_verified(monkeypatch):
    reading, looked = read(monkeypatch, rows())
    lines = reading.accounts[0].lines
    assert (reading.outcome, set(lines.state), lines.unpinned, looked) == ("proven", {"verified"}, (), [])
    assert lines.amount.tolist() == list(AMOUNTS)


@pytest.mark.parametrize(("line", "name", "misread"), [
    (4, "in", "128.00"), (4, "balance", "29,650.85"), (6, "out", "562.00"), (0, "in", "2,900.00"),
    (2, "out", "1.700.00"), (5, "in", "3,300.OO"), (3, "out", "l,077.00"),
])
def test_a_misread_figure_is_put_right_and_shown(monkeypatch, line, name, misread):
    nothing = {misread: ("", "")}
    reading, _ = read(monkeypatch, changed(line, name, misread), nothing)
    account = reading.accounts[0]
    lines = account.lines
    assert lines.amount.tolist() == list(AMOUNTS)
    assert lines.balance.tolist() == (OPENING + np.cumsum(AMOUNTS)).tolist()
    if lines.state[line] == "repaired":  # the others were only marks that the page itself puts right
        assert (reading.outcome, reading.reason) == ("doubtful", "picture_statement_repaired")
        assert not lines.pinned[line]
        assert lines.pinned.sum() >= len(lines) - 3
        (_, was, taken), = lines.repairs[line]
        assert was == misread
        assert taken == rows()[line][name].replace(",", "")
        assert {"scan_repaired"} <= {finding.code for finding in reading.findings}
    else:
        assert reading.outcome == "proven"


def test_another_look_that_sees_the_needed_figure_proves_the_line(monkeypatch):
    reading, looked = read(monkeypatch, changed(4, "in", "128.00"), {"128.00": ("129.00", "128.00")})
    assert "128.00" in looked
    assert (reading.outcome, set(reading.accounts[0].lines.state)) == ("proven", {"verified"})


def test_a_statement_that_truly_does_not_foot_is_not_proven(monkeypatch):
    reading, _ = read(monkeypatch, changed(4, "in", "5,764.31"))
    lines = reading.accounts[0].lines
    assert reading.outcome == "inconsistent"  # both engines read it so
    assert lines.amount[4] == 576431
    assert not reading.accounts[0].proven
    assert lines.state[4] != "verified"


def test_a_changed_digit_that_looks_like_another_is_at_most_doubtful(monkeypatch):
    reading, _ = read(monkeypatch, changed(4, "in", "128.00"))
    assert reading.outcome in {"doubtful", "inconsistent"}
    assert not (reading.accounts[0].proven and reading.accounts[0].lines.pinned[4])


def test_without_printed_ends_the_first_amount_is_looked_at_again(monkeypatch):
    reading, looked = read(monkeypatch, rows(), opening=False, closing=False)
    lines = reading.accounts[0].lines
    assert "2,400.00" in looked
    assert (reading.outcome, reading.reason) == ("proven", "chain_closes_after_first")
    assert (lines.state[0], lines.unpinned) == ("verified", (0,))
    reading, _ = read(monkeypatch, rows(), {"2,400.00": ("", "")}, opening=False, closing=False)
    assert reading.accounts[0].lines.state[0] == "suspect"


def test_a_date_out_of_order_that_both_looks_see_is_printed_so(monkeypatch):
    table = changed(5, "date", "20250105")
    reading, looked = read(monkeypatch, table)
    assert "20250105" in looked
    assert reading.outcome == "proven"
    assert "date_out_of_order" in {finding.code for finding in reading.findings}
    table[8] = {**table[8], "out": "3,080.00"}
    reading, _ = read(monkeypatch, table, {"3,080.00": ("", "")})
    assert reading.accounts[0].lines.amount.tolist() == list(AMOUNTS)  # both the date and the figure were looked at
    table = changed(5, "date", "20250105")
    reading, _ = read(monkeypatch, table, {"20250105": ("20250107", "20250107")})
    assert (reading.outcome, reading.reason) == ("doubtful", "date_out_of_order")


def test_a_picture_too_poor_for_most_lines_is_still_a_statement_where_some_are_confirmed(monkeypatch):
    table = rows()
    for k in range(5, 12):
        table[k] = {**table[k], "balance": f"{91 + k},{7 * k:03d}.{k + 13}"}
    reading, _ = read(monkeypatch, table, closing=False)
    states = reading.accounts[0].lines.state
    assert 3 <= states.count("verified") < len(states) / 2
    assert reading.outcome != "proven"
    assert scan.stands(reading)
    reading, _ = read(monkeypatch, [{**line, "balance": "77.00"} for line in table], opening=False, closing=False)
    assert not scan.stands(reading)


def test_boxes_lead_back_to_the_picture_and_states_reach_the_reader(monkeypatch):
    sheet, = pages(changed(4, "in", "128.00"))
    larger = replace(sheet, box=sheet.box * 4, width=2240, height=3200)
    monkeypatch.setattr(picture, "again", lambda _path, _name, places, *_: [("", "")] * len(places))
    reading = scan.statement([larger], "a.jpg", "a.jpg")
    box = reading.accounts[0].lines.box[4]
    top = 4 * (20 + 16 * 6)
    assert box[0] == pytest.approx(4 * 30, abs=30)
    assert top - 8 < box[1] < box[3] < top + 60
    told = as_json(reading, language="en")["accounts"][0]["transactions"]
    assert [line["state"] for line in told].count("repaired") == 1
    for language in ("zh-CN", "en"):
        assert known(f"reading.reason.{reading.reason}")
        assert "{" not in reason(reading, language)


def test_a_page_of_prose_or_none_is_no_statement():
    words = ["this", "page", "says", "nothing", "of", "money", "nor", "of", "days"]
    box = np.array([[30 * k, 10, 30 * k + 25, 20] for k in range(len(words))], np.float32)
    prose = Page(1, 500, 500, words, box, confidence=np.ones(len(words), np.float32))
    assert scan.statement([prose], "a.jpg", "a.jpg") is None
    assert scan.statement([replace(prose, words=[], box=box[:0], confidence=None)], "a.jpg", "a.jpg") is None


def test_in_any_layout_misread_digits_are_put_right_and_no_verified_line_is_wrong(monkeypatch):
    monkeypatch.setattr(picture, "again", lambda _path, _name, places, *_: [("", "")] * len(places))
    tally = Counter()
    for seed in range(18):
        statement, dice = draw(seed), random.Random(seed)  # noqa: S311 seeded on purpose
        seen = [misread(each, dice, 0.03) for each in pdf.pages(statement.as_pdf(), "a.pdf")]
        reading = scan.statement(seen, "a.jpg", "a.jpg")
        wanted = Counter(statement.truth)
        for lines in (account.lines for account in reading.accounts):
            columns = (lines.date.tolist(), lines.amount.tolist(), lines.balance.tolist())
            for *line, state in zip(*columns, lines.state, strict=True):
                right = wanted[tuple(line)] > 0
                wanted[tuple(line)] -= right
                tally[state, right] += 1
        tally["rows"] += len(statement.truth)
    assert tally["verified", False] == 0
    assert tally["repaired", True] > 5
    assert sum(tally[state, True] for state in ("verified", "repaired", "suspect")) >= 0.99 * tally["rows"]


def misread(sheet, dice, share):
    """A digital page as an engine may see it: some figures with a digit taken for one that looks alike."""
    words = list(sheet.words)
    for k, word in enumerate(words):
        if re.search(r"\d[.,]\d\d$", word) and dice.random() < share:
            at = dice.choice([i for i, sign in enumerate(word) if sign.isdigit()])
            words[k] = word[:at] + dice.choice(ALIKE[word[at]]) + word[at + 1:]
    return replace(sheet, words=words, confidence=np.full(len(words), 0.9, np.float32))


def leaf(number, table, printed, **ends):
    """One of two pages, photographed as the *number*-th of a file."""
    sheet, = pages(table, **ends)
    box = np.vstack([sheet.box, np.array([[30, 700, 90, 709]], np.float32)])
    sure = np.full(len(box), 0.99, np.float32)
    return replace(sheet, number=number, words=[*sheet.words, f"第{printed}页/共2页"], box=box, confidence=sure)


@pytest.mark.parametrize(("order", "outcome", "said"), [
    ((1, 2), "proven", set()), ((2, 1), "proven", set()), ((1, 1, 2), "proven", {"pages_twice"}),
    ((2, 1, 2), "proven", {"pages_twice"}), ((1, 1), "doubtful", {"pages_twice", "pages_missing"}),
])
def test_pages_photographed_in_any_order_or_twice_are_each_read_once(monkeypatch, order, outcome, said):
    monkeypatch.setattr(picture, "again", lambda _path, _name, places, *_: [("", "")] * len(places))
    halves = {1: (rows()[:6], {"closing": False}), 2: (rows()[6:], {"opening": False})}
    seen = [leaf(k, halves[n][0], n, **halves[n][1]) for k, n in enumerate(order, 1)]
    reading = scan.statement(seen, "a.jpg", "a.jpg")
    codes = {finding.code for finding in reading.findings}
    assert (reading.outcome, said <= codes) == (outcome, True)
    assert sum(len(account.lines) for account in reading.accounts) == 6 * len(set(order))
