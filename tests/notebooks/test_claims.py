"""What the lessons say of their worked examples is so."""

import functools
from pathlib import Path

import pytest

import recon
from recon.training import noodle_shop
from recon.training.build import path
from recon.training.lessons import course
from tests.notebooks.running import run

FOLDER = Path(__file__).parents[2] / "notebooks"


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """The names that a lesson leaves, each lesson run once."""
    folder = tmp_path_factory.mktemp("claims")
    return functools.cache(lambda n: run(path(FOLDER, course()[n - 1].file, "en", "solved"), folder).names)


@pytest.fixture(scope="module")
def books():
    return recon.rebuild(noodle_shop(), language="en")


def test_lesson_1_the_bank_is_proven_the_forged_copy_contradicts_itself_and_the_cash_book_has_no_proof(names):
    left = names(1)
    assert left["bank"].outcome == "proven"
    assert left["breaks"].empty
    assert recon.read(left["forged"]).outcome == "inconsistent"
    assert recon.read(left["cash_file"]).outcome == "unprovable"


def test_lesson_2_simple_adding_overstates(books):
    rows = books.transactions
    naive = rows.loc[(rows["amount"] > 0) & (rows["set_aside"] == ""), "amount"].sum()
    assert naive > 1.2 * books.effective.total
    assert next(c.outcome for c in books.checks if c.id == "evidence_transfers") == "pass"


def test_lesson_4_the_form_alone_gives_the_answer_of_the_exercise(names):
    found = names(4)["interview"].ledger.value("credit_sales")
    assert names(4)["lesson"].check("credit_sales", found / 100).outcome == "right"


def test_lesson_5_a_loan_called_a_sale_lifts_profit_by_itself_and_breaks_no_tie(names):
    honest, dressed = names(5)["honest"], names(5)["dressed"]
    assert dressed.ledger.value("net_profit") - honest.ledger.value("net_profit") == 3_000_000
    debts = [b.statements.line("balance_sheet", 47).amount for b in (honest, dressed)]
    assert debts[0] - debts[1] == 3_000_000
    for made in (honest, dressed):
        ties = [c.outcome for c in made.checks if c.group == "articulation"]
        assert ties
        assert "fail" not in ties


def test_lesson_7_the_second_costume_closes_and_only_its_interest_tells(names):
    left = names(7)
    assert recon.read(left["folder"] / "statements" / "bank.csv").outcome == "proven"
    outcome = {c.id: c.outcome for c in left["genuine"].checks}
    told = {i: o for i, o in outcome.items() if i.startswith("interest_")}
    assert set(told.values()) == {"pass"}
    dressed = {c.id: c.outcome for c in recon.rebuild(left["folder"]).checks if c.id.startswith("interest_")}
    assert dressed
    assert "pass" not in dressed.values()


def test_lesson_8_next_to_no_need_however_good_the_client(books):
    need = books.need
    assert need.method("regulator").limit < need.requested.amount / 10
    assert need.capacity.coverage is not None
    assert need.verdict in ("reduce", "decline")
