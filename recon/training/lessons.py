"""A lesson: its exercises with the trainee's own figures, their checks, and how far the trainee has come."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib import import_module
from typing import Any

import pandas as pd

from recon.core.errors import ReconError
from recon.core.knowledge import table
from recon.core.words import known, say
from recon.training.check import Judge, Seal, Verdict, judge
from recon.training.draw import Draw

_COLUMNS = ("number", "module", "file", "zh", "en")


@dataclass(frozen=True, slots=True)
class Entry:
    """A lesson's place in the course: number, module, file of its notebook, titles."""

    number: int
    module: str
    file: str
    zh: str
    en: str


@cache
def course() -> tuple[Entry, ...]:
    """The lessons in order."""
    rows = table("training/lessons.tsv", _COLUMNS)
    return tuple(Entry(int(r["number"]), r["module"], r["file"], r["zh"], r["en"]) for r in rows)


@dataclass(frozen=True, slots=True)
class Task:
    """An exercise's facts, by name as attributes, and the rule that judges an answer; no answer is among them."""

    facts: Mapping[str, Any]
    rule: Judge
    language: str = "zh-CN"

    def __getattr__(self, name: str) -> Any:
        """A fact by its name."""
        facts = object.__getattribute__(self, "facts")
        if name in facts:
            return facts[name]
        raise AttributeError(name)

    def __dir__(self) -> list[str]:
        """Facts first, so that completion in a notebook offers them."""
        return sorted(self.facts)

    def _repr_html_(self) -> str:
        return "".join(_shown(name, fact, self.language) for name, fact in self.facts.items() if not callable(fact))


def _shown(name: str, fact: Any, language: str) -> str:
    label = f"<b>{escape(_word('fact', name, language))}</b> <code>{name}</code>"
    if isinstance(fact, pd.DataFrame):
        headed = fact.rename(columns={c: f"{_word('column', str(c), language)}" for c in fact.columns})
        marked = headed.astype(object).where(headed.notna(), "?")
        return f"<div>{label}</div>{marked.to_html(index=False, border=0)}"
    if isinstance(fact, Mapping):
        rows = "".join(f"<tr><td>{escape(str(k))}</td><td style='text-align:left'>{escape(str(v))}</td></tr>"
                       for k, v in fact.items())
        return f"<div>{label}</div><table>{rows}</table>"
    return f"<div>{label}: {escape(str(fact))}</div>"


def _word(kind: str, name: str, language: str) -> str:
    key = f"training.{kind}.{name}"
    return say(language, key) if known(key) else name


Builder = Callable[[Draw, Seal], tuple[Mapping[str, Any], Judge]]


@dataclass(slots=True)
class Lesson:
    """One lesson with one trainee's figures.

    Attributes:
        entry: its place in the course.
        seed: the trainee's number; another number gives other figures.
        language: zh-CN or en.
        tasks: the exercises by name, in order of difficulty.
        verdicts: the last verdict on each exercise that was checked.
    """

    entry: Entry
    seed: int | str
    language: str
    tasks: Mapping[str, Task]
    verdicts: dict[str, Verdict] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Task:
        """An exercise by its name."""
        return self.tasks[name]

    def __iter__(self) -> Iterator[str]:
        """The names of the exercises."""
        return iter(self.tasks)

    def check(self, name: str, answer: Any) -> Verdict:
        """Whether *answer* to the exercise *name* is right; if not, a hint."""
        prefix = f"training.{self.entry.module}.{name}"
        verdict = judge(name, prefix, self.tasks[name].rule, answer, self.language)
        self.verdicts[name] = verdict
        return verdict

    def progress(self) -> pd.DataFrame:
        """A row per exercise: its name and how it stands."""
        none = say(self.language, "training.outcome.not_answered")
        rows = [(name, self.verdicts[name].title if name in self.verdicts else none) for name in self.tasks]
        columns = [say(self.language, "training.column.exercise"), say(self.language, "training.column.standing")]
        return pd.DataFrame(rows, columns=columns)


def lesson(number: int, seed: int | str = 1, language: str = "zh-CN") -> Lesson:
    """Lesson *number* with the figures of the trainee whose number is *seed*.

    Raises:
        ReconError: there is no such lesson or language.

    >>> from recon.training import lesson
    >>> first = lesson(1, seed=7, language="en")
    >>> first.check("closing", None).outcome
    'not_answered'
    >>> first.check("closing", first["closing"].opening).outcome
    'wrong'
    """
    entry = next((e for e in course() if e.number == number), None)
    if entry is None or language not in ("zh-CN", "en"):
        raise ReconError("no_lesson", number=number, language=language, count=len(course()))
    module = import_module(f"recon.training.{entry.module}")
    tasks = {}
    for builder in module.EXERCISES:
        topic = f"{entry.module}/{builder.__name__}"
        facts, rule = builder(Draw(seed, topic, language), Seal(f"{topic}/{seed}"))
        tasks[builder.__name__] = Task(facts, rule, language)
    return Lesson(entry, seed, language, tasks)
