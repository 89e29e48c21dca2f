"""Own-account transfers and card-funded wallet payments paired, each pair with its reason and confidence."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from recon.core.facts import Case
from recon.core.settings import Settings
from recon.events.accounts import Accounts
from recon.events.assign import assign
from recon.events.columns import Bools, Ints, Strings, amounts, days, each, empty, live
from recon.events.marks import Marks, read
from recon.events.words import label, plain

Floats = npt.NDArray[np.float64]

#: The least that the words of both ends must add up to. A same name on one side (2), a wallet's own withdrawal (2) or
#: words for "own" (1.5) suffice; "transfer" on both sides (1) does only where no other candidate exists that day.
ENOUGH = 1.5


@dataclass(frozen=True, slots=True)
class Pairs:
    """Chosen pairs of rows: *one* is the payer's end or the funded wallet row; *score* says how well they fit."""

    one: Ints
    two: Ints
    score: Floats
    reason: Strings


def pair(frame: pd.DataFrame, accounts: Accounts, case: Case, settings: Settings) -> tuple[pd.DataFrame, Marks]:
    """Pair the two ends of each movement between own accounts.

    Both ends get category ``own_transfer`` (``wallet_top_up`` where one is a wallet), ``paired_with`` each other, the
    reason and a confidence. Of a wallet payment that a bank account or card funded, the bank's row gets category
    ``own_transfer`` and the wallet's row stays the event, its ``funded_by`` naming the account.
    """
    frame = _resolve_funding(frame.reset_index(drop=True), accounts)
    marks = read(frame, accounts, case)
    world = World(frame, accounts, marks, settings.whole("transfer_days"))
    free = live(frame) & empty(frame, "category", "paired_with")
    funded = live(frame) & ~empty(frame, "funded_by")
    candidates = _join(world, funded, free & ~funded & marks.payable, same_sign=True)
    enter(frame, _choose(candidates, world, _funding_score), funding=True)
    able = free & ~funded & marks.movable & empty(frame, "paired_with")
    candidates = _join(world, able & (world.amount < 0), able & (world.amount > 0), same_sign=False)
    enter(frame, _choose(candidates, world, _transfer_score), funding=False)
    return frame, marks


class World:
    """The columns that scores look at, as arrays by row, and the attributes of accounts by number."""

    def __init__(self, frame: pd.DataFrame, accounts: Accounts, marks: Marks, window: int) -> None:
        number = {own.id: n for n, own in enumerate(accounts)}
        self.accounts, self.marks, self.window = accounts, marks, window
        self.account = np.array([number[a] for a in frame["account"]], dtype=np.int64)
        self.amount, self.day = amounts(frame), days(frame)
        self.kind = np.array([own.kind for own in accounts], dtype=object)
        self.provider = np.array([own.provider for own in accounts], dtype=object)

    def says(self, rows: Ints, others: Ints) -> Bools:
        """Whether each row names the account that the row beside it stands in."""
        named: Bools = self.marks.says[rows, self.account[others]]
        return named


#: Scores candidates: the world, one end, the other end → score and reason of each.
Rate = Callable[[World, Ints, Ints], tuple[Floats, Strings]]


def _resolve_funding(frame: pd.DataFrame, accounts: Accounts) -> pd.DataFrame:
    """Printed funding labels become the id of the own account that they name, where only one fits."""
    frame["funded_by"] = each(frame["funded_by"], lambda text: _named(text, accounts) or text if text else "")
    return frame


def _named(text: str, accounts: Accounts) -> str:
    """The id of the handed-in account that a label such as 招商银行(1234) names, or an empty string."""
    bank, tail = label(plain(text))
    owned = [own for own in accounts if own.kind in ("bank", "card") and own.files]
    if tail:
        exact = [own for own in owned if own.number.endswith(tail)]
        unknown = [own for own in owned if not own.number and bank and plain(own.bank)[:2] == bank[:2]]
        fits = exact or unknown
    else:
        fits = [own for own in owned if own.bank and plain(own.bank)[:4] in plain(text)]
    return fits[0].id if len(fits) == 1 else ""


def _join(world: World, first: Bools, second: Bools, *, same_sign: bool) -> tuple[Ints, Ints]:
    """Candidates: rows of different accounts with the same size of amount, at most the window's days apart."""
    left, right = np.flatnonzero(first), np.flatnonzero(second)
    want = world.amount[left] * (1 if same_sign else -1)
    one = pd.DataFrame({"row": left, "amount": want, "day": world.day[left]})
    two = pd.DataFrame({"other": right, "amount": world.amount[right], "day": world.day[right]})
    shifts = range(-world.window, world.window + 1)
    hits = [one.assign(day=one["day"] + shift).merge(two, on=["amount", "day"]) for shift in shifts]
    both = pd.concat(hits, ignore_index=True)
    rows, others = both["row"].to_numpy(dtype=np.int64), both["other"].to_numpy(dtype=np.int64)
    apart = world.account[rows] != world.account[others]
    return rows[apart], others[apart]


