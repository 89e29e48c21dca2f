"""The contact sheet shows every field that a person should compare with the paper, with its picture."""

from dataclasses import replace

import numpy as np
import pytest

from recon.reading.result import Account, Lines, Reading, Receipt, Seen
from recon.workbook.build import plan
from recon.workbook.plan import FIRST, Picture
from recon.workbook.sheets.doubtful import cuts, doubtful
from tests.workbook.books import dice, drawn

PNG = b"\x89PNG\r\n\x1a\n"


def reading() -> Reading:
    """A photographed page of three lines, one of them repaired, one suspect, and a receipt with a doubtful total."""
    lines = Lines(
        np.array(["2025-01-02", "2025-01-03", "2025-01-04"], "datetime64[D]"), np.array([100, -250, 300]),
        np.array([1100, 850, 1150]), np.array([1, 1, 1], np.int32), np.array([3, 4, 5], np.int32),
        box=np.array([[10, 100 + 20 * k, 400, 112 + 20 * k] for k in range(3)], np.float32), unpinned=(1, 2),
        state=("verified", "repaired", "suspect"), repairs={1: (("amount", "-2.60", "-2.50"),)},
    )
    slip = Receipt(total=1560, currency="CNY", page=1, uncertain=("total", "date"),
                   seen={"total": Seen(1, 9, (40, 60, 90, 72), 0.6)})
    account = Account("", "", "CNY", 1000, 1150, lines, proven=True)
    return Reading("statements/book.jpg", "bank", "doubtful", "picture_statement_repaired", {"rows": 1}, (account,),
                   (slip,))


@pytest.fixture(scope="module")
def rebuilt():
    return replace(drawn(dice(3), lines=20), readings=(reading(),))


def test_repaired_fields_come_first_and_verified_lines_not_at_all(rebuilt):
    found = [(field.state, field.field, field.read, field.taken) for field in doubtful(rebuilt)]
    assert found == [
        ("repaired", "amount", "-2.60", "-2.50"), ("uncertain", "total", "", "15.60"), ("uncertain", "date", "", ""),
        ("suspect", "line", "", "2025-01-04  3.00"),
    ]


def test_each_place_is_cut_with_its_neighbours_showing(rebuilt):
    places = {cut.id: cut.box for cut in cuts(rebuilt)}
    assert sorted(places) == ["doubtful-0", "doubtful-1", "doubtful-3"]  # the date was not found: no place
    left, top, right, bottom = places["doubtful-0"]
    assert left < 10
    assert right > 400
    assert top < 120
    assert bottom > 132


def test_the_sheet_lays_the_picture_beside_the_value(rebuilt):
    book = plan(rebuilt, {"doubtful-0": Picture(PNG, 300.0, 20.0)})
    name = "存疑字段" if rebuilt.language == "zh-CN" else "Doubtful fields"
    sheet = book.sheet(name)
    texts = [str(cell.value) for (row, _), cell in sorted(sheet.cells.items()) if row == FIRST]
    assert "-2.60" in texts
    assert "-2.50" in texts
    assert list(sheet.pictures) == [(FIRST, 4)]
    assert sheet.heights[FIRST] == 24
