"""How well an amount is known, in per cent: shares add up, and nothing is called whole that is not."""

from hypothesis import given
from hypothesis import strategies as st

from recon.case.export import shares
from recon.statements.basis import percentages

WEIGHTS = st.dictionaries(st.sampled_from(["documented", "corroborated", "stated", "estimated"]),
                          st.integers(0, 10**12), min_size=1)


def test_a_cent_that_is_estimated_keeps_the_rest_from_being_wholly_documented():
    assert percentages({"documented": 5_646_892, "estimated": 341}) == {"documented": 99, "estimated": 1}
    assert shares({"documented": 10**9, "stated": 1})["documented"] == "0.99"
    assert shares({"documented": 10**9})["documented"] == "1.00"
    assert shares({})["estimated"] == "1.00"


@given(WEIGHTS)
def test_shares_add_to_the_whole_and_one_is_whole_only_if_the_others_are_nothing(weights):
    found = percentages(weights)
    if not any(weights.values()):
        assert found == {}
        return
    assert sum(found.values()) == 100
    for name, share in found.items():
        assert abs(share - 100 * weights[name] / sum(weights.values())) <= 1
        assert (share == 100) == (weights[name] == sum(weights.values()))
