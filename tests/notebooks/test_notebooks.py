"""Every notebook runs, in both languages, as a trainee and as a teacher would run it, and says what it should."""

import functools
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import recon
from recon.training.build import LANGUAGES, PARTS, notebooks, path
from recon.training.lessons import course
from tests.notebooks.claims import CLAIMS
from tests.notebooks.running import run

FOLDER = Path(__file__).parents[2] / "notebooks"
ALL = [(entry, language, part) for entry in course() for language in LANGUAGES for part in PARTS]
#: Each lesson runs in a real kernel once as student and once solved, each time in another language; the rest run here.
KERNEL = [(e, lang, part) for e, lang, part in ALL if (lang == "zh") == ((e.number % 2 == 0) == (part == "student"))]
HERE = [each for each in ALL if each not in KERNEL]
EXPECTED = {"student": "not_answered", "solved": "right"}
SIGN = {"student": "○", "solved": "✓"}


def _name(each):
    entry, language, part = each
    return f"{entry.number}-{language}-{part}"


@pytest.fixture(scope="module")
def rebuilt():
    """Rebuild a folder once for all notebooks that run in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("recon.case.api.rebuild", _once(recon.rebuild))
        patch.setitem(vars(recon), "rebuild", recon.case.api.rebuild)
        yield


def _once(rebuild):
    cached = functools.cache(rebuild)

    def once(case, language=None):
        """The same books for the same folder."""
        return cached(str(getattr(case, "folder", case)), language)

    return once


@pytest.mark.parametrize("each", HERE, ids=_name)
@pytest.mark.usefixtures("rebuilt")
def test_it_runs_here_and_what_it_says_and_asks_is_so(each, tmp_path):
    entry, language, part = each
    done = run(path(FOLDER, entry.file, language, part), tmp_path)
    lesson = done.names["lesson"]
    assert [v.outcome for v in done.verdicts] == [EXPECTED[part]] * len(lesson.tasks)
    assert not list(tmp_path.iterdir()), "a notebook leaves nothing in the trainee's folder"
    if part == "solved" and entry.number in CLAIMS:
        CLAIMS[entry.number](done.names)


@pytest.mark.slow
@pytest.mark.parametrize("each", KERNEL, ids=_name)
def test_it_runs_in_a_kernel_and_shows_its_verdicts(each, tmp_path):
    entry, language, part = each
    book = nbformat.read(path(FOLDER, entry.file, language, part), as_version=4)
    NotebookClient(book, timeout=60, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [o for c in book.cells for o in c.get("outputs", []) if "text/plain" in o.get("data", {})]
    verdicts = [o["data"]["text/plain"][0] for o in shown if o["data"]["text/plain"][0] in "○✓✗"]
    assert verdicts
    assert set(verdicts) == {SIGN[part]}
    assert all("text/html" in o["data"] for o in shown if o["data"]["text/plain"][0] in "○✓✗")


def test_the_notebooks_are_those_that_their_sources_make():
    """After a change: ``python -m recon.training.build``."""
    made = dict(notebooks(FOLDER))
    assert {place for place, text in made.items() if not place.is_file() or place.read_text("utf-8") != text} == set()
    assert set(FOLDER.rglob("*.ipynb")) - set(made) == set()


def test_the_folder_shows_at_once_where_to_begin():
    assert sorted(p.name for p in FOLDER.iterdir() if not p.name.startswith(".")) == ["en", "source", "zh"]
    for language in LANGUAGES:
        listed = sorted(p.name for p in (FOLDER / language).glob("*.ipynb"))
        assert listed == [f"{entry.file}.ipynb" for entry in course()]


@pytest.mark.parametrize("entry", course(), ids=lambda e: e.file)
def test_both_languages_have_the_same_cells_of_code(entry):
    counts = [
        sum(c.cell_type == "code" for c in nbformat.read(path(FOLDER, entry.file, language, "solved"), 4).cells)
        for language in LANGUAGES
    ]
    assert counts[0] == counts[1]


@pytest.mark.parametrize("entry", course(), ids=lambda e: e.file)
def test_no_chinese_is_left_in_the_english_prose_and_code(entry):
    """But for names that stand in the evidence itself."""
    names = "现金"
    for part in PARTS:
        text = "".join(c.source for c in nbformat.read(path(FOLDER, entry.file, "en", part), 4).cells)
        text = text.replace('LANGUAGE = "zh-CN"', "")
        assert not [ch for ch in text if "\u4e00" <= ch <= "\u9fff" and ch not in names]
        assert "say(" not in text
