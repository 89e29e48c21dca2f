"""The statistical suggestion: what it learns from rules and case, when it keeps silent, and how often it is right."""

import hashlib

import pytest

from recon.classify.classify import classify
from recon.classify.decisions import Decision
from recon.classify.learned import Example, Learned, pieces
from recon.classify.reasons import explain
from recon.classify.rules import shipped_words
from recon.core.facts import About, Case, Owner
from recon.core.settings import settings
from recon.events.build import build
from tests.events.byhand import Row, bank, said


def named(rows: list[Row], *decisions: Decision, trade: str = "other") -> list[tuple[str, str]]:
    """Category and reason of each row, in order."""
    case = Case(case=About(trade=trade), owner=Owner(name="诸葛孔明"))
    frame, accounts, _ = build([bank("a.csv", rows)], case, settings())
    done, _ = classify(frame, case, accounts, settings(), decisions)
    return list(zip(done["category"], done["reason"], strict=True))


ODD = [
    said("2025-03-03", -80_000, "锦绣缘", "龟背竹摆件"), said("2025-03-04", -81_000, "锦绣坊", "龟背竹盆栽"),
    said("2025-03-05", -79_000, "锦瑟轩", "龟背竹大盆"),
]


def test_words_that_nobody_knows_stay_unexplained() -> None:
    """Without a lesson there is nothing to learn from."""
    assert {category for category, _ in named(ODD)} == {"unknown_out"}


def test_a_reviewers_decisions_teach_what_similar_lines_are() -> None:
    """Two lines decided by hand name the third, marked as a suggestion that names what it resembles."""
    taught = [Decision("line", f"{day} {amount} bank-1234 #1", "marketing") for day, amount in (
        ("2025-03-03", "-800.00"), ("2025-03-04", "-810.00"))]
    first, second, third = named(ODD, *taught)
    assert (first[0], second[0], third[0]) == ("marketing", "marketing", "marketing")
    assert third[1].startswith("learned 锦绣")
    assert "统计建议" in explain(third[1], "zh-CN")
    assert "suggestion" in explain(third[1], "en")


@pytest.mark.parametrize("words", ["转账", "跨行汇款", "网上银行付款", "transfer ref 8841", "online payment"])
def test_words_of_every_kind_of_payment_teach_nothing(words: str) -> None:
    """A suggestion from "transfer" would be a guess; such a line stays unexplained."""
    assert named([said("2025-03-03", -80_000, "", words)])[0][0] == "unknown_out"
    assert not pieces(words) - {"8841"}


def test_a_persons_name_teaches_nothing() -> None:
    """A payment to Mark is no marketing."""
    assert named([said("2025-03-03", -80_000, "Mark Rentham", "")])[0][0] == "unknown_out"


def test_suggestions_do_not_depend_on_the_order_of_lessons() -> None:
    """Counting has no order."""
    words = shipped_words("retail", incoming=False)
    examples = [Example(word, category, 1) for word, category in sorted(words.items())]
    one, two = Learned(examples), Learned(examples[::-1])
    for text in ("butcher and baker", "水果批发行", "solar heating repairs"):
        assert one.likeliest(text) == pytest.approx(two.likeliest(text))


def test_likeness_alone_makes_no_income() -> None:
    """Money in that resembles a sale is told as one and stays unexplained: only a rule or a person makes revenue."""
    paid_in = [(day, -amount, texts) for day, amount, texts in ODD]
    taught = [Decision("line", f"{day} {amount} bank-1234 #1", "sales") for day, amount in (
        ("2025-03-03", "800.00"), ("2025-03-04", "810.00"))]
    first, second, third = named(paid_in, *taught)
    assert (first[0], second[0], third[0]) == ("sales", "sales", "unknown_in")
    assert third[1].startswith("abstain sales learned")


@pytest.mark.slow
@pytest.mark.parametrize(("trade", "incoming"), [("restaurant", False), ("wholesale", True)])
def test_nine_in_ten_are_right_above_the_shipped_threshold(trade: str, incoming: bool) -> None:  # noqa: FBT001 - a direction
    """Cross-validation on the rules' own words: each is judged by a model that has not seen it."""
    words = [
        Example(word, category, 1) for word, category in sorted(shipped_words(trade, incoming=incoming).items())
        if not category.startswith("unknown")
    ]
    words.sort(key=lambda word: hashlib.sha256(word.text.encode()).hexdigest())  # folds that no neighbours share
    least, right, told = float(settings().number("learned_from")), 0, 0
    for fold in range(4):
        model = Learned([word for n, word in enumerate(words) if n % 4 != fold])
        for word in words[fold::4]:
            category, chance = model.likeliest(word.text)
            told += chance >= least
            right += chance >= least and category == word.category
    assert told >= len(words) / 5  # it says something
    assert right >= 0.88 * told, (right, told, len(words))
