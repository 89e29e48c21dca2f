"""The other side of lines that print no counterparty column but name it in the description, as English banks do."""

import re
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from recon.classify.names import legal_forms
from recon.classify.rules import by_rule
from recon.events.marks import signs
from recon.events.words import plain

#: Fewest letters that make a name.
_LETTERS = 4


def with_spoken(frame: pd.DataFrame, live: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """*frame* with counterparties read from Latin descriptions where none is printed.

    Only live lines of banks and cards that nothing has named yet: the two ends of an own transfer know each other
    already, and wallets print who was paid.
    """
    silent = (frame["counterparty"] == "") & (frame["category"] == "") & frame["account_kind"].isin(["bank", "card"])
    bare = live & silent.to_numpy()
    if not bare.any():
        return frame
    texts = frame.loc[bare, "description"]
    known = {text: spoken(text) for text in set(texts)}
    done = frame.copy()
    done.loc[bare, "counterparty"] = [known[text] for text in texts]
    return done


def spoken(description: str) -> str:
    """The name in a Latin *description* without ways of paying, numbers and references; empty where none is left.

    A legal form ends the name: what follows is what the payment was for. Words that only say what for (interest
    paid, cash withdrawal) are nobody's name.
    """
    if not description or not re.fullmatch(r"[\x00-ɏ‘’–]+", description):
        return ""
    name = re.sub(r"\S*\d\S*|\*+", " ", description)
    end = _form().search(name)
    name = name[:end.end()] if end else name
    lead = _way().match(name)
    name = re.sub(r"\s+", " ", name[lead.end():] if lead else name).strip(" -/,.:;|")
    tells = _way().sub(" ", f"{name} ")
    return name if sum(c.isalpha() for c in tells) >= _LETTERS and plain(name) not in _purposes() else ""


@cache
def _purposes() -> frozenset[str]:
    return frozenset(word for rule, words in by_rule() if not rule.code.endswith("_firm") for word in words)


@cache
def _form() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{'|'.join(re.escape(form) for form in legal_forms())})\.?(?=\s|$)", re.IGNORECASE)


@cache
def _way() -> re.Pattern[str]:
    """Ways of paying and other words that every payment may have, at the start of a text."""
    words = sorted((w for w in map(plain, signs("silent")) if w.isascii()), key=len, reverse=True)
    return re.compile(rf"(?:\W*\b(?:{'|'.join(re.escape(w) for w in words)})\b\W+)+", re.IGNORECASE)
