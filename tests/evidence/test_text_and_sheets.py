"""Bytes become text and grids as written."""

import io
import zipfile

import pytest
import xlsxwriter
import xlwt

from recon.core.errors import ReconError
from recon.evidence import archive, sheet
from recon.evidence.text import decode

CHINESE = "交易日期,摘要,金额\n2025-01-02,杭州货款,12.50\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5"])
def test_chinese_text_reads_back_in_any_encoding(encoding):
    text = (
        CHINESE.replace("交易", "日").replace("额", "錢").replace("货", "貨").replace("摘要", "用途")
        if encoding == "big5"
        else CHINESE
    )
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(("text", "encoding"), [("Überweisung Müller", "cp1252"), ("Перевод средств", "cp1251")])
def test_western_and_cyrillic_text_is_not_taken_for_chinese(text, encoding):
    assert decode(text.encode(encoding)).text == text


def test_utf8_that_was_cut_inside_a_character_is_still_utf8_and_says_so():
    found = decode((CHINESE * 20 + "货").encode()[:-1])
    assert (found.encoding, found.damaged) == ("utf-8", 1)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    grid = sheet.separated(
        separator.join(["a", "b,1" if separator != "," else "b", "c"]) + "\n" + separator.join("123") + "\n"
    )
    assert [len(row) for row in grid.rows] == [3, 3]


def test_line_numbers_count_lines_inside_quoted_cells():
    assert sheet.separated('a,b\n"x\ny",1\nz,2\n').lines == [1, 2, 4]


def test_a_stray_quotation_mark_does_not_swallow_the_file():
    text = 'a,b\n"x,1\n' + "y,2\n" * 20
    assert len(sheet.separated(text).rows) == 22


def test_numbers_in_a_workbook_show_fifteen_digits_and_rows_keep_their_numbers():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("流水")
    page.write_number(3, 0, 0.1 + 0.2)
    page.write_string(3, 1, "6222020000001234567")
    book.close()
    grid = sheet.workbook(out.getvalue(), "a.xlsx")[0]
    assert (grid.rows, grid.lines, grid.name, grid.page) == ([["0.3", "6222020000001234567"]], [4], "流水", 1)


def test_an_old_workbook_is_read():
    book = xlwt.Workbook()
    page = book.add_sheet("s")
    for j, cell in enumerate(["交易日期", 2176.91, 20]):
        page.write(0, j, cell)
    out = io.BytesIO()
    book.save(out)
    assert sheet.old_workbook(out.getvalue(), "a.xls")[0].rows == [["交易日期", "2176.91", "20"]]


def test_html_gives_innermost_rows_and_loose_text_in_order():
    grid = sheet.html(
        "<html><p>户名：张三</p><table><tr><td><table><tr><th>日期</th><th>金额</th></tr><tr><td>1</td><td>2<br>3</td></tr></table></td></tr></table>"
    )
    assert grid.rows == [["户名：张三"], ["日期", "金额"], ["1", "2 3"]]


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return out.getvalue()


def test_an_archive_gives_names_without_paths():
    assert archive.members(packed(**{"../../etc/a.csv": b"x", "__MACOSX/b": b"y"}), "z.zip") == [("a.csv", b"x")]


def test_a_bomb_is_refused():
    with pytest.raises(ReconError) as slip:
        archive.members(packed(**{"a.csv": bytes(20 << 20)}), "z.zip")
    assert slip.value.code == "too_large"


def test_cells_that_end_in_tabs_inside_quotes_are_parted_by_commas():
    rows = "".join(f'"2025-01-{d:02} \t","货款   \t","1,{d}00.00 \t","-  \t"\n' for d in range(10, 20))
    grid = sheet.separated("明细查询\n\n日期,摘要,收入,支出\n" + rows)
    assert {len(row) for row in grid.rows[3:]} == {4}
