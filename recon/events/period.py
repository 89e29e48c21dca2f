"""The case's period, and the rows that lie outside it or are in another currency."""

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from recon.core.facts import Case
from recon.core.finding import Finding
from recon.core.source import Source
from recon.events.columns import total
from recon.reading.result import Reading


def period(frame: pd.DataFrame, case: Case) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """First and last day of the case: as given, else the whole months that the rows span; None without either."""
    days = frame.loc[frame["set_aside"] == "", "date"].dropna()
    first = _stamp(case.case.from_) if case.case.from_ else days.min().replace(day=1) if len(days) else None
    last = _stamp(case.case.to) if case.case.to else days.max() + pd.offsets.MonthEnd(0) if len(days) else None
    return None if first is None or last is None else (first, last)


def of_papers(readings: Sequence[Reading]) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """The whole months that the days of documents span, those in doubt left out; None without any."""
    days = [pd.Timestamp(str(receipt.date)) for reading in readings for receipt in reading.receipts
            if receipt.date is not None and "date" not in receipt.uncertain]
    return (min(days).replace(day=1), max(days) + pd.offsets.MonthEnd(0)) if days else None


def placed(frame: pd.DataFrame, case: Case) -> pd.DataFrame:
    """*frame* with lines that print no day on the last day of the case's period, where there is one."""
    bounds = period(frame, case) if frame["date"].isna().any() else None
    return frame if bounds is None else frame.assign(date=frame["date"].fillna(bounds[1]))


def _stamp(day: dt.date) -> pd.Timestamp:
    return pd.Timestamp(day)


def outside(frame: pd.DataFrame, case: Case) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Set aside rows out of the period (``out_of_period``) and in another currency (``foreign_currency``)."""
    frame = frame.copy()
    live = frame["set_aside"] == ""
    foreign = live & (frame["currency"] != case.case.currency)
    frame.loc[foreign, "set_aside"] = "foreign_currency"
    bounds = period(frame, case)
    late = live & ~foreign & (~frame["date"].between(*bounds) if bounds else True)
    frame.loc[late, "set_aside"] = "out_of_period"
    found = [
        Finding("foreign_currency", "serious", Source(str(file)), {
            "count": len(rows), "currency": currency, "money_in": total(rows, 1),
            "money_out": total(rows, -1), "home": case.case.currency,
        })
        for (file, currency), rows in frame[foreign].groupby(["file", "currency"], sort=True)
    ]
    partly = set(frame.loc[frame["set_aside"] == "", "file"])
    found += [
        Finding("out_of_period", "look" if file in partly else "serious", Source(str(file)), {
            "count": len(rows), "first": str(rows["date"].min())[:10], "last": str(rows["date"].max())[:10],
        })
        for file, rows in frame[late].groupby("file", sort=True)
    ]
    return frame, tuple(found)
