"""An account that nobody handed in is asked for until a reviewer has named all its lines."""

import pandas as pd

from recon.case.reviewed import open_still
from recon.core.finding import Finding
from recon.core.source import Source


def test_an_account_is_asked_for_until_every_line_of_it_is_named() -> None:
    """One line of 甲 still rests on its label, those of 乙 were decided; a wallet paid by 丙 keeps its question."""
    told = [Finding("account_not_handed_in", "serious", Source("a"), {"label": name}) for name in "甲乙丙"]
    other = Finding("purchase_unpaid", "look", Source("a"), {})
    rows = pd.DataFrame({"reason": ["account_not_handed_in 甲", "decision line 王", "rule:meal 饿了么"],
                         "funded_by": ["", "", "丙"]})
    assert [f.params.get("label", "") for f in open_still([*told, other], rows)] == ["甲", "丙", ""]
