"""A workbook that comes back: exactly the permitted edits arrive, and every other difference is named."""

from collections import Counter
from random import Random

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from recon.classify.categories import categories, understand
from recon.core.errors import ReconError
from recon.core.words import known, tell
from recon.workbook.build import plan
from recon.workbook.plan import FIRST, HEAD, a1
from recon.workbook.readback import Seen, moved, read
from recon.workbook.returned import compare
from recon.workbook.sheets.transactions import AT
from recon.workbook.write import write
from tests.workbook.books import ACCOUNTS, dice, drawn, form, line, table
from tests.workbook.office import edited, needs_office, saved_again

LINES = 40


@pytest.fixture(scope="module")
def case():
    """A case of exactly forty lines, four of its accounts, loans and assets."""
    random = dice(21)
    return table(form(random), [line(random, n, ACCOUNTS) for n in range(LINES)], ACCOUNTS)


@pytest.fixture(scope="module")
def book(case):
    """Its plan."""
    return plan(case)


@pytest.fixture(scope="module")
def file(book, tmp_path_factory):
    """Its workbook as written."""
    return write(book, tmp_path_factory.mktemp("book") / "a.xlsx")


@pytest.fixture
def back(book, file, tmp_path):
    """Opens the workbook for changes; calling the second saves it and gives edits and problems."""
    opened = openpyxl.load_workbook(file)

    def close():
        opened.save(tmp_path / "back.xlsx")
        edits, problems = compare(book, read(tmp_path / "back.xlsx"))
        assert all(known(f"finding.{p.code}") and tell("zh-CN", p) != tell("en", p) for p in problems)
        return edits, problems

    return opened, close


def rows(book):
    """Rows of lines that a reviewer may decide on."""
    return [row for row, column in sorted(book.sheet("Transactions").inputs) if column == AT["override"]]


def at(book, sheet, *, scope, kind=None):
    """The first input of that scope: row and column from 1, and what it is about."""
    return next((r + 1, c + 1, about) for (r, c), about in sorted(book.sheet(sheet).inputs.items())
                if about.scope == scope and kind in (None, about.kind))


def test_an_untouched_workbook_brings_nothing(back):
    assert back[1]() == ([], [])


def test_exactly_the_permitted_edits_arrive(book, back):
    opened, close = back
    first, second = rows(book)[:2]
    opened["Transactions"].cell(first + 1, AT["override"] + 1).value = "Rent"
    opened["Transactions"].cell(second + 1, AT["note"] + 1).value = "see the lease"
    row, column, party = at(book, "Counterparties", scope="counterparty")
    opened["Counterparties"].cell(row, column).value = "Wages"
    row, column, figure = at(book, "Figures", scope="answer", kind="money")
    opened["Figures"].cell(row, column).value = 1234.5
    row, column, setting = at(book, "Assumptions", scope="answer", kind="number")
    opened["Assumptions"].cell(row, column).value = 0.25
    edits, problems = close()
    assert problems == []
    sheet = book.sheet("Transactions").inputs
    assert {(e.about.scope, e.about.key, e.new) for e in edits} == {
        ("line", sheet[first, AT["override"]].key, "rent"), ("note", sheet[second, AT["note"]].key, "see the lease"),
        ("counterparty", party.key, "wages"), ("answer", figure.key, "1234.50"), ("answer", setting.key, "0.25"),
    }


@pytest.mark.parametrize(("value", "code"), [
    ("Rnet", "returned_category"), (5, "returned_category"), ("=A1", "returned_input_formula"),
])
def test_a_category_that_nobody_knows_is_named(book, back, value, code):
    opened, close = back
    opened["Transactions"].cell(rows(book)[0] + 1, AT["override"] + 1).value = value
    edits, problems = close()
    assert (edits, [p.code for p in problems]) == ([], [code])


@pytest.mark.parametrize(("value", "code"), [
    ("about a thousand", "returned_no_number"), (12.345, "returned_decimals"), (None, "returned_input_blank"),
    ("=1+1", "returned_input_formula"), (True, "returned_no_number"),
])
def test_an_amount_that_is_none_is_named(book, back, value, code):
    opened, close = back
    row, column, _ = at(book, "Figures", scope="answer", kind="money")
    opened["Figures"].cell(row, column).value = value
    edits, problems = close()
    assert (edits, [p.code for p in problems]) == ([], [code])


