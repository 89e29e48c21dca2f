"""Which verdict on a request is right by true books, also where more was asked for than the simulator drew.

The rule is the truth's own (``truth.json``: policies.verdict): as much as the regulator's formula or the deepest gap of
the true cash path justifies and as a true month's free cash carries; to a bad character never.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def right(truth: Mapping[str, Any], asked: Decimal) -> str:
    """The verdict on a request of *asked*, in major units."""
    need = truth["need"]
    most = min(Decimal(need["amount"]), Decimal(need["capacity"]["affordable"]))
    if need["character"] == "poor" or most <= 0:
        return "decline"
    return "justified" if asked <= most else "reduce"
