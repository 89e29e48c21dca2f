"""Lines of which nothing tells whether money came or went are set aside: counted either way they would be a guess."""

from collections.abc import Sequence

import pandas as pd

from recon.core.finding import Finding
from recon.core.source import Source
from recon.events.columns import live, total
from recon.reading.result import Reading


def set_aside(frame: pd.DataFrame, readings: Sequence[Reading]) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Set aside (``sign_unknown``) the lines of files whose amounts have no direction.

    Returns:
        The frame, and for each such file a finding with its lines and their sum.
    """
    files = [reading.file for reading in readings if reading.reason == "sign_unknown"]
    mine = frame[live(frame) & frame["file"].isin(files).to_numpy()]
    frame = frame.copy()
    frame.loc[mine.index, "set_aside"] = "sign_unknown"
    found = [Finding("sign_unknown_aside", "serious", Source(str(file)), {"count": len(rows), "total": total(rows, 1)})
             for file, rows in mine.groupby("file", sort=False)]
    return frame, tuple(found)
