"""Evidence: how much of what was handed in proves itself, what is missing, and what nobody can explain."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from recon.checks.check import Check, Outcome, Reason
from recon.checks.desk import Desk, grade, percent, ratio, title, unknown
from recon.events.accounts import OwnAccount

_UNEXPLAINED = ("unknown_in", "unknown_out")


def proven(desk: Desk) -> Iterator[Check]:
    """The share of the lines' value that stands inside a proven chain or total."""
    rows = desk.transactions
    total = int(rows["amount"].abs().sum())
    if not total:
        yield unknown("evidence_proven", "evidence", "no_lines", "ratio")
        return
    share = Fraction(int(rows.loc[rows["proven"], "amount"].abs().sum()), total)
    least, most = desk.settings.number("proven_pass"), desk.settings.number("proven_explain")
    outcome = grade(1 - share, 1 - least, 1 - most)
    yield Check("evidence_proven", "evidence", outcome, title("evidence_proven"), Decimal(1), ratio(share), 1 - least,
                "ratio", (Reason("proven_share", {"share": percent(share)}),), tuple(sorted(set(rows["file"]))))


def files(desk: Desk) -> Iterator[Check]:
    """Files that contradict themselves, or that the reader is not sure of, or that could not be read."""
    if not desk.readings:
        return
    kinds = ("inconsistent", "doubtful", "refused")
    by = {kind: [r.file for r in desk.readings if r.outcome == kind] for kind in kinds}
    outcome: Outcome = "fail" if by["inconsistent"] else "explain" if by["doubtful"] or by["refused"] else "pass"
    because = tuple(
        Reason(f"files_{kind}", {"count": len(names), "files": ", ".join(names)}) for kind, names in by.items() if names
    ) or (Reason("files_fine", {"count": len(desk.readings)}),)
    bad = [name for names in by.values() for name in names]
    yield Check("evidence_files", "evidence", outcome, title("evidence_files"), 0, len(bad), 0, "count", because,
                tuple(bad) or tuple(r.file for r in desk.readings))


def months(desk: Desk) -> Iterator[Check]:
    """Months of the period that an account's files do not cover."""
    accounts = [account for account in desk.accounts if account.files]
    if not accounts:
        return
    missing = {account.id: gone for account in accounts if (gone := missing_months(account, desk))}
    because = tuple(
        Reason("months_gone", {"account": name, "months": ", ".join(gone)}) for name, gone in missing.items()
    ) or (Reason("months_complete"),)
    yield Check("evidence_months", "evidence", "explain" if missing else "pass", title("evidence_months"), 0,
                sum(len(gone) for gone in missing.values()), 0, "count", because,
                tuple(file for account in accounts for file in account.files))


def missing_months(account: OwnAccount, desk: Desk) -> list[str]:
    """``YYYY-MM`` of the period's months that lie outside what *account*'s files cover."""
    if account.start is None or account.end is None:
        return []
    first, last = pd.Timestamp(account.start).strftime("%Y-%m"), pd.Timestamp(account.end).strftime("%Y-%m")
    return [month for month in desk.ledger.period.months if not first <= month <= last]


def unexplained(desk: Desk) -> Iterator[Check]:
    """Money that nobody could classify, and money that moved where no line was handed in."""
    rows = desk.transactions
    total = int(rows["amount"].abs().sum())
    if not total:
        return
    gaps = sum(abs(gap) for gap in desk.ledger.known.gaps.values())
    lost = int(rows.loc[rows["category"].isin(_UNEXPLAINED), "amount"].abs().sum()) + gaps
    share = Fraction(lost, total)
    least, most = desk.settings.number("unexplained_pass"), desk.settings.number("unexplained_explain")
    params = {"amount": desk.text(lost), "share": percent(share), "gaps": desk.text(gaps)}
    outcome = grade(share, least, most)
    yield Check("evidence_unexplained", "evidence", outcome, title("evidence_unexplained"), Decimal(0), ratio(share),
                least, "ratio", (Reason("unexplained_share", params),), _UNEXPLAINED)


def transfers(desk: Desk) -> Iterator[Check]:
    """Own transfers whose other end stands in no statement: an account that nobody handed in."""
    if desk.transactions.empty:
        return
    left = desk.ledger.value("clearing") or 0
    outcome: Outcome = "explain" if left else "pass"
    yield Check("evidence_transfers", "evidence", outcome, title("evidence_transfers"), 0, left, 0, "money",
                (Reason(f"transfers_{outcome}", {"amount": desk.text(left)}),), ("own_transfer", "wallet_top_up"))


EVIDENCE = (proven, files, months, unexplained, transfers)
