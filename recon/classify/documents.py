"""What a document alone shows and no word explains is goods: bought for cash, or sold for it."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from recon.classify.rules import Verdict
from recon.events.matching import ON_PAPER

#: How sure it is that an invoice or a receipt without telling words is for goods.
_SURE = 0.8
_RESELLERS = frozenset({"retail", "wholesale"})
_UNKNOWN = ("unknown_in", "unknown_out", "")


def by_documents(frame: pd.DataFrame, live: npt.NDArray[np.bool_], verdicts: list[Verdict], trade: str) -> None:
    """Fill in, in place, the verdict on events that papers alone show; sales on account became cash when paid.

    What others use up (napkins, detergents) is stock to a *trade* that sells on.
    """
    likely = ("learned", "rule:consumables") if trade in _RESELLERS else "learned"
    papers = live & (frame["type"] == ON_PAPER).to_numpy() & (frame["account_kind"] == "cash").to_numpy()
    for row in np.flatnonzero(papers).tolist():
        verdict, sale = verdicts[row], frame["amount"].iloc[row] > 0
        guess = verdict.reason.startswith(likely)  # the goods on a paper are what was bought, not what for
        if guess or verdict.category in {*_UNKNOWN, "sales", "purchases"}:
            verdicts[row] = Verdict("cash_sales" if sale else "cash_purchases", "document", _SURE)
