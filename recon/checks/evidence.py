"""Evidence: how much of what was handed in proves itself, what is missing, and what nobody can explain."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from recon.checks.check import Check, Outcome, Reason
from recon.checks.desk import Desk, flagged, grade, percent, ratio, some, title, unknown
from recon.events.words import plain
from recon.ledger.reach import PAID_NET, missing_months
from recon.reading.result import Reading

_UNEXPLAINED = ("unknown_in", "unknown_out")
#: Files of banking programs: their formats print a closing balance at most, so their lines cannot prove themselves.
_NO_OPENING = (".ofx", ".qfx", ".qbo", ".qif")
#: Reasons by which a file holds no statement at all, whatever else it is.
_NO_STATEMENT = ("no_table", "not_evidence", "empty")
_PAPERS = "receipts/"
#: Papers that go with goods and need not print what they cost, and what reading says of them then.
_NO_MONEY, _NO_TOTAL = ("waybill", "delivery_note"), "document_total_missing"
_TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt")


def proven(desk: Desk) -> Iterator[Check]:
    """The share of the lines' value that stands inside a proven chain or total."""
    rows = desk.transactions
    total = int(rows["amount"].abs().sum())
    if not total:
        yield unknown("evidence_proven", "evidence", "no_lines", "ratio")
        return
    share = Fraction(int(rows.loc[rows["proven"], "amount"].abs().sum()), total)
    least, most = desk.limits("evidence_proven")
    outcome, because = grade(1 - share, 1 - least, 1 - most), [Reason("proven_share", {"share": percent(share)})]
    bare = rows[~rows["proven"] & rows["file"].str.lower().str.endswith(_NO_OPENING)]
    left = total - int(bare["amount"].abs().sum())
    others = Fraction(share * total, left) if left else Fraction(1)
    if outcome != "pass" and len(bare) and others >= 1 - Fraction(most):
        outcome = "cannot_judge"
        because.append(Reason("proven_bare", {"files": ", ".join(sorted(set(bare["file"])))}))
    yield Check("evidence_proven", "evidence", outcome, title("evidence_proven"), Decimal(1), ratio(share), 1 - least,
                "ratio", tuple(because), tuple(sorted(set(rows["file"]))))


def files(desk: Desk) -> Iterator[Check]:
    """Files that contradict themselves, or that the reader is not sure of, or that could not be read."""
    if not desk.readings:
        yield unknown("evidence_files", "evidence", "no_files", "count")
        return
    kinds = ("inconsistent", "doubtful", "refused")
    by = {kind: [r.file for r in desk.readings if r.outcome == kind and not _harmless(r, desk)] for kind in kinds}
    outcome: Outcome = "fail" if by["inconsistent"] else "explain" if by["doubtful"] or by["refused"] else "pass"
    because = tuple(
        Reason(f"files_{kind}", {"count": len(names), "files": ", ".join(names)}) for kind, names in by.items() if names
    ) or (Reason("files_fine", {"count": len(desk.readings)}),)
    if aside := [r.file for r in desk.readings if _harmless(r, desk)]:
        because += (Reason("files_aside", {"count": len(aside), "files": ", ".join(aside)}),)
    bad = [name for names in by.values() for name in names]
    yield Check("evidence_files", "evidence", outcome, title("evidence_files"), 0, len(bad), 0, "count", because,
                tuple(bad) or tuple(r.file for r in desk.readings))


def _harmless(reading: Reading, desk: Desk) -> bool:
    """Whether a file only shows no statement: a paper among the documents, or a list of cash without a line.

    A waybill or delivery note that was read and prints no sum of money is none either.
    """
    missing = {finding.code for finding in reading.findings} == {_NO_TOTAL}
    if reading.outcome == "doubtful" and missing and all(each.kind in _NO_MONEY for each in reading.receipts):
        return True
    if reading.outcome != "refused" or reading.reason not in _NO_STATEMENT:
        return False
    listed = any(own.kind == "cash" and own.shows(reading.file) for own in desk.case.account)
    empty = listed and reading.file.lower().endswith(_TABLES)
    return reading.file.startswith(_PAPERS) or empty


def months(desk: Desk) -> Iterator[Check]:
    """Months of the period that an account's files do not cover; a cash book may have nothing to write for a month."""
    accounts = [account for account in desk.accounts if account.files and account.kind != "cash"]
    if not accounts:
        yield unknown("evidence_months", "evidence", "no_files", "count")
        return
    rows, gaps = desk.transactions, desk.ledger.known.gaps
    missing = {
        each.id: gone for each in accounts
        if (gone := missing_months(each, rows[rows["account"] == each.id], desk.ledger.period, gap=each.id in gaps))
    }
    because = tuple(
        Reason("months_gone", {"account": name, "months": ", ".join(gone)}) for name, gone in missing.items()
    ) or (Reason("months_complete"),)
    yield Check("evidence_months", "evidence", "explain" if missing else "pass", title("evidence_months"), 0,
                sum(len(gone) for gone in missing.values()), 0, "count", because,
                tuple(file for account in accounts for file in account.files))


