"""Sentences in the columns of a terminal's table."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from recon.cli.wrapping import wrapped


def test_chinese_is_broken_between_characters_and_no_line_begins_with_a_closing_mark():
    assert wrapped("已读取 40 笔明细，没有合计。", 10).split("\n") == ["已读取 40", "笔明细，没", "有合计。"]
    assert wrapped("余额都与上一行衔接。", 18).split("\n") == ["余额都与上一行衔", "接。"]


def test_words_are_kept_whole_and_longer_ones_are_cut():
    assert wrapped("a statement of account", 11).split("\n") == ["a statement", "of account"]
    assert wrapped("statement_2025_01.pdf", 10).split("\n") == ["statement_", "2025_01.pd", "f"]


@given(st.text("ab 1，。（）余额.,-", max_size=60), st.integers(6, 30))
def test_every_line_fits_and_nothing_is_lost(text, width):
    lines = wrapped(text, width).split("\n")
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