def test_every_tampered_cell_is_named_with_its_sheet_and_address(back):
    opened, close = back
    lines = opened["Transactions"]
    lines.cell(FIRST + 1, AT["amount"] + 1).value = 999_999
    lines.cell(FIRST + 2, AT["counterparty"] + 1).value = "somebody else"
    lines.cell(FIRST + 3, AT["category"] + 1).value = "Rent"
    opened["Balance sheet"]["E8"] = 1
    opened["Journal"]["E9"] = "=5"
    opened["Evidence"]["A30"] = "a remark"
    edits, problems = close()
    assert edits == []
    named = {(p.source.file, p.source.field, p.code) for p in problems}
    amount, party, category = (a1(FIRST + n, AT[name], rows=False, columns=False)
                               for n, name in enumerate(("amount", "counterparty", "category")))
    assert named >= {
        ("Transactions", amount, "returned_cell_changed"), ("Transactions", party, "returned_cell_changed"),
        ("Transactions", category, "returned_formula_gone"), ("Balance sheet", "E8", "returned_formula_gone"),
        ("Journal", "E9", "returned_formula_changed"),
    }
    assert len(named) == 6


def test_rows_that_moved_are_known_again_and_strange_or_missing_ones_named(book, back):
    opened, close = back
    page, live = opened["Transactions"], rows(book)
    decided = live[7]
    page.cell(decided + 1, AT["override"] + 1).value = "Rent"
    lines = [[(cell.value, cell.data_type) for cell in row]
             for row in page.iter_rows(min_row=FIRST + 1, max_row=FIRST + LINES)]
    gone = lines.pop(live[3] - FIRST)
    Random(5).shuffle(lines)  # noqa: S311 - any order will do
    lines.insert(4, [("made up", "s"), *[(None, "n")] * (len(AT) - 1)])
    for number, values in enumerate(lines, FIRST + 1):
        for column, (value, kind) in enumerate(values, 1):
            page.cell(number, column).value = value
            page.cell(number, column).data_type = kind
    edits, problems = close()
    assert [(e.about.key, e.new) for e in edits] == [
        (book.sheet("Transactions").inputs[decided, AT["override"]].key, "rent")]
    found = {p.code: p for p in problems}
    assert set(found) == {"returned_row_gone", "returned_row_added"}
    assert found["returned_row_gone"].params["row"] == gone[0][0]
    assert found["returned_row_added"].params["text"] == "made up"
    assert len(problems) == 2


def test_a_renamed_sheet_is_read_and_named_and_a_foreign_one_left_alone(book, back):
    opened, close = back
    opened["Transactions"].cell(rows(book)[0] + 1, AT["override"] + 1).value = "Rent"
    opened["Transactions"].title = "My lines"
    opened.create_sheet("Scratch")["A1"] = 5
    del opened["Receipts"]
    edits, problems = close()
    assert [e.new for e in edits] == ["rent"]
    kinds = Counter(p.code for p in problems)
    assert {"returned_sheet_renamed", "returned_sheet_added", "returned_sheet_gone"} <= set(kinds)


def test_a_column_put_between_others_moves_nothing(book, back):
    opened, close = back
    page = opened["Counterparties"]
    row, column, about = at(book, "Counterparties", scope="counterparty")
    page.cell(row, column).value = "Wages"
    page.insert_cols(3)
    page.cell(HEAD + 1, 3).value = "my column"
    page.cell(FIRST + 1, 3).value = 17
    edits, problems = close()
    assert [(e.about.key, e.new) for e in edits] == [(about.key, "wages")]
    assert "returned_column_added" in {p.code for p in problems}
    assert not {"returned_cell_changed", "returned_row_gone"} & {p.code for p in problems}


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit,
                                                                                         Phase.generate))
def test_one_change_anywhere_is_either_an_edit_or_a_problem(book, file, data):
    """Whatever cell of whatever sheet is changed: it arrives where it is permitted, and is named where it is not."""
    sheet = data.draw(st.sampled_from(book.sheets))
    (row, column), cell = data.draw(st.sampled_from(sorted(sheet.cells.items())))
    returned = read(file)
    cells = returned.sheets[sheet.name]
    seen = cells.get((row, column))
    value = data.draw(st.sampled_from(["Rent", 17.25, "=1+1"]))
    cells[row, column] = Seen(None, value[1:]) if value == "=1+1" else Seen(value)
    edits, problems = compare(book, returned)
    if seen == cells[row, column]:
        return
    assert edits or problems, (sheet.name, row, column, value)
    if (row, column) not in sheet.inputs:
        assert edits == [], cell


