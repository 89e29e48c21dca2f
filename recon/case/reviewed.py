"""What reviewers answered in place of the form, and the digests by which a workbook is known to be of this run."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from recon.classify.decisions import FILE, Decisions, answers
from recon.core.answers import answered
from recon.core.errors import ReconError
from recon.core.facts import Case
from recon.core.finding import Finding
from recon.core.settings import settings
from recon.core.source import Source

#: The forms that a case folder may hold.
_FORMS = ("case.toml", "case.xlsx")
#: Findings on accounts nobody handed in, and the reason of their lines until somebody names them.
_OF_ACCOUNTS, _UNSEEN = ("account_not_handed_in", "account_days_not_handed_in"), "account_not_handed_in"


def reviewed(form: Case, decisions: Decisions) -> tuple[Case, tuple[Finding, ...]]:
    """*form* with the reviewers' answers in place of its own, and a finding for each: the form's file is not touched.

    An answer that the form has no place for any more is a finding, and the form's own stands.
    """
    found = []
    for path, decision in answers(decisions).items():
        params = {"path": path, "new": decision.new, "old": decision.old or "–", "who": decision.who or "–",
                  "when": decision.when[:10] or "–"}
        try:
            changed = answered(form, path, decision.new)
            settings(changed.settings)
        except (LookupError, ValueError, ReconError):
            found.append(Finding("answer_unfit", "serious", Source(FILE), params))
        else:
            form = changed
            found.append(Finding("answer_reviewed", "info", Source(FILE), params))
    return form, tuple(found)


def open_still(found: Iterable[Finding], transactions: pd.DataFrame) -> tuple[Finding, ...]:
    """*found* without the accounts nobody handed in of which a reviewer has named every line since."""
    labels = set(transactions["reason"]) | {f"{_UNSEEN} {label}" for label in transactions["funded_by"] if label}
    return tuple(f for f in found if f.code not in _OF_ACCOUNTS or f"{_UNSEEN} {f.params['label']}" in labels)


def stamp(root: Path) -> dict[str, str]:
    """SHA-256 of the form and of the decisions, empty where there is no such file."""
    return {
        "form": _digest(*(root / name for name in _FORMS)),
        "decisions": _digest(root / FILE),
    }


def _digest(*paths: Path) -> str:
    there = [path.read_bytes() for path in paths if path.is_file()]
    return hashlib.sha256(b"\0".join(there)).hexdigest() if there else ""
