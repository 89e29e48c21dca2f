"""Pages once read are kept by all that their reading depends on, within a limit, and never trusted when damaged."""

import os
import stat

import numpy as np
import pytest
from PIL import Image

from recon.evidence import picture
from recon.evidence.page import Page
from recon.evidence.picture import kept
from recon.evidence.picture import pages as reader


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("RECON_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def page(number=1):
    return Page(number, 30.0, 20.0, ["合计", "12.50"], np.array([[1, 2, 3, 4], [5, 6, 7, 8]], np.float32),
                confidence=np.array([0.5, 0.75], np.float32), shape=(0.0, 0.1, 0.2, 0.3))


def test_a_page_comes_back_as_it_was_kept(home):
    name = kept.key(b"x", "rapidocr")
    kept.keep(name, page(2), 3)
    kept.keep(name, page(1), 3)
    found, missing = kept.recall_all(name, None)
    assert missing == {3}
    assert sorted(found) == [1, 2]
    again = found[2]
    assert (again.number, again.words, again.shape, again.width) == (2, ["合计", "12.50"], (0.0, 0.1, 0.2, 0.3), 30.0)
    assert (again.box == page().box).all()
    assert (again.confidence == page().confidence).all()
    if os.name == "posix":
        assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in home.iterdir())


@pytest.mark.usefixtures("home")
def test_another_file_engine_version_setting_or_code_is_another_name(monkeypatch):
    names = {kept.key(b"x", "rapidocr"), kept.key(b"y", "rapidocr"), kept.key(b"x", "tesseract"),
             kept.key(b"x", "rapidocr", "more")}
    monkeypatch.setattr(kept, "versions", lambda _: "rapidocr 99")
    names.add(kept.key(b"x", "rapidocr"))
    monkeypatch.setattr(kept, "_code", lambda: "changed")
    names.add(kept.key(b"x", "rapidocr"))
    assert len(names) == 6


@pytest.mark.parametrize("damage", [b"", b"\x93", b"\xff" * 40, None])
def test_a_damaged_page_counts_as_none(home, damage):
    name = kept.key(b"x", "rapidocr")
    kept.keep(name, page(), 1)
    file, = home.iterdir()
    file.write_bytes(file.read_bytes()[:-3] if damage is None else damage)
    assert kept.recall_all(name, None) == ({}, None)


def test_off_keeps_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("RECON_CACHE", "off")
    monkeypatch.chdir(tmp_path)
    kept.keep(kept.key(b"x", "rapidocr"), page(), 1)
    assert kept.folder() is None
    assert list(tmp_path.iterdir()) == []


def test_what_was_not_asked_for_the_longest_goes_first(home, monkeypatch):
    monkeypatch.setattr(kept, "_OFTEN", 1)
    small = 3000 / (1 << 20)

    class Few:
        @staticmethod
        def whole(name):
            return 1 if name == "picture_cache_megabytes" else 0

    monkeypatch.setattr(kept, "shipped", Few)
    monkeypatch.setattr(kept, "_MEGABYTE", round(small * (1 << 20)))
    for age, name in enumerate(f"{k:064x}" for k in range(40)):
        kept.keep(name, page(), 1)
        os.utime(home / f"{name}-1.page", (age, age))
    assert sum(file.stat().st_size for file in home.iterdir()) <= 3200
    assert (home / f"{39:064x}-1.page").exists()


@pytest.mark.usefixtures("home")
def test_a_file_read_before_is_not_read_again(tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    Image.new("RGB", (50, 40), "white").save(path)
    monkeypatch.setattr(reader, "_page", lambda number, *_: page(number))
    first, = picture.read(path, "a.png")
    monkeypatch.setattr(reader, "_page", lambda *_: pytest.fail("read again"))
    second, = picture.read(path, "a.png")
    assert (first.words, first.box.tolist()) == (second.words, second.box.tolist())
    Image.new("RGB", (50, 41), "white").save(path)
    with pytest.raises(BaseException, match="read again"):
        picture.read(path, "a.png")
