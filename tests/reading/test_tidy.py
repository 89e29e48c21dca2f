"""Glued cells are parted, marks of figures put right, and pages photographed apart laid over each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recon.evidence.page import Page
from recon.reading.scans.overlay import laid_over
from recon.reading.scans.tidy import tidied


def page(words, boxes=None, number=1, width=600):
    box = np.array(boxes or [[40 * k, 10, 40 * k + 30, 20] for k in range(len(words))], np.float32)
    return Page(number, width, 800, list(words), box, confidence=np.ones(len(words), np.float32))


def said(*words):
    return tidied(page(words)).words


@pytest.mark.parametrize(("word", "cells"), [
    ("账户余额对方户名", ["账户余额", "对方户名"]), ("2,400.00张三", ["2,400.00", "张三"]),
    ("20250101网银转账", ["20250101", "网银转账"]), ("2025年01月01日", ["2025年01月01日"]), ("汇入汇款", ["汇入汇款"]),
    ("对方户名", ["对方户名"]), ("1234", ["1234"]), ("Paid in", ["Paid in"]),
])
def test_words_of_two_cells_are_parted_and_others_left(word, cells):
    done = tidied(page([word]))
    assert done.words == cells
    assert done.box[0, 0] == 0
    assert done.box[-1, 2] == pytest.approx(30, abs=0.01)
    assert (np.diff(done.box[:, [0, 2]].ravel()) > 0).all()


@pytest.mark.parametrize(("word", "right"), [
    ("1.172.00", "1,172.00"), ("33,370,85", "33,370.85"), ("1,172。00", "1,172.00"), ("1,O72.OO", "1,072.00"),
    ("10:31", "10:31"), ("09:31:22", "09:31:22"), ("2025.01.15", "2025.01.15"), ("SO.lO", "SO.lO"), ("12.05", "12.05"),
    ("-1.172.00", "-1,172.00"), ("¥12.50", "¥12.50"),
])
def test_figures_take_the_marks_of_their_page(word, right):
    assert said("5.00", "77.20", word)[-1] == right


def test_a_page_with_decimal_commas_keeps_them():
    assert said("5,00", "1.277,20", "33.370.85")[-1] == "33.370,85"


@pytest.mark.parametrize(("head", "right"), [
    (("交易日期", "借方发生额", "货方发生额", "账户余额"), ("交易日期", "借方发生额", "贷方发生额", "账户余额")),
    (("Date", "Details", "Withdrawa1s", "Deposlts", "Balance"),
     ("Date", "Details", "withdrawals", "deposits", "Balance")),
    (("货方发生额", "12.00", "转账"), ("货方发生额", "12.00", "转账")),
    (("交易日期", "摘要", "账户余额", "贷款还息"), ("交易日期", "摘要", "账户余额", "贷款还息")),
])
def test_a_title_of_a_head_with_one_character_misread_is_known(head, right):
    assert tuple(said(*head)) == right


TITLES = ("Date", "Details", "Paid out", "Paid in", "Balance")


def sheet(number, scale=1.0, left=0.0, *, titles=True):
    """A page of a table, photographed from nearer (*scale*) and further to the right (*left*)."""
    words, boxes = [], []
    for row in range(14):
        for k, x in enumerate((20, 90, 260, 340, 430)):
            head = titles and not row
            words.append(TITLES[k] if head else f"{row}{k}.{k}0")
            boxes.append([left + scale * x, scale * 20 * row, left + scale * (x + 45), scale * (20 * row + 9)])
    return page(words, boxes, number, left + scale * 500)


@given(scale=st.floats(0.9, 1.1), left=st.floats(0, 60), titles=st.booleans())
def test_columns_of_a_second_page_stand_over_those_of_the_first(scale, left, titles):
    first, second = laid_over([sheet(1), sheet(2, scale, left, titles=titles)])
    for column in range(5):
        a, b = (laid.page.box[5 + column:: 5, 0] for laid in (first, second))
        assert abs(float(np.median(a)) - float(np.median(b))) < 4
    own = sheet(2, scale, left, titles=titles).box[17]
    back = second.back(second.page.box[17].tolist())
    assert back[0] == pytest.approx(own[0], abs=2)
    assert back[2] == pytest.approx(own[2], abs=2)


def test_pages_without_words_are_laid_too():
    blank = Page(2, 100, 100, [], np.empty((0, 4), np.float32))
    assert [len(laid.page.words) for laid in laid_over([sheet(1), blank])] == [70, 0]
    assert laid_over([blank])[0].page.words == []
