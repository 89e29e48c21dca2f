"""One bad file never stops the others."""

import json
import os
import signal
import time

import numpy as np

from recon.core import progress as steps
from recon.core.errors import ReconError
from recon.core.settings import shipped
from recon.reading import guard, read
from recon.reading.result import Account, Lines, Reading

#: The door as it is in use; in tests it is loud.
FAILURE = read.failure
GOOD = "日期,摘要,收入,支出\n2025-01-02,货款,10.00,\n"


def test_readings_come_in_the_order_of_the_files_and_progress_is_told(tmp_path):
    (tmp_path / "b.csv").write_text(GOOD, encoding="utf-8")
    (tmp_path / "a.csv").write_bytes(b"")
    told = []
    readings = guard.read_all([tmp_path / "b.csv", tmp_path / "a.csv", tmp_path / "none.csv"], progress=told.append)
    assert [(r.file, r.outcome) for r in readings] == [
        ("b.csv", "unprovable"),
        ("a.csv", "refused"),
        ("none.csv", "refused"),
    ]
    assert told == ["b.csv", "a.csv", "none.csv"]


def test_a_crash_of_the_reader_is_a_reason_and_the_next_file_is_read(tmp_path, monkeypatch):
    real = read.read_file

    def dies(path, **named):
        if path.name == "bomb.csv":
            os.kill(os.getpid(), signal.SIGKILL)
        return real(path, **named)

    monkeypatch.setattr(guard, "read_file", dies)
    for name in ("bomb.csv", "good.csv"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    readings = guard.read_all([tmp_path / "bomb.csv", tmp_path / "good.csv"])
    assert [(r.outcome, r.reason) for r in readings] == [
        ("refused", "crashed"),
        ("unprovable", "nothing_to_prove_with"),
    ]


def test_a_reader_that_never_ends_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(guard, "read_file", lambda *_, **__: time.sleep(60))
    monkeypatch.setattr(guard, "_seconds", lambda: 0.2)
    (tmp_path / "loop.csv").write_text(GOOD, encoding="utf-8")
    assert guard.read_all([tmp_path / "loop.csv"])[0].reason == "too_slow"


def test_a_loop_and_a_bomb_are_refused_each_with_its_reason_and_the_next_file_is_read(tmp_path, monkeypatch):
    real = read.read_file

    def hostile(path, **named):
        if path.name == "loop.csv":
            while True:
                pass
        if path.name == "bomb.csv":
            return read.read_bytes(b"", "x") if bytearray(1 << 34) else None
        return real(path, **named)

    monkeypatch.setattr(guard, "read_file", hostile)
    monkeypatch.setattr(guard, "_seconds", lambda: 1)
    for name in ("loop.csv", "bomb.csv", "good.csv"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    readings = guard.read_all([tmp_path / name for name in ("loop.csv", "bomb.csv", "good.csv")])
    assert [(r.outcome, r.reason) for r in readings] == [
        ("refused", "too_slow"),
        ("refused", "crashed"),
        ("unprovable", "nothing_to_prove_with"),
    ]


def test_where_no_process_can_fork_a_new_one_reads_just_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(guard, "_macos", lambda: True)
    (tmp_path / "good.csv").write_text(GOOD, encoding="utf-8")
    assert guard.read_all([tmp_path / "good.csv"])[0].reason == "nothing_to_prove_with"


def test_each_page_of_a_scan_is_told_and_extends_the_time_that_its_file_may_take(tmp_path, monkeypatch):
    limits = []
    monkeypatch.setattr(guard, "_allow", lambda seconds, start=None: limits.append((seconds, start)) or 7.0)

    def pages(path, *, name, password):
        del path, password
        for done in (1, 2):
            steps.tell(done, 2)
        return guard.refused(name, ReconError(f"{limits[1:]}"))

    monkeypatch.setattr(guard, "read_file", pages)
    (tmp_path / "scan.tif").write_bytes(b"x")
    told = []
    reading, = guard.read_all([tmp_path / "scan.tif"], progress=told.append)
    assert told == ["scan.tif", "scan.tif · 1/2", "scan.tif · 2/2"]
    whole, each = shipped().whole("read_seconds"), shipped().whole("read_page_seconds")
    assert reading.reason == f"{[(whole + each, 7.0), (whole + 2 * each, 7.0)]}"


def test_our_own_mistake_is_not_told_as_a_damaged_file_and_a_librarys_verdict_is(monkeypatch):
    monkeypatch.setattr(read, "failure", FAILURE)
    monkeypatch.setattr(read, "read_tables", lambda *_: object())  # not what the reader of tables gives
    told = read.read_bytes(GOOD.encode(), "a.csv")
    assert (told.outcome, told.reason, told.params["what"]) == ("refused", "internal", "AttributeError")
    assert str(told.params["place"]).startswith("reading/")
    monkeypatch.setattr(read, "read_tables", lambda *_: json.loads("{"))
    assert read.read_bytes(GOOD.encode(), "a.csv").reason == "broken"


def test_a_reading_comes_out_of_the_child_as_it_went_in_and_its_columns_may_be_changed(tmp_path, monkeypatch):
    days = np.array(["2025-01-02", "2025-01-03"], "datetime64[D]")
    lines = Lines(days, np.array([1, -2]), np.array([1, -1]), np.array([1, 1], np.int32), np.array([3, 4], np.int32),
                  {"description": ["货款", "rent"]}, np.arange(8, dtype=np.float32).reshape(2, 4))
    none = Lines(*(column[:0] for column in (days, lines.amount, lines.balance, lines.page, lines.line)))
    accounts = tuple(Account("1", "", "CNY", 0, -1, each) for each in (lines, none))
    there = Reading("a.csv", "bank", "proven", "chain_closes", accounts=accounts)
    monkeypatch.setattr(guard, "read_file", lambda *_, **__: there)
    came = [account.lines for account in guard.read_all([tmp_path / "a.csv"])[0].accounts]
    for column in ("date", "amount", "balance", "page", "line", "box"):
        assert np.array_equal(getattr(came[0], column), getattr(lines, column))
    assert (came[0].text, len(came[1]), came[1].box) == (lines.text, 0, None)
    came[0].amount[0] = 5