def test_a_workbook_that_is_none_is_refused_in_one_sentence(tmp_path):
    text = tmp_path / "a.xlsx"
    text.write_text("no zip", encoding="utf-8")
    for path, code in ((tmp_path / "none.xlsx", "workbook_missing"), (text, "workbook_format")):
        with pytest.raises(ReconError) as slip:
            read(path)
        assert slip.value.code == code
        assert tell("en", slip.value) != tell("zh-CN", slip.value)


def test_a_broken_or_monstrous_workbook_is_refused(file, tmp_path):
    data = file.read_bytes()
    broken = tmp_path / "b.xlsx"
    for cut in (len(data) // 3, len(data) - 40):
        broken.write_bytes(data[:cut])
        with pytest.raises(ReconError):
            read(broken)


def test_a_shared_formula_is_moved_to_where_it_stands():
    """Excel stores a column of like formulas once."""
    assert moved("SUM(A1:$B$2)+'my A1'!C$3*LOG10(D4)&\"E5\"", 2, 1) == "SUM(B3:$B$2)+'my A1'!D$3*LOG10(E6)&\"E5\""


def test_every_input_knows_what_it_answers_and_nothing_else_is_unlocked(book):
    for sheet in book.sheets[1:]:  # About shows a sample of the colour
        unlocked = {place for place, cell in sheet.cells.items() if ".input" in cell.style}
        assert unlocked == set(sheet.inputs), sheet.name


@needs_office
@pytest.mark.slow
def test_saving_again_by_libreoffice_changes_nothing(book, file, tmp_path):
    again, = saved_again([file], tmp_path)
    returned = read(again)
    assert {k: v for k, v in returned.properties.items() if k.startswith("recon.")} == {
        k: v for k, v in book.properties.items() if k.startswith("recon.")}
    assert compare(book, returned) == ([], [])


BASIC = """
Sub Edit(book)
  page = book.Sheets.getByName("Transactions")
  page.getCellByPosition({override}, {decided}).setString("Rent")
  page.getCellByPosition({amount}, {tampered}).setValue(31415)
  page.Rows.insertByIndex({inserted}, 2)
  page.getCellByPosition(0, {inserted}).setString("made up")
  page.Rows.removeByIndex({removed}, 1)
  Dim keys(0) As New com.sun.star.table.TableSortField
  keys(0).Field = {amount} : keys(0).IsAscending = False
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "SortFields" : how(0).Value = keys()
  how(1).Name = "ContainsHeader" : how(1).Value = False
  page.getCellRangeByPosition(0, {first}, {width}, {last}).sort(how())
  filters = page.createFilterDescriptor(True)
  Dim wanted(0) As New com.sun.star.sheet.TableFilterField
  wanted(0).Field = {amount} : wanted(0).IsNumeric = True : wanted(0).NumericValue = 0
  wanted(0).Operator = com.sun.star.sheet.FilterOperator.GREATER
  filters.setFilterFields(wanted())
  page.getCellRangeByPosition(0, {head}, {width}, {last}).filter(filters)
  book.Sheets.getByName("Questions").Name = "My questions"
End Sub
"""


@needs_office
@pytest.mark.slow
def test_a_reviewer_in_libreoffice_edits_sorts_filters_inserts_deletes_and_tampers(book, file, tmp_path):
    live = rows(book)
    decided, tampered, removed = live[2], live[5], live[9]
    code = BASIC.format(
        override=AT["override"], amount=AT["amount"], decided=decided, tampered=tampered, inserted=FIRST + 1,
        removed=removed + 2, first=FIRST, head=HEAD, last=FIRST + LINES, width=len(AT) - 1,
    )
    edits, problems = compare(book, read(edited(file, code, tmp_path)))
    sheet = book.sheet("Transactions")
    assert [(e.about.key, e.new) for e in edits] == [(sheet.inputs[decided, AT["override"]].key, "rent")]
    found = {p.code: p for p in problems}
    assert set(found) == {"returned_cell_changed", "returned_row_gone", "returned_row_added", "returned_sheet_renamed"}
    assert found["returned_cell_changed"].params["new"] == "31415"
    assert found["returned_row_gone"].params["row"] == sheet.cells[removed, 0].value
    assert found["returned_row_added"].params["text"] == "made up"


def test_the_words_of_every_category_are_understood_when_they_come_back():
    assert {name: (understand(c.zh), understand(c.en)) for name, c in categories().items()} == {
        name: (name, name) for name in categories()}


def test_drawn_cases_come_back_as_they_went(tmp_path):
    for seed in range(6):
        book = plan(drawn(dice(seed), lines=30, language=("en", "zh-CN")[seed % 2]))
        assert compare(book, read(write(book, tmp_path / "a.xlsx"))) == ([], []), seed
