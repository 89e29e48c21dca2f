"""No figure is a plug: every posting says where it comes from and by which rule, and every found figure its road."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from recon.case.books import Books
from recon.case.pipeline import rebuild
from recon.core.money import divide
from recon.ledger.chart import positions

HERE = Path(__file__).parent
SAMPLES = HERE.parent.parent / "samples"
PROBLEMS = sorted(HERE.glob("*/case.toml"))
#: Entries of one rule each, besides a line of evidence and a figure spread over the months.
RULES = re.compile(
    r"opening_position|statement_gap|disposal|disposal_gain|due_after_a_year|bank_without_statement|net_change"
    r"|funded_by_own_account|funded_from_outside|line:\w+|spread:\w+|unrecorded_cash:\w+|(prepaid|accrued):\w+"
    r"|rule:\w+|(adjust|known|stated)\.\w+"
)
#: Keys of the case form that make entries by themselves.
FORM = re.compile(r"lines|gap:.+|fixed_asset:.*|loan|closing|closing\.bank")


def explained(books: Books) -> None:
    """Assert that nothing in *books* comes from nowhere."""
    journal, figures = books.ledger.journal, books.ledger.solution.figures
    ids, known = set(books.transactions["id"]), set(figures)
    assert (journal["source"] != "").all()
    assert journal["rule"].map(lambda rule: bool(RULES.fullmatch(rule))).all(), set(journal["rule"])
    for source in journal["source"].unique():
        assert source in ids or source in known or FORM.fullmatch(source), source
    for name, figure in figures.items():
        if figure.value is None:
            continue
        assert bool(figure.source) or bool(figure.equation), name
        if figure.equation and figure.equation != "margin":
            total = sum((c * (figures[n].value or 0) for c, n in figure.terms), Fraction(0))
            assert divide(total.numerator, total.denominator) == figure.value, name


def posted_as_found(books: Books) -> None:
    """Assert that each figure is posted with its own amount, neither more nor less."""
    journal = books.ledger.journal
    ends = {f"{end}.{key}" for end in ("opening", "closing") for key in positions()}
    made = journal[journal["rule"].str.startswith(("spread:", "unrecorded_cash:"))]
    for name, rows in made[~made["source"].isin(ends)].groupby("source"):
        value = books.ledger.value(name)
        sides = 2 if name == "interest_in_instalments" else 1
        assert int((rows["debit"] - rows["credit"]).sum()) == 0
        assert value is not None
        by_month = rows.groupby(["month", "account"])["debit"].sum()
        assert int(rows["debit"].sum()) >= abs(value) * sides or by_month.empty


@pytest.mark.parametrize("form", PROBLEMS, ids=lambda path: path.parent.name)
def test_no_entry_of_a_worked_problem_is_a_plug(form: Path):
    books = rebuild(form.parent)
    explained(books)
    posted_as_found(books)


@pytest.mark.slow
@pytest.mark.parametrize("sample", sorted(p.parent for p in SAMPLES.glob("*/case.toml")), ids=lambda path: path.name)
def test_no_entry_of_a_sample_is_a_plug(sample: Path):
    books = rebuild(sample)
    explained(books)
    posted_as_found(books)
