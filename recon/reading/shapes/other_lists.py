"""Lists that look like a statement and are none: goods by quantity and price, and what people still owe."""

from collections.abc import Mapping, Sequence
from functools import cache

from recon.core.knowledge import table
from recon.reading.shapes.columnar import is_book
from recon.reading.tables.columns import HEADER_ROWS, Rows
from recon.reading.tables.kind import says
from recon.reading.vocabulary import folded, meanings

#: Columns by which a list with these is an account all the same: a till's book may tell quantities beside its money.
_KEPT = frozenset({"balance", "direction", "status"})
_ACCOUNT = {"goods_list": _KEPT | {"in", "out"}, "debt_list": _KEPT}


def other_list(rows: Rows, name: str) -> tuple[str, int] | None:
    """Which list *rows* hold, as the code of its sentence, and the number of the row that heads it; None where none.

    A file whose *name* says that it is a cash book is one.
    """
    heads = ((i, code) for i, row in enumerate(rows.cells[:HEADER_ROWS]) if (code := _headed(row)))
    i, code = next(heads, (0, ""))
    if not code or says("cashbook", name.casefold()) or is_book(rows.cells[i]):
        return None
    names = {m.name for cell in rows.cells[i] for m in meanings(cell)[:1]}
    return None if names & _ACCOUNT[code] or {"in", "out"} <= names else (code, i)


def _headed(row: Sequence[str]) -> str:
    """The list that *row* heads, or an empty string."""
    titles = {folded(cell) for cell in row}
    return next((code for code, columns in _lists().items() if all(titles & words for words in columns.values())), "")


@cache
def _lists() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Titles by list and column."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for row in table("reading/other_lists.tsv", ("list", "column", "words")):
        found.setdefault(row["list"], {})[row["column"]] = frozenset(map(folded, row["words"].split("|")))
    return found