def _choose(candidates: tuple[Ints, Ints], world: World, rate: Rate) -> Pairs:
    """The best assignment among the candidates whose score says that they belong together."""
    one, two = candidates
    if not len(one):
        return Pairs(one, two, np.empty(0), np.empty(0, dtype=object))
    score, reason = rate(world, one, two)
    fit = score >= ENOUGH
    one, two, score, reason = one[fit], two[fit], score[fit], reason[fit]
    best = assign(one, two, score)
    return Pairs(one[best], two[best], score[best], reason[best])


def _delay(world: World, one: Ints, two: Ints) -> Floats:
    """What the days between cost: 0.3 a day, half a point more where the money arrives before it leaves."""
    gap = world.day[two] - world.day[one]
    cost: Floats = 0.3 * np.abs(gap) + 0.5 * (gap < 0)
    return cost


def _funding_score(world: World, one: Ints, two: Ints) -> tuple[Floats, Strings]:
    """A wallet row (*one*) against the bank's or card's row (*two*) that funded it."""
    marks = world.marks
    ids = np.array([own.id for own in world.accounts], dtype=object)
    named = marks.funded[one] == ids[world.account[two]]
    same = marks.provider[two] == world.provider[world.account[one]]
    other = (marks.provider[two] != "") & ~same
    pairs = zip(marks.party[one], marks.words[two], strict=True)
    merchant = np.array([bool(party) and party in words for party, words in pairs], dtype=np.bool_)
    unnamed = marks.provider[two] == ""
    unresolved = ~np.isin(marks.funded[one], ids)
    possible = named | (unresolved & same)
    score = 3.0 * named + 1.5 * same + 1.0 * merchant + 0.3 * (unnamed & ~marks.foreign[two]) - _delay(world, one, two)
    score[~possible | other] = 0
    return score, np.where(named, "funding_named", "funding_provider").astype(object)


def _transfer_score(world: World, one: Ints, two: Ints) -> tuple[Floats, Strings]:
    """The paying end (*one*) against the receiving end (*two*)."""
    marks = world.marks
    points_1, veto_1 = points(world, one, two)
    points_2, veto_2 = points(world, two, one)
    single = _alone(one) & _alone(two) & (world.day[one] == world.day[two])
    score = points_1 + points_2 + 1.0 * single - _delay(world, one, two)
    score[veto_1 | veto_2] = 0
    reasons = {
        "transfer_account": world.says(one, two) | world.says(two, one),
        "transfer_cash": marks.cash[one] | marks.cash[two],
        "transfer_wallet": (marks.role[one] != "") | (marks.role[two] != ""),
        "transfer_name": marks.own_name[one] | marks.own_name[two],
    }
    return score, np.select(list(reasons.values()), list(reasons), "transfer_amount").astype(object)


def _alone(rows: Ints) -> Bools:
    """Whether each row stands in one candidate only."""
    _, inverse, counts = np.unique(rows, return_inverse=True, return_counts=True)
    alone: Bools = counts[inverse] == 1
    return alone


def points(world: World, row: Ints, other: Ints) -> tuple[Floats, Bools]:
    """What *row* says for its other end being the account of *other*, and whether it rules that out."""
    marks, home = world.marks, world.account[other]
    kind, own_kind = world.kind[home], world.kind[world.account[row]]
    named, role, own_name = marks.says[row, home], marks.role[row] != "", marks.own_name[row]
    tells_wallet = marks.provider[row] != ""
    same_wallet = tells_wallet & (marks.provider[row] == world.provider[home])
    total = (
        3.0 * named + 2.0 * role + 2.0 * own_name + 1.5 * same_wallet + 1.5 * marks.own_word[row]
        + 0.5 * marks.weak_word[row] + 1.0 * marks.banks[row, home]
        + 2.0 * (marks.cash[row] & (kind == "cash"))
        + 2.0 * (marks.card_repay[row] & ((kind == "card") | ((own_kind == "card") & (kind == "bank"))))
    )
    to_wallet = kind == "wallet"
    wrong_wallet = tells_wallet & np.where(to_wallet, ~same_wallet, (own_kind != "wallet") & ~own_name)
    stranger = to_wallet & ~tells_wallet & ~named & ~own_name & ~role & marks.foreign[row]
    wrong_cash = (own_kind != "cash") & (marks.cash[row] != (kind == "cash"))
    veto: Bools = marks.denies[row, home] | wrong_wallet | stranger | wrong_cash
    return total, veto


def enter(frame: pd.DataFrame, pairs: Pairs, *, funding: bool) -> None:
    """Enter the *pairs* into *frame*: category, partner, reason and confidence of both ends."""
    ids, kinds = frame["id"].to_numpy(dtype=object), frame["account_kind"].to_numpy(dtype=object)
    confidence = np.round(1 - 0.5 * np.exp2(-pairs.score), 3)
    frame.loc[pairs.one, "paired_with"] = ids[pairs.two]
    frame.loc[pairs.two, "paired_with"] = ids[pairs.one]
    wallet = (kinds[pairs.one] == "wallet") | (kinds[pairs.two] == "wallet")
    category = np.where(wallet & (not funding), "wallet_top_up", "own_transfer").astype(object)
    for rows in (pairs.two,) if funding else (pairs.one, pairs.two):
        frame.loc[rows, "category"] = category
        frame.loc[rows, "reason"] = pairs.reason
        frame.loc[rows, "confidence"] = confidence
