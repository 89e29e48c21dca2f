"""What the owner said of wages, rent, utilities and the household, against what the books show was paid."""

from collections.abc import Iterator
from dataclasses import replace

from recon.checks.check import Check, Reason
from recon.checks.desk import Desk, against, title, unknown
from recon.checks.precision import monthly_error

#: Check, key of [stated], and the ledger variable that the lines feed.
_PAID = (
    ("wages_stated", "wages", "wages_paid"), ("rent_stated", "rent", "expense.rent"),
    ("utilities_stated", "utilities", "expense.utilities"), ("household_stated", "household", "drawings"),
)


def paid(desk: Desk) -> Iterator[Check]:
    """A month's wages, rent, utilities and household spending as stated against what was paid in the period."""
    months = len(desk.ledger.period.months)
    for name, key, variable in _PAID:
        said = getattr(desk.case.stated, key)
        actual = desk.ledger.value(variable)
        if said is None or actual is None:
            yield unknown(name, "cross", Reason("not_stated_or_paid", {"what": title(name)}))
        else:
            yield against(name, said * months, actual, f"stated.{key}", desk, error=monthly_error(said, desk))


def cash_sales(desk: Desk) -> Iterator[Check]:
    """Cash sales as stated against those that the books found."""
    said, found = desk.case.stated.cash_sales, desk.ledger.value("cash_sales")
    sales = desk.ledger.value("total_sales")
    if said is None or found is None or not sales:
        yield unknown("cash_sales_stated", "cross", Reason("not_stated_or_paid", {"what": title("cash_sales_stated")}))
        return
    check = against("cash_sales_stated", said * len(desk.ledger.period.months), found, "stated.cash_sales", desk,
                    base=abs(sales), error=monthly_error(said, desk))
    yield replace(check, because=(*check.because, Reason("cash_sales_base")))


STATED = (paid, cash_sales)
