"""Any facts may be missing: what an independent rank computation calls determined is found, the rest is asked."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from recon.ledger.chart import positions, variables
from recon.ledger.control import Equation, Figure, fact, solve
from tests.ledger.worlds import World, rebuild, worlds

QUICK = settings(max_examples=30, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
#: Ranks over this field equal ranks over fractions for coefficients of ±1, up to a chance of nothing.
PRIME = (1 << 61) - 1


def rank(rows: Sequence[Mapping[str, int]]) -> int:
    """Rank of sparse rows over a large prime field: no code in common with ``recon.ledger.linear``."""
    pivots: dict[str, dict[str, int]] = {}
    for row in rows:
        left = {name: value % PRIME for name, value in row.items() if value % PRIME}
        while left:
            name = min(left)
            if name not in pivots:
                inverse = pow(left[name], -1, PRIME)
                pivots[name] = {k: v * inverse % PRIME for k, v in left.items()}
                break
            factor, top = left[name], pivots[name]
            left = {k: v for k in left.keys() | top.keys() if (v := (left.get(k, 0) - factor * top.get(k, 0)) % PRIME)}
    return len(pivots)


def over(system: Sequence[Equation], unknown: set[str]) -> list[dict[str, int]]:
    """The system's rows over the unknown variables."""
    rows = []
    for equation in system:
        row: dict[str, int] = {}
        for term in equation.terms:
            if term.variable in unknown:
                row[term.variable] = row.get(term.variable, 0) + term.sign
        rows.append(row)
    return rows


def whole(world: World) -> tuple[tuple[Equation, ...], dict[str, Figure]]:
    """The system of a complete world and every variable of it as a fact."""
    ledger, _ = rebuild(world.form())
    values = {n: fact(f.value, "stated", n) for n, f in ledger.solution.figures.items() if f.value is not None}
    assert len(values) == len(ledger.solution.figures)
    return ledger.known.system, values


ASKABLE = [f"{end}.{key}" for end in ("opening", "closing") for key in positions()]
ASKABLE += [name for name, entry in variables().items() if entry.ask]


@QUICK
@given(worlds(), st.data())
def test_what_the_remaining_facts_determine_is_found_exactly_and_the_rest_is_null(world: World, data: st.DataObject):
    """Deletions are drawn over all variables of the system, few or many."""
    system, truth = whole(world)
    size = data.draw(st.sampled_from((1, 2, 5, 20, 60)))
    gone = data.draw(st.sets(st.sampled_from(sorted(truth)), min_size=1, max_size=size))
    solution = solve(system, {n: f for n, f in truth.items() if n not in gone}, askable=ASKABLE)
    rows = over(system, gone)
    full = rank(rows)
    settled = {n for n in gone if rank([*rows, {n: 1}]) == full}
    assert {n: solution.value(n) for n in settled} == {n: truth[n].value for n in settled}
    assert {n for n in gone if solution.value(n) is None} == gone - settled
    assert dict(solution.differences) == {}
    assert len(solution.questions) == len(gone) - full


@QUICK
@given(worlds(), st.data())
def test_answers_to_the_questions_close_the_books(world: World, data: st.DataObject):
    system, truth = whole(world)
    gone = data.draw(st.sets(st.sampled_from(sorted(truth)), min_size=8, max_size=60))
    left = {n: f for n, f in truth.items() if n not in gone}
    questions = solve(system, left, askable=ASKABLE).questions
    answered = solve(system, {**left, **{n: truth[n] for n in questions}}, askable=ASKABLE)
    assert answered.questions == ()
    assert {n: f.value for n, f in answered.figures.items()} == {n: f.value for n, f in truth.items()}


@pytest.mark.slow
@QUICK
@given(worlds(), st.integers(1, 10**6), st.sampled_from([
    ("receivables", "credit_sales"), ("payables", "credit_purchases"), ("inventory", "cost_of_goods_sold"),
    ("fixed_assets", "depreciation"), ("cash", "drawings"),
]))
def test_a_perturbed_closing_leaves_its_difference_in_its_own_account(world: World, by: int, which: tuple[str, str]):
    """With the flow stated that the account would have found, nothing but the difference moves."""
    key, flow = which
    form = world.form()
    form["known"][flow] = _text(world.flow[flow])
    straight, before = rebuild(form)
    form["closing"][key] = _text(world.closing[key] + by)
    bent, after = rebuild(form)
    assert dict(straight.solution.differences) == {}
    assert dict(bent.solution.differences) == {key: -by}
    for statement in ("balance_sheet", "income_statement", "cash_flow"):
        assert [x.amount for x in getattr(before, statement)] == [x.amount for x in getattr(after, statement)]


def _text(minor: int) -> str:
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100}.{abs(minor) % 100:02d}"