def copies(desk: Desk) -> Iterator[Check]:
    """Files of which every line stands in another file too: handed in twice, counted once."""
    rows, aside = desk.transactions, desk.aside
    if rows.empty:
        yield unknown("evidence_copies", "evidence", "no_lines", "count")
        return
    doubled = aside[aside["set_aside"] == "duplicate"] if len(aside) else aside
    whole_files = sorted(set(doubled["file"]) - set(rows["file"])) if len(doubled) else []
    outcome: Outcome = "explain" if whole_files else "pass"
    params = {"count": len(whole_files), "files": ", ".join(whole_files), "lines": len(doubled)}
    code = "copies_found" if whole_files else "copies_overlap" if len(doubled) else "copies_none"
    yield Check("evidence_copies", "evidence", outcome, title("evidence_copies"), 0, len(whole_files), 0, "count",
                (Reason(code, params),), tuple(whole_files), rows=tuple(doubled["id"]) if len(doubled) else ())


def accounts_handed_in(desk: Desk) -> Iterator[Check]:
    """Money to and from own accounts of which no statement was handed in."""
    rows = desk.transactions
    total = int(rows["amount"].abs().sum())
    if not total:
        yield unknown("evidence_accounts", "evidence", "no_lines")
        return
    handed = {own.id for own in desk.accounts if own.files}
    outside = (rows["funded_by"] != "") & ~rows["funded_by"].isin(list(handed))
    found = rows[rows["reason"].str.startswith("account_not_handed_in") | outside]
    family = found[found["reason"].eq("account_not_handed_in ?") & _of_family(found, desk)]
    check = flagged("evidence_accounts", found.drop(family.index), total, desk)
    for code, aside in (("accounts_family", family), ("accounts_payouts", rows[_payouts(rows, desk)])):
        if len(aside):
            told = {"count": len(aside), "amount": desk.text(int(aside["amount"].abs().sum())),
                    "rows": some(tuple(aside["id"]))}
            check = replace(check, because=(*check.because, Reason(code, told)))
            if code == "accounts_payouts" and check.outcome == "pass":
                check = replace(check, outcome="explain", rows=tuple(aside["id"]))
    yield check


def _payouts(rows: pd.DataFrame, desk: Desk) -> pd.Series:
    """Rows that are payouts of a firm of cards or transfers where no account of any such firm was handed in.

    The money is in the bank; what its report would add are the fees taken off, and sales and refunds before them.
    """
    wallets = any(own.kind == "wallet" and own.files for own in desk.accounts)
    return rows["reason"].str.startswith(f"rule:{PAID_NET}") & (not wallets)


def _of_family(rows: pd.DataFrame, desk: Desk) -> pd.Series:
    """Rows that name the spouse or a declared relation: their savings are no account of the business."""
    family = (desk.case.owner.spouse, *(each.name for each in desk.case.related))
    names = [plain(name) for name in family if name.strip()]
    texts = (rows["counterparty"] + "|" + rows["description"]).map(plain)
    return texts.map(lambda text: any(name in text for name in names)).astype(bool)


def unexplained(desk: Desk) -> Iterator[Check]:
    """Money that nobody could classify, and money that moved where no line was handed in."""
    rows = desk.transactions
    total = int(rows["amount"].abs().sum())
    if not total:
        yield unknown("evidence_unexplained", "evidence", "no_lines", "ratio")
        return
    gaps = sum(abs(gap) for gap in desk.ledger.known.gaps.values())
    lost = int(rows.loc[rows["category"].isin(_UNEXPLAINED), "amount"].abs().sum()) + gaps
    share = Fraction(lost, total)
    least, most = desk.limits("evidence_unexplained")
    params = {"amount": desk.text(lost), "share": percent(share), "gaps": desk.text(gaps)}
    outcome = grade(share, least, most)
    yield Check("evidence_unexplained", "evidence", outcome, title("evidence_unexplained"), Decimal(0), ratio(share),
                least, "ratio", (Reason("unexplained_share", params),), _UNEXPLAINED,
                rows=tuple(rows.loc[rows["category"].isin(_UNEXPLAINED), "id"]), amount=lost)


def transfers(desk: Desk) -> Iterator[Check]:
    """Own transfers whose other end stands in no statement: an account that nobody handed in.

    What was on its way at the period's first or last days has its other end outside.
    """
    rows = desk.transactions
    if rows.empty:
        yield unknown("evidence_transfers", "evidence", "no_lines")
        return
    edge = pd.Timedelta(days=desk.settings.whole("transfer_days"))
    first, last = pd.Timestamp(desk.ledger.period.start), pd.Timestamp(desk.ledger.period.end)
    loose = rows[rows["reason"].str.startswith("transfer_unpaired")]
    way = (loose["date"] - first < edge) | (last - loose["date"] < edge)
    left = (desk.ledger.value("clearing") or 0) + int(loose.loc[way, "amount"].sum())
    outcome: Outcome = "explain" if left else "pass"
    yield Check("evidence_transfers", "evidence", outcome, title("evidence_transfers"), 0, left, 0, "money",
                (Reason(f"transfers_{outcome}", {"amount": desk.text(left)}),), ("own_transfer", "wallet_top_up"),
                rows=tuple(loose.loc[~way, "id"]))


EVIDENCE = (proven, files, months, copies, accounts_handed_in, unexplained, transfers)
