"""Columns put away while further pages are read, and how much of them is left in memory."""

import pickle
import tracemalloc

import numpy as np
import pytest

from recon.evidence import pdfium
from recon.reading.pages import bulk_pages, kept, store
from recon.reading.pages.kept import Kept, KeptTexts
from recon.reading.read import read_bytes
from tests.benchmarks.reading.statements import ruled_chinese

WORDS = [["货款", ""], ["a b"], ["é", "\udcff", "退"]]


def columns():
    found = Kept()
    for k, cells in enumerate(WORDS):
        found.write("words", cells)
        found.add("page", np.full(len(cells), k, np.int32))
        found.settle()
    return found


@pytest.mark.parametrize("at_once", [1, 20, 1 << 19])
def test_columns_come_back_as_they_were_put_away(at_once, monkeypatch):
    monkeypatch.setattr(kept, "_AT_ONCE", at_once)
    found = columns()
    assert found.array("page", np.int32).tolist() == [0, 0, 1, 2, 2, 2]
    texts = KeptTexts(found, ("words",))
    order = np.array([5, 0, 1, 2, 3, 4])
    for each in (texts, pickle.loads(pickle.dumps(texts))):  # noqa: S301 our own bytes
        assert each.text(0, order) == ["退", "货款", "", "a b", "é", "?"]
    pieces = zip(found.cells("words"), found.pieces("page"), strict=True)
    assert all(4 * len(cells) == len(page) for cells, page in pieces)
    found.write("words", ["more"])
    found.settle()
    assert [cell for piece in found.cells("words") for cell in piece][-2:] == ["退", "more"]


def test_columns_stay_in_memory_where_the_disk_has_no_room(monkeypatch):
    def full(**_):
        raise OSError

    monkeypatch.setattr(kept, "_AT_ONCE", 1)
    monkeypatch.setattr("tempfile.TemporaryFile", full)
    assert columns().array("page", np.int32).tolist() == [0, 0, 1, 2, 2, 2]


def test_a_row_that_was_read_leaves_little_in_memory_until_all_are_read(tmp_path, monkeypatch):
    """Some 65 bytes, most of them for days not seen before; 170 if their columns stayed."""
    ruled_chinese(tmp_path / "a.pdf", 20, embedded=False)
    monkeypatch.setattr(kept, "_AT_ONCE", 1 << 13)
    monkeypatch.setattr(store, "_SEEN", 60)
    monkeypatch.setattr(pdfium, "TOGETHER", 4)
    monkeypatch.setattr(pdfium, "_LATER", 4)
    real, held = bulk_pages.__dict__["_taken"], []

    def taken(rows, plan, chunk):
        done = real(rows, plan, chunk)
        held.append((tracemalloc.get_traced_memory()[0], len(rows)))
        return done

    monkeypatch.setattr(bulk_pages, "_taken", taken)
    tracemalloc.start()
    try:
        assert read_bytes((tmp_path / "a.pdf").read_bytes(), "a.pdf").outcome == "proven"
    finally:
        tracemalloc.stop()
    (first, few), (last, many) = held[2], held[-1]  # the first twelve pages are looked at more closely
    assert many - few == 8 * 30
    assert last - first < 110 * (many - few)
