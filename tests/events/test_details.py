"""A platform's settlement report beside the statement that received its money counts once; other tables stay."""

from recon.core.facts import About, AccountForm, Case, Owner
from recon.core.settings import settings
from recon.events.build import build
from tests.events.byhand import Row, bank, said

SETTLED = [(f"2025-03-{day:02d}", 928_431 + 31 * day) for day in (3, 7, 14, 17, 21, 28)]
STATEMENT: list[Row] = [said(day, amount, "合众易宝", "货款结算") for day, amount in SETTLED]
STATEMENT += [said("2025-03-29", -400_000, "王记", "货款")]


def built(report: list[Row]):
    """The form names the bank's statement; the *report* is a table without number and balances."""
    case = Case(case=About(trade="retail"), owner=Owner(name="张三丰"),
                account=(AccountForm(id="招行", kind="bank", file="bank.csv"),))
    return build([bank("bank.csv", STATEMENT), bank("settled.xlsx", report, "", None, holder="", name="")],
                 case, settings())


def test_a_settlement_report_does_not_take_the_same_money_twice() -> None:
    """Its lines stand in the statement to the cent, some a day later: they are set aside and named after it."""
    report = [said(day, amount) for day, amount in SETTLED[:-1]] + [said("2025-03-27", SETTLED[-1][1])]
    frame, accounts, found = built(report)
    assert [own.id for own in accounts] == ["招行"]
    aside = frame[frame["file"] == "settled.xlsx"]
    assert (aside["set_aside"] == "detail").all()
    assert (aside["paired_with"] != "").all()
    assert frame.loc[frame["set_aside"] == "", "amount"].sum() == sum(a for _, a in SETTLED) - 400_000
    told = [f for f in found if f.code == "detail_of_account"]
    assert (told[0].params["account"], told[0].params["count"]) == ("招行", len(SETTLED))


def test_a_table_with_one_line_of_its_own_stays_an_account() -> None:
    """One amount that the statement does not show: then it may be another account, and a person must look."""
    report = [said(day, amount) for day, amount in SETTLED[:-1]] + [said("2025-03-28", 1_234)]
    frame, accounts, _ = built(report)
    assert len(accounts) == 2
    assert (frame["set_aside"] == "").all()


def test_equal_fees_of_two_accounts_are_no_report() -> None:
    """Six equal amounts stand anywhere: nothing is set aside."""
    alike = [said(day, -1_000, "", "服务费") for day, _ in SETTLED]
    case = Case(case=About(trade="retail"), account=(AccountForm(id="招行", kind="bank", file="bank.csv"),))
    frame, accounts, _ = build([bank("bank.csv", [*STATEMENT[:3], *alike]),
                                bank("other.xlsx", alike, "", None, holder="", name="")], case, settings())
    assert len(accounts) == 2
    assert (frame["set_aside"] == "").all()
