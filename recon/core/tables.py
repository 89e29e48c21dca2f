"""The tables that travel between rooms: their columns, dtypes and meaning, and a check that a frame has them."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, pandas dtype and what it means."""

    name: str
    dtype: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Schema:
    """A table's columns, in order."""

    name: str
    columns: tuple[Column, ...]

    def frame(self, data: dict[str, list[object]] | pd.DataFrame | None = None) -> pd.DataFrame:
        """*data* as a frame of exactly this schema; a column that is missing is a slip and raises KeyError."""
        if data is None:
            return pd.DataFrame({c.name: pd.Series([], dtype=c.dtype) for c in self.columns})
        return pd.DataFrame({c.name: pd.Series(data[c.name], dtype=c.dtype) for c in self.columns})


#: A row per evidence line, each economic event once among the rows that are not set aside.
TRANSACTIONS = Schema("transactions", (
    Column("id", "object", "S<file>-P<page>-L<line>: file in order of name, place in it; unique and stable"),
    Column("account", "object", "id of the own account the line stands in"),
    Column("account_kind", "object", "bank, wallet, card or cash"),
    Column("date", "datetime64[ns]", "booking day"),
    Column("time", "object", "HH:MM:SS, or empty"),
    Column("amount", "int64", "minor units; in +, out −, from the account holder's view"),
    Column("balance", "Int64", "minor units after the line; missing where none is printed"),
    Column("currency", "object", "ISO 4217"),
    Column("counterparty", "object", "the other side's name, or empty"),
    Column("counterparty_account", "object", "the other side's account number as printed, or empty"),
    Column("description", "object", "all words of the line that say what it was for"),
    Column("type", "object", "the source's own kind of transaction (摘要, 交易类型), or empty"),
    Column("method", "object", "what a wallet payment was paid with, or empty"),
    Column("status", "object", "the source's own status, or empty"),
    Column("order", "object", "order or reference number, or empty"),
    Column("given_category", "object", "category written in the evidence itself, a reviewer's word, or empty"),
    Column("funded_by", "object", "the account outside the wallet that funded a wallet payment, or empty"),
    Column("proven", "bool", "the line stands inside a proven chain"),
    Column("set_aside", "object", "why the row does not count (duplicate, closed, failed, out_of_period …), or empty"),
    Column("paired_with", "object", "id of the row at the other end of an own transfer, refund or duplicate, or empty"),
    Column("category", "object", "what it was for: a category of templates/categories.tsv"),
    Column("reason", "object", "why this category: code of the rule or pattern, with its words"),
    Column("confidence", "float64", "0 to 1"),
    Column("basis", "object", "documented, corroborated, stated or estimated"),
    Column("file", "object", "path of the evidence, relative to the case folder"),
    Column("page", "int64", "page or sheet, from 1; 0 where the file has none"),
    Column("line", "int64", "line or row on the page, from 1"),
))

#: A row per posting; each entry's debits equal its credits.
JOURNAL = Schema("journal", (
    Column("entry", "object", "number of the entry: its postings share it"),
    Column("date", "datetime64[ns]", "day of the entry"),
    Column("month", "object", "YYYY-MM, or 'opening'"),
    Column("account", "object", "account key of the chart, detail included, such as '5602.02'"),
    Column("debit", "int64", "minor units, ≥ 0"),
    Column("credit", "int64", "minor units, ≥ 0"),
    Column("cash_line", "int64", "line of the cash-flow form that this cash posting belongs to; 0 where none"),
    Column("source", "object", "transaction id, or the case form's key, or the variable found"),
    Column("rule", "object", "the rule that made the entry"),
    Column("basis", "object", "documented, corroborated, stated or estimated"),
))


def verify(frame: pd.DataFrame, schema: Schema) -> None:
    """Raise AssertionError unless *frame* has the columns and dtypes of *schema*: a slip between two of our rooms."""
    want = {c.name: c.dtype for c in schema.columns}
    have = {str(name): str(dtype) for name, dtype in frame.dtypes.items()}
    if have != want:
        raise AssertionError(f"{schema.name}: {sorted(want.items() ^ have.items())}")
