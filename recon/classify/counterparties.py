"""What a counterparty's whole behaviour tells: level monthly payments, pay days, repeated custom, a loan paid back."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from recon.classify.names import COMPANY, PERSON
from recon.classify.rules import NOTHING_SAID, Verdict
from recon.core.facts import Case
from recon.core.settings import Settings

#: Trades that live on many small customers who are people.
_PEOPLE_TRADES = ("restaurant", "retail", "services", "transport", "farming", "other")
#: Trades that buy goods regularly.
_GOODS_TRADES = ("restaurant", "retail", "wholesale", "manufacturing", "farming")


#: Payments, months or receipts from which on something happens often.
_OFTEN = 3
#: Payments a month up to which one pays monthly (one slip in three), and twice monthly.
_ONCE, _TWICE = 1.34, 2.2
#: Days that monthly payments may spread over.
_SAME_DAY = 5
#: Coefficients of variation: level as instalments are, roughly level as wages are.
_LEVEL, _ROUGHLY_LEVEL = 0.15, 0.5
#: People paid on one day, or days on which one is paid beside others, from which on it is a pay day.
_BESIDE = 2
_DAYS_IN_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Profile:
    """One counterparty over all accounts; amounts in minor units, money out positive here.

    Attributes:
        who: person, company, office or empty.
        count_in, count_out: lines; months_out: months with money out; mean_out: mean amount.
        level: coefficient of variation of money out; day_spread: days that days of the month spread over.
        round_in: largest round receipt before regular payments began, 0 if none.
        distinct_in: different amounts received. pay_days: days on which it is paid beside other such parties.
        small_in: no receipt reaches the amount from which a round one may be a loan.
    """

    who: str
    count_in: int
    count_out: int
    months_out: int
    mean_out: int
    level: float
    day_spread: float
    round_in: int
    distinct_in: int
    pay_days: int
    small_in: bool

    @property
    def monthly(self) -> bool:
        """About one payment a month over three months or more, on about the same day."""
        return self.months_out >= _OFTEN and self.count_out <= _ONCE * self.months_out and self.day_spread <= _SAME_DAY

    @property
    def repaid_loan(self) -> bool:
        """A round receipt followed by level monthly payments to the same party."""
        return bool(self.round_in) and self.monthly and self.level <= _LEVEL

    @property
    def pay_rolled(self) -> bool:
        """A person paid monthly, roughly level, beside others on the same days."""
        return self.who == PERSON and self.monthly and self.pay_days >= _BESIDE and self.level <= _ROUGHLY_LEVEL

    @property
    def varied_customer(self) -> bool:
        """Several receipts of different amounts."""
        return self.count_in >= _OFTEN and self.distinct_in >= _OFTEN


def profiles(frame: pd.DataFrame, who: npt.NDArray[np.object_], settings: Settings) -> dict[str, Profile]:
    """A profile of every named counterparty of *frame*, by its name; *who* is by row."""
    data = pd.DataFrame(
        {
            "party": frame["counterparty"].to_numpy(dtype=object),
            "who": who,
            "amount": frame["amount"].to_numpy(),
            "date": frame["date"].to_numpy(),
        }
    )
    data = data[data["party"] != ""]
    large = settings.whole("round_loan_from") * 100
    money_in, money_out = data[data["amount"] > 0], data[data["amount"] < 0].assign(amount=lambda d: -d["amount"])
    outs, ins = _outs(money_out), _ins(money_in, large)
    first_out = money_out.groupby("party")["date"].min()
    table = data.groupby("party").agg(who=("who", "first")).join(ins).join(outs)
    table["first_out"] = first_out.reindex(table.index)
    table["pay_days"] = _pay_days(money_out, table)
    table["round_in"] = table["round_in"].where(table["round_date"] <= table["first_out"], 0)
    return {str(row.Index): _profile(row) for row in table.fillna({"who": ""}).itertuples()}


def _ins(money: pd.DataFrame, large: int) -> pd.DataFrame:
    """Per party: receipts, different amounts, the largest round receipt and its day."""
    groups = money.groupby("party")["amount"]
    rounds = (
        money[(money["amount"] >= large) & (money["amount"] % 100_000 == 0)]
        .sort_values("amount")
        .groupby("party")
        .last()
    )
    table = pd.DataFrame({"count_in": groups.size(), "distinct_in": groups.nunique(), "small_in": groups.max() < large})
    return table.join(rounds.rename(columns={"amount": "round_in", "date": "round_date"})[["round_in", "round_date"]])


def _outs(money: pd.DataFrame) -> pd.DataFrame:
    """Per party: payments, months, mean, level and how far days of the month spread (around the month's end)."""
    data = money.assign(
        month=money["date"].dt.year * 12 + money["date"].dt.month,
        angle=2 * np.pi * (money["date"].dt.day - 1) / _DAYS_IN_MONTH,
    )
    groups = data.groupby("party")
    table = pd.DataFrame(
        {"count_out": groups.size(), "months_out": groups["month"].nunique(), "mean_out": groups["amount"].mean()}
    )
    table["level"] = groups["amount"].std(ddof=0) / table["mean_out"]
    length = np.hypot(
        np.cos(data["angle"]).groupby(data["party"]).mean(), np.sin(data["angle"]).groupby(data["party"]).mean()
    )
    table["day_spread"] = np.sqrt(-2 * np.log(np.clip(length, 1e-9, 1))) * _DAYS_IN_MONTH / (2 * np.pi)
    return table


def _pay_days(money: pd.DataFrame, table: pd.DataFrame) -> pd.Series:
    """Days on which each regularly paid person is paid beside at least one other such person."""
    level = (table["level"] <= _ROUGHLY_LEVEL) & (table["count_out"] <= _TWICE * table["months_out"])
    regular = table.index[(table["who"] == PERSON) & (table["months_out"] >= _BESIDE) & level]
    paid = money[money["party"].isin(regular)]
    beside = paid.groupby("date")["party"].transform("nunique") >= _BESIDE
    return paid[beside].groupby("party")["date"].nunique().reindex(table.index).fillna(0)


def _profile(row: object) -> Profile:
    def number(name: str, empty: float = 0) -> float:
        value = getattr(row, name)
        return empty if pd.isna(value) else float(value)

    return Profile(
        who=str(getattr(row, "who", "")),
        count_in=int(number("count_in")),
        count_out=int(number("count_out")),
        months_out=int(number("months_out")),
        mean_out=int(number("mean_out")),
        level=number("level", 9),
        day_spread=number("day_spread", 99),
        round_in=int(number("round_in")),
        distinct_in=int(number("distinct_in")),
        pay_days=int(number("pay_days")),
        small_in=bool(number("small_in", 1)),
    )


def by_profile(profile: Profile, amount: int, wallet: bool, case: Case) -> Verdict:  # noqa: FBT001 - a fact of the row
    """What a line of *amount* from or to the party of *profile* was most likely for; sure to 0.85 at most."""
    if amount > 0:
        return _money_in(profile, amount, wallet, case)
    return _money_out(profile, -amount, case)


def _money_in(profile: Profile, amount: int, wallet: bool, case: Case) -> Verdict:  # noqa: FBT001 - a fact of the row
    private = profile.who == PERSON
    if amount == profile.round_in and profile.repaid_loan:
        return Verdict("private_loan_in" if private else "loan_in", "profile:round_then_level", 0.78)
    if profile.who == COMPANY:
        sure = 0.62 + 0.08 * profile.varied_customer - 0.08 * (case.case.trade == "other")
        return Verdict("sales", "profile:company_pays", sure)
    if private and profile.small_in and case.case.trade in _PEOPLE_TRADES:
        return Verdict("sales", "profile:people_pay", 0.5 + 0.08 * wallet + 0.08 * profile.varied_customer)
    if profile.varied_customer and not profile.monthly:
        return Verdict("sales", "profile:repeated_custom", 0.6)
    return NOTHING_SAID


def _money_out(profile: Profile, amount: int, case: Case) -> Verdict:
    private, often = profile.who == PERSON, profile.count_out >= _OFTEN
    if profile.repaid_loan:
        return Verdict("private_loan_repaid" if private else "loan_repaid", "profile:round_then_level", 0.74)
    if _whole_months(amount, case.stated.rent) and profile.level <= _LEVEL and profile.count_out > 1:
        return Verdict("rent", "profile:stated_rent", 0.82)
    if profile.pay_rolled:
        return Verdict("wages", "profile:same_day_people", min(0.85, 0.7 + 0.02 * profile.pay_days))
    if case.case.trade in _GOODS_TRADES and not profile.monthly:
        return _supply(profile, often=often)
    return NOTHING_SAID


def _supply(profile: Profile, *, often: bool) -> Verdict:
    """Payments to a company, or repeated ones of varying size to a person, in a trade that buys goods."""
    if profile.who == COMPANY:
        return Verdict("purchases", "profile:company_paid", 0.5 + 0.14 * often)
    if profile.who == PERSON and often and profile.level > _LEVEL:
        return Verdict("purchases", "profile:repeated_supply", 0.57)
    return NOTHING_SAID


#: How far a payment may be from whole months of the stated rent: one part in this many; and for how many months.
_NEAR, _TERMS = 50, (1, 2, 3, 6, 12)


def _whole_months(amount: int, rent: int | None) -> bool:
    """Whether *amount* is the stated rent of a month, two, a quarter, half or whole year, within two percent."""
    return bool(rent) and any(abs(amount - term * rent) * _NEAR <= term * rent for term in _TERMS if rent)
