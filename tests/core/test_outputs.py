"""Whether outputs can be written is asked first, changes nothing, and is told in one sentence."""

from pathlib import Path

import pytest

from recon.core.errors import ReconError
from recon.core.outputs import ready
from recon.core.words import tell


def test_a_folder_that_can_be_made_is_not_made_yet(tmp_path):
    ready(tmp_path / "a" / "b", ("x.txt",))
    assert list(tmp_path.iterdir()) == []


def test_what_stands_there_stays_as_it_is(tmp_path):
    (tmp_path / "x.txt").write_text("kept")
    ready(tmp_path, ("x.txt",))
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("x.txt", "kept")]


@pytest.mark.parametrize("block", ["out", "out/workbook.xlsx/inside"])
def test_a_file_where_a_folder_belongs_and_a_folder_where_a_file_belongs_are_named(tmp_path, block):
    place = tmp_path / block
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("in the way")
    with pytest.raises(ReconError) as told:
        ready(tmp_path / "out", ("workbook.xlsx",))
    assert told.value.code == "cannot_write"
    assert told.value.source.file == str(tmp_path / ("out" if block == "out" else "out/workbook.xlsx"))


def test_a_workbook_that_is_open_elsewhere_is_told_as_such(tmp_path, monkeypatch):
    """As Windows does it: the file is there, but nobody may write into it."""
    (tmp_path / "workbook.xlsx").write_text("open in Excel")
    monkeypatch.setattr(Path, "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    with pytest.raises(ReconError) as told:
        ready(tmp_path, ("workbook.xlsx",))
    assert told.value.code == "file_in_use"
    assert "Excel" in tell("en", told.value)
    assert "Excel" in tell("zh-CN", told.value)
