"""Bank lines worded like those that were paired with a wallet's or card processor's payouts are its payouts too."""

import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd

from recon.events.columns import amounts, each, empty, live, texts
from recon.events.marks import Marks

#: Pairs for each line without a partner that make a wording the provider's own.
_PAIRS = 3


def read(frame: pd.DataFrame, marks: Marks) -> Marks:
    """*marks* with ``alike``: the wallet that all other bank lines of a free line's words and direction belong to."""
    kind = frame["account_kind"].to_numpy(dtype=object)
    wallet = frame[(kind == "wallet") & empty(frame, "funded_by")]  # what a bank paid for a wallet is no payout
    home = dict(zip(wallet["id"], wallet["account"], strict=True))
    words = each(marks.words, lambda text: re.sub(r"\S*\d\S*", "", text))
    keys = list(zip(words, (amounts(frame) > 0).tolist(), strict=True))
    bank = (kind == "bank") & live(frame)
    others = [home.get(partner, "") for partner in texts(frame, "paired_with")]
    paired = Counter((keys[row], others[row]) for row in np.flatnonzero(bank).tolist() if others[row])
    free = np.flatnonzero(bank & empty(frame, "category", "paired_with")).tolist()
    lone = Counter(keys[row] for row in free)
    shared = Counter(key for key, _ in paired)
    owners = {key: own for (key, own), count in paired.items() if shared[key] == 1 and count >= _PAIRS * lone[key]}
    alike = np.full(len(frame), "", dtype=object)
    alike[free] = [owners.get(keys[row], "") for row in free]
    return replace(marks, alike=alike)
