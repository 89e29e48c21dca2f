"""Words that no lender passes over: gambling, virtual currency and the like, listed wherever they stand."""

from collections.abc import Iterator
from functools import cache

import numpy as np

from recon.checks.check import Check, Reason
from recon.checks.desk import Desk, flagged, listed, unknown
from recon.classify.lexicon import Lexicon
from recon.core.finding import Words
from recon.core.knowledge import table
from recon.events.words import plain


@cache
def _kinds() -> tuple[tuple[Words, ...], Lexicon]:
    """Names of the kinds of ``templates/checks/blocked.tsv``, and their words."""
    rows = table("checks/blocked.tsv", ("kind", "zh", "en", "words"))
    words = [(word, n) for n, row in enumerate(rows) for word in row["words"].split("|")]
    return tuple(Words(row["zh"], row["en"]) for row in rows), Lexicon("checks/blocked.tsv", words)


def blocked_words(desk: Desk) -> Iterator[Check]:
    """Every line of any account whose words or party name a blocked kind, set aside or not."""
    rows = desk.transactions
    if rows.empty:
        yield unknown("blocked_words", "authenticity", "no_lines")
        return
    names, lexicon = _kinds()
    memory: dict[str, frozenset[int]] = {}
    kinds = []
    for text in rows["counterparty"] + "|" + rows["type"] + "|" + rows["description"]:
        if text not in memory:
            memory[text] = frozenset(kind for _, kind in lexicon.find(plain(text)))
        kinds.append(memory[text])
    found = rows[np.array([bool(each) for each in kinds], dtype=bool)]
    check = flagged("blocked_words", found, max(1, int(rows["amount"].abs().sum())), desk)
    if found.empty:
        yield check
        return
    told = listed([names[kind] for kind in sorted(frozenset().union(*kinds))])
    outcome = "explain" if check.outcome == "pass" else check.outcome
    code = Reason("blocked_words_found", {**check.because[0].params, "kinds": told})
    yield Check(check.id, check.group, outcome, check.title, 0, check.actual, 0, "money", (code,), check.sources,
                rows=check.rows, amount=check.amount)


BLOCKED = (blocked_words,)
