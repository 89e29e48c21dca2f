"""The answers of the solved notebooks for any trainee, and the slips that each exercise knows."""

import inspect
from collections.abc import Mapping
from pathlib import Path

from recon.training import lesson
from recon.training.build import LANGUAGES, path
from recon.training.check import Seal
from recon.training.lessons import course
from tests.notebooks.running import cells

FOLDER = Path(__file__).parents[2] / "notebooks"
#: Lessons whose exercises need nothing but their own figures; the capstone's need its books.
ALONE = [entry for entry in course() if entry.module != "capstone"]


class Recorder(Seal):
    """A seal that also remembers which right answer and slips each judge was made with."""

    made: list = []  # noqa: RUF012 - shared on purpose, cleared by whoever reads it

    def number(self, right, places=2, within=0, **slips):
        """Remembered."""
        rule = super().number(right, places, within, **slips)
        self.made.append((rule, right, slips))
        return rule

    def choice(self, right, options, **slips):
        """Remembered."""
        rule = super().choice(right, options, **slips)
        self.made.append((rule, right, slips))
        return rule


def solved(entry, seed, language):
    """The lesson of *seed* with every exercise checked by the solved notebook's own cells: ``{name: answer}``."""
    opened = lesson(entry.number, seed, language)
    given = {}

    class Watched:
        def __getitem__(self, name):
            return opened[name]

        def check(self, name, answer):
            given[name] = answer
            return opened.check(name, answer)

    names = {"lesson": Watched()}
    short = next(short for short, long in LANGUAGES.items() if long == language)
    for text in cells(path(FOLDER, entry.file, short, "solved")):
        if ("task" in text or "lesson.check" in text) and "recon.rebuild" not in text:
            exec(compile(text, entry.file, "exec"), names)  # noqa: S102 - these are our own notebooks
    return opened, given


def leaves(rule):
    """The judges of an exercise's parts by name, or the exercise's own under None."""
    parts = inspect.getclosurevars(rule).nonlocals.get("parts")
    return parts if isinstance(parts, Mapping) else {None: rule}
