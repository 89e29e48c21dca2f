"""Amounts without a direction count neither way, and are told."""

from recon.case.form import from_mapping
from recon.core.settings import settings
from recon.events.build import build
from recon.reading.read import read_bytes

LIST = "日期,金额,备注\n2025-04-01,100.00,a\n2025-04-02,250.50,b\n2025-04-03,30.00,c\n"
BOOK = "日期,摘要,收入,支出\n2025-04-01,营业款,100.00,\n2025-04-03,买菜,,30.00\n"


def test_a_list_of_bare_amounts_is_set_aside_and_a_book_with_sides_is_not():
    readings = [read_bytes(text.encode(), name) for text, name in ((LIST, "a.csv"), (BOOK, "b.csv"))]
    frame, _, found = build(readings, from_mapping({"case": {"trade": "restaurant"}}), settings({}))
    assert frame.loc[frame["file"] == "a.csv", "set_aside"].tolist() == ["sign_unknown"] * 3
    assert frame.loc[frame["file"] == "b.csv", "set_aside"].tolist() == ["", ""]
    (told,) = (f for f in found if f.code == "sign_unknown_aside")
    assert (told.source.file, told.severity, told.params) == ("a.csv", "serious", {"count": 3, "total": "380.50"})
