"""Every exercise of every lesson: right for any trainee, and each slip gets the hint that belongs to it."""

import re
from decimal import Decimal
from fractions import Fraction

import nbformat
import pytest

from recon.core.errors import ReconError
from recon.core.words import known, say
from recon.training import lesson as open_lesson
from recon.training.build import LANGUAGES, path
from recon.training.lessons import course
from tests.training.answers import ALONE, FOLDER, Recorder, leaves, solved

SEEDS = (1, 2, 17, 2025, "王小明")
EXERCISES = [(entry, name) for entry in course() for name in open_lesson(entry.number, 2025, "en")]

@pytest.fixture
def recorded(monkeypatch):
    """Lessons made while their seals remember what they were made with."""
    Recorder.made.clear()
    monkeypatch.setattr("recon.training.lessons.Seal", Recorder)
    yield Recorder.made
    Recorder.made.clear()

@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("entry", ALONE, ids=lambda e: e.module)
def test_the_solved_working_is_right_for_every_trainee(entry, seed):
    for language in LANGUAGES.values():
        opened, given = solved(entry, seed, language)
        assert list(given) == list(opened)
        assert {name: v.text for name, v in opened.verdicts.items() if v.outcome != "right"} == {}

@pytest.mark.parametrize("entry", ALONE, ids=lambda e: e.module)
@pytest.mark.parametrize("language", LANGUAGES.values())
def test_every_known_slip_gets_its_own_hint(entry, language, recorded):
    """In both languages; the rest of an answer in parts stays right."""
    opened, given = solved(entry, 2025, language)
    slips_of = {id(rule): slips for rule, _, slips in recorded}
    seen = 0
    for name, task in opened.tasks.items():
        for part, rule in leaves(task.rule).items():
            for code, slip in slips_of.get(id(rule), {}).items():
                hint = rule(slip)
                if hint is None:
                    continue  # with these figures the slip happens to give the right answer
                verdict = opened.check(name, slip if part is None else {**given[name], part: slip})
                prefix = f"training.{entry.module}.{name}"
                keys = [f"{prefix}.{part}.{code}", f"{prefix}.{code}", f"training.hint.{code}"]
                assert any(known(key) for key in keys), keys
                told = next(say(language, key) for key in keys if known(key))
                assert verdict.outcome == "wrong"
                assert told in verdict.text or hint.code != code, (name, part, code)
                seen += 1
    assert seen or entry.module == "once"

@pytest.mark.parametrize("language", LANGUAGES.values())
@pytest.mark.parametrize("entry", ALONE, ids=lambda e: e.module)
def test_any_other_wrong_answer_gets_the_hint_of_its_exercise(entry, language, recorded):
    """Not the general one: a trainee who is off the track is told what this exercise asks."""
    opened, given = solved(entry, 2025, language)
    sealed = {id(rule): right for rule, right, _ in recorded}
    for name, task in opened.tasks.items():
        for part, rule in leaves(task.rule).items():
            if id(rule) not in sealed or isinstance(sealed[id(rule)], str):
                continue
            wrong = Fraction(sealed[id(rule)]) + Fraction("98765.43")
            verdict = opened.check(name, float(wrong) if part is None else {**given[name], part: float(wrong)})
            assert verdict.outcome == "wrong"
            assert say(language, "training.hint.other") not in verdict.text, (name, part)

@pytest.mark.parametrize(("entry", "name"), EXERCISES, ids=lambda x: x if isinstance(x, str) else x.module)
def test_nothing_filled_in_is_not_answered_and_nonsense_is_wrong(entry, name):
    """Nothing that a trainee may put there raises."""
    for language in LANGUAGES.values():
        opened = open_lesson(entry.number, 2025, language)
        for nothing in (None, "", [], {}, {"a": None}, ...):
            assert opened.check(name, nothing).outcome == "not_answered"
        for nonsense in ("谁知道", 3.14159, True, [1, [2]], {"?": 1}, object(), float("nan"), float("inf"), "1e999999"):
            verdict = opened.check(name, nonsense)
            assert verdict.outcome == "wrong"
            assert verdict.text
            assert "{" not in verdict.text

@pytest.mark.parametrize("entry", ALONE, ids=lambda e: e.module)
def test_figures_follow_the_seed_and_not_the_language(entry):
    texts = {}
    for seed in (1, 2):
        for language in LANGUAGES.values():
            made = open_lesson(entry.number, seed, language)
            facts = "".join(str(made[name].facts) for name in made)
            texts[seed, language] = sorted(re.findall(r"\d+\.\d\d", facts))
    assert texts[1, "zh-CN"] == texts[1, "en"]
    assert texts[1, "en"] != texts[2, "en"]

#: Exercises whose answer is to see which of the amounts shown it is.
SHOWN = {"entries", "disguise", "travels", "clearing"}


@pytest.mark.parametrize("entry", ALONE, ids=lambda e: e.module)
def test_no_answer_stands_in_the_student_notebook_nor_among_the_facts(entry, recorded):
    """Amounts of four digits and more; a small number may stand anywhere by chance."""
    books = "".join(
        c.source for short in LANGUAGES for c in nbformat.read(path(FOLDER, entry.file, short, "student"), 4).cells
    )
    rights = {id(rule): right for rule, right, _ in recorded}
    for name, task in open_lesson(entry.number, 2025, "en").tasks.items():
        rights |= {id(rule): right for rule, right, _ in recorded}
        told = books if name in SHOWN else books + str(task.facts)
        for rule in leaves(task.rule).values():
            right = rights.get(id(rule), "")
            if isinstance(right, str) or abs(right) < 1000:
                continue
            exact = Decimal(Fraction(right).numerator) / Decimal(Fraction(right).denominator)
            for form in (f"{exact:.2f}", f"{exact:,.2f}", f"{exact:,.0f}", str(right)):
                assert not re.search(rf"(?<![\d.,]){re.escape(form)}(?![\d.,]*\d)", told), name


@pytest.mark.parametrize("entry", ALONE, ids=lambda e: e.module)
def test_a_sealed_judge_holds_digests_only(entry, recorded):
    for task in open_lesson(entry.number, 2025, "en").tasks.values():
        for rule in leaves(task.rule).values():
            held = dict(zip(rule.__code__.co_freevars, (c.cell_contents for c in rule.__closure__ or ()), strict=True))
            if any(rule is made for made, _, _ in recorded):
                assert set(held) <= {"self", "sealed", "places", "allowed"}
                assert all(re.fullmatch(r"[0-9a-f]{64}", key) for key in held["sealed"])


@pytest.mark.parametrize("entry", course(), ids=lambda e: e.module)
def test_every_fact_and_column_has_a_name_in_both_languages(entry):
    opened = open_lesson(entry.number, 3, "en")
    for name in opened:
        for fact, value in opened[name].facts.items():
            assert known(f"training.fact.{fact}"), fact
            for column in getattr(value, "columns", ()):
                assert known(f"training.column.{column}"), column
        assert opened[name]._repr_html_()

def test_an_unknown_lesson_is_refused_in_one_sentence():
    with pytest.raises(ReconError) as slip:
        open_lesson(10, 1, "en")
    assert slip.value.code == "no_lesson"

def test_progress_shows_how_each_exercise_stands():
    opened = open_lesson(1, 2025, "en")
    opened.check("closing", 1)
    assert opened.progress()["standing"].tolist()[:2] == ["not yet", "not answered"]

