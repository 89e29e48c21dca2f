"""What the till is known to have held: cash counted, drawn, banked, and received or spent by papers."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from recon.core.facts import Case
from recon.events.columns import amounts
from recon.events.matching import drawn_or_banked


@dataclass(slots=True)
class Till:
    """The cash box between two counts, in minor units; *moves* are days and amounts, in +, out −.

    What nobody wrote down (takings without a slip, money that the owner took) is not in it.
    """

    opening: int | None
    closing: int | None
    moves: list[tuple[pd.Timestamp, int]] = field(default_factory=list)

    @classmethod
    def of(cls, case: Case, rows: pd.DataFrame) -> "Till":
        """The till of *case* as its form counts it, with the cash that lines of banks among *rows* drew or banked."""
        cash = rows[drawn_or_banked(rows) & np.asarray(rows["paired_with"] == "", dtype=np.bool_)]
        box = next((account for account in case.account if account.kind == "cash"), None)
        opening, closing = (box.opening, box.closing) if box else (None, None)
        return cls(case.opening.cash if opening is None else opening, case.closing.cash if closing is None else closing,
                   list(zip(cash["date"], (-amounts(cash)).tolist(), strict=True)))

    def carries(self, day: pd.Timestamp, amount: int) -> bool:
        """Whether *amount* lay in the till on *day* and is not in it at the end, nor used for what came after.

        False where the till was not counted at both ends: nothing then tells what left it.
        """
        if self.opening is None or self.closing is None:
            return False
        moves = pd.Series([size for _, size in self.moves], [when for when, _ in self.moves], dtype="int64")
        held = self.opening + moves.groupby(level=0).sum().cumsum()
        then, later = held[held.index <= day], held[held.index > day]
        left = [int(then.iloc[-1]) if len(then) else self.opening, *later.tolist()]
        left.append(left[-1] - self.closing)
        return min(left) >= amount
