"""Every line gets a category, the reason for it and how sure it is; what nobody can tell stays unexplained.

Who has the last word, first to last: the reviewer's decisions; the category written in the evidence; an account's
category of everything; pairs of own transfers; the form's fixed assets, by their price and day; the case's names; the
rules as data; the counterparty's profile; what the words most likely mean by what was learned; and what most other
lines of the same counterparty are. Matched in-and-out with one party is no sale unless a person says so. A refund is
what it gives back, turned round. How well a line is known is told in :mod:`recon.classify.basis`.
"""

from collections import Counter
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from recon.classify import decisions as reviewed
from recon.classify.assets import by_assets
from recon.classify.basis import basis
from recon.classify.categories import returned, suggest, understand
from recon.classify.counterparties import Profile, by_profile, profiles
from recon.classify.decisions import Decision, Decisions
from recon.classify.documents import by_documents
from recon.classify.known import by_case, known
from recon.classify.learned import hints
from recon.classify.names import who
from recon.classify.peers import by_peers
from recon.classify.rules import NOTHING_SAID, Line, Verdict
from recon.classify.spoken import with_spoken
from recon.classify.trips import by_trips
from recon.classify.wording import by_words, settle
from recon.core.facts import Case
from recon.core.finding import Finding
from recon.core.money import decimals, to_text
from recon.core.settings import Settings
from recon.core.source import Source
from recon.core.tables import TRANSACTIONS
from recon.events.accounts import Accounts
from recon.events.matching import Matches, receipted
from recon.events.words import plain

Found = tuple[Finding, ...]


def classify(
    transactions: pd.DataFrame, case: Case, accounts: Accounts, settings: Settings, decisions: Decisions | None = None,
    matches: Matches = (),
) -> tuple[pd.DataFrame, Found]:
    """Fill category, reason, confidence and basis of *transactions*.

    Args:
        transactions: as :func:`recon.events.build.build` leaves them.
        case: names, trade and stated figures.
        accounts: the own accounts.
        settings: ``classify_threshold``, ``learned_from``, ``round_loan_from``, ``fixed_asset_from``, ``asset_days``,
            ``loop_days`` and ``loop_band`` are looked at.
        decisions: the reviewer's word, the later entry winning.
        matches: documents and the lines that paid them, as :func:`recon.events.matching.match` finds them: such a
            line is corroborated.

    Returns:
        The frame, rows set aside in category ``set_aside``, counterparties that only a description names filled in; and
        findings on words not understood, decisions that fit
        no line, and what stayed unexplained.
    """
    live = (transactions["set_aside"] == "").to_numpy()
    frame = with_spoken(transactions.copy(), live)
    said = _said(frame, live, decisions or ())
    verdicts = _machine(frame, live, case, settings, said)
    by_peers(frame, live, verdicts, float(settings.number("classify_threshold")))
    by_assets(frame, live, verdicts, case, settings)
    by_trips(frame, live, verdicts, case.case.currency, settings)
    by_documents(frame, live, verdicts, case.case.trade)
    found: list[Finding] = []
    for authority in (_everything, _given):
        found += authority(frame, live, verdicts, case)
    _refunds(frame, live, verdicts)
    found += _decided(frame, live, verdicts, decisions or ())
    _enter(frame, live, verdicts)
    frame["basis"] = basis(frame, accounts, receipted(matches))
    return TRANSACTIONS.frame(frame), (*found, *_unexplained(frame))


def _machine(
    frame: pd.DataFrame, live: npt.NDArray[np.bool_], case: Case, settings: Settings, decided: dict[int, str],
) -> list[Verdict]:
    """What pairs, names, rules and profiles say; verdicts below the threshold become unknown_in or unknown_out.

    *decided* are the rows that somebody named, which teach what the silent ones may be.
    """
    party, words = _each(frame["counterparty"], plain), _each(frame["type"] + "|" + frame["description"], plain)
    kinds = np.array([_who()(name) for name in frame["counterparty"]], dtype=object)
    seen = profiles(
        frame[live & (frame["category"] == "").to_numpy()], kinds[live & (frame["category"] == "").to_numpy()], settings
    )
    facts, trade, threshold = known(case), case.case.trade, float(settings.number("classify_threshold"))
    small = settings.whole("fixed_asset_from") * 10 ** decimals(case.case.currency)
    hint = hints(trade, _lessons(frame, decided), float(settings.number("learned_from")))
    done: dict[tuple[str, str, bool, str], tuple[Verdict, Verdict]] = {}
    verdicts = [NOTHING_SAID] * len(frame)
    rows = zip(
        live.tolist(),
        frame["category"],
        frame["reason"],
        frame["confidence"],
        party,
        words,
        frame["amount"],
        frame["counterparty_account"],
        frame["counterparty"],
        frame["account_kind"],
        kinds,
        strict=True,
    )
    for n, (counts, category, reason, sure, name, said, amount, number, raw, kind, sort) in enumerate(rows):
        if not counts:
            continue
        if category:
            verdicts[n] = Verdict(category, reason, sure)
            continue
        key, line = (name, said, amount > 0, number), Line(name, said, amount > 0, sort)
        if key not in done:
            done[key] = (by_case(line, number, facts), by_words(line, trade))
        shape = None if kind == "card" and amount > 0 else seen.get(raw)  # nobody buys by paying into a card
        verdict = _weigh(*done[key], shape, amount, case, threshold, wallet=kind == "wallet")
        if verdict.category in _UNKNOWN and not _settled(verdict):
            verdict = _supposed(verdict, hint(line), threshold)
        verdicts[n] = settle(verdict, said, amount, small, cash=kind == "cash")
    return verdicts


_UNKNOWN = ("unknown_in", "unknown_out")


def _settled(verdict: Verdict) -> bool:
    """Whether a rule says that the words tell nothing (往来款, a reversal): no statistics knows better."""
    return verdict.reason.startswith("rule:")


def _supposed(verdict: Verdict, hint: Verdict, threshold: float) -> Verdict:
    """The statistical *hint* where it is sure enough to follow, told as the best guess where it beats the others."""
    if hint.confidence >= threshold:
        return hint
    if hint.confidence <= verdict.confidence:
        return verdict
    return Verdict(verdict.category, f"abstain {hint.category} {hint.reason}", hint.confidence)


def _lessons(frame: pd.DataFrame, decided: dict[int, str]) -> dict[bool, dict[str, str]]:
    """The plain words of the *decided* rows with their category, money in (True) and out apart."""
    lessons: dict[bool, dict[str, str]] = {True: {}, False: {}}
    for row, category in decided.items():
        line = frame.iloc[row]
        text = plain(f"{line['counterparty']}|{line['type']}|{line['description']}")
        lessons[bool(line["amount"] > 0)][text] = category
    return lessons


def _said(frame: pd.DataFrame, live: npt.NDArray[np.bool_], decisions: Decisions) -> dict[int, str]:
    """The rows that the evidence itself or a reviewer names, with their category; unknown words teach nothing."""
    given = frame["given_category"].tolist()
    found = {row: understand(given[row]) for row in np.flatnonzero(live).tolist() if given[row]}
    for decision, rows in _chosen(frame, decisions):
        found |= dict.fromkeys((row for row in rows if live[row]), understand(decision.category))
    return {row: category for row, category in found.items() if category and not category.startswith("unknown")}


def _who() -> Callable[[str], str]:
    """:func:`names.who`, remembering names for the time of one call."""
    memory: dict[str, str] = {}

    def remembered(name: str) -> str:
        if name not in memory:
            memory[name] = who(name)
        return memory[name]

    return remembered


def _each(texts: pd.Series, rule: Callable[[str], str]) -> list[str]:
    """*rule* of every text, worked out once per different text."""
    values = texts.tolist()
    memory = {text: rule(text) for text in set(values)}
    return [memory[text] for text in values]


#: Cash over a counter or at a machine: the name beside it is the account holder's own.
_CASH = ("cash_deposited", "cash_withdrawn")
#: What a bank that also lends does besides.
_BANKING = ("bank_fees", "interest_income", "investment_out", "investment_back", "investment_income", "taxes")


def _weigh(
    named: Verdict, said: Verdict, profile: Profile | None, amount: int, case: Case, threshold: float, *, wallet: bool
) -> Verdict:
    """Names first, then words, then the profile; below *threshold* the best guess is told and not followed."""
    lending = named.reason.startswith("case:lender") and said.category in _BANKING
    if named.category and said.category not in _CASH and not lending:
        return named
    if said.confidence >= threshold:
        return said
    shaped = by_profile(profile, amount, wallet, case) if profile else NOTHING_SAID
    best = max(said, shaped, key=lambda verdict: verdict.confidence)
    if best.confidence >= threshold:
        return best
    guess = f"abstain {best.category} {best.reason}".strip() if best.category else "abstain"
    return Verdict("unknown_in" if amount > 0 else "unknown_out", guess, best.confidence)


def _everything(frame: pd.DataFrame, live: npt.NDArray[np.bool_], verdicts: list[Verdict], case: Case) -> list[Finding]:
    """Accounts whose every line is of one category by the case's word; own transfers and fees stay what they are."""
    words = {form.id: form.category_of_everything for form in case.account if form.category_of_everything}
    found = []
    for account, word in words.items():
        category = understand(word)
        if not category:
            found.append(
                Finding(
                    "category_unknown",
                    "serious",
                    Source("case.toml", field="account.category_of_everything"),
                    {
                        "word": word,
                        "nearest": suggest(word),
                        "count": int((frame["account"] == account).sum()),
                    },
                )
            )
            continue
        for row in np.flatnonzero(
            live & (frame["account"] == account).to_numpy() & (frame["paired_with"] == "").to_numpy()
        ).tolist():
            verdicts[row] = Verdict(category, f"account {account}", 0.95)
    return found


#: As many words as a sentence holds.
_FEW = 4
#: Words for money that stays with the owner: a pair of lines knows both of its ends.
_BETWEEN = ("own_transfer", "cash_deposited", "cash_withdrawn", "wallet_top_up")


def _given(frame: pd.DataFrame, live: npt.NDArray[np.bool_], verdicts: list[Verdict], case: Case) -> list[Finding]:  # noqa: ARG001 - one shape of authorities
    """Categories written in the evidence; a word that nobody knows leaves its lines unexplained, with a finding.

    Banks and cards print categories of their own (“Groceries”, “Eating out”): where fewer than half of a file's words
    are ours, none is taken, not even one that we share by chance, and the lines are named by what else they say.
    """
    given = frame["given_category"]
    own = _own_vocabulary(frame[live & (given != "") & (frame["account_kind"] != "cash")])
    rows = np.flatnonzero(live & (given != "").to_numpy() & ~frame["file"].isin(own.keys()).to_numpy())
    strange: Counter[tuple[str, str]] = Counter()
    for row in rows.tolist():
        word, amount = str(given.iloc[row]), int(frame["amount"].iloc[row])
        category = understand(word)
        if category in _BETWEEN and frame["category"].iloc[row] == "own_transfer":
            continue  # both ends are here: the pair says the same, and more
        if category:
            verdicts[row] = Verdict(category, f"given {word}", 1.0)
        else:
            strange[str(frame["file"].iloc[row]), word] += 1
            verdicts[row] = Verdict("unknown_in" if amount > 0 else "unknown_out", f"given_unknown {word}", 0.0)
    return [
        Finding("category_unknown", "look", Source(file), {"word": word, "nearest": suggest(word), "count": count})
        for (file, word), count in sorted(strange.items())
    ] + [Finding("category_foreign", "info", Source(file), {"words": words}) for file, words in own.items()]


def _own_vocabulary(rows: pd.DataFrame) -> dict[str, str]:
    """Files whose categories are another's, and the first words of them."""
    found = {}
    for file, words in rows.groupby("file")["given_category"]:
        told = sorted(set(words))
        if sum(bool(understand(word)) for word in told) * 2 < len(told):
            found[str(file)] = ", ".join(told[:_FEW]) + (" …" if len(told) > _FEW else "")
    return found


def _refunds(frame: pd.DataFrame, live: npt.NDArray[np.bool_], verdicts: list[Verdict]) -> None:
    """A refund takes the category of the payment that it gives back, turned round."""
    place = {name: n for n, name in enumerate(frame["id"])}
    linked = (
        live
        & (frame["paired_with"] != "").to_numpy()
        & (frame["category"] == "").to_numpy()
        & (frame["funded_by"] == "").to_numpy()
    )
    same_account = frame["account"].to_numpy(dtype=object)
    for row in np.flatnonzero(linked).tolist():
        origin = place.get(frame["paired_with"].iloc[row])
        if origin is None or same_account[origin] != same_account[row]:
            continue
        paid = verdicts[origin]
        verdicts[row] = Verdict(returned(paid.category), f"refund_of {frame['id'].iloc[origin]}", paid.confidence)


def _chosen(frame: pd.DataFrame, decisions: Decisions) -> list[tuple[Decision, list[int]]]:
    """Each decision with the rows that it is about, those on counterparties first."""
    if not decisions:
        return []
    parties: dict[str, list[int]] = {}
    for row, name in enumerate(frame["counterparty"]):
        parties.setdefault(plain(name), []).append(row)
    lines = {key: [row] for row, key in enumerate(reviewed.line_keys(frame))} | {
        name: [row] for row, name in enumerate(frame["id"])
    }
    return [
        (d, lines.get(d.key, []) if d.scope == "line" else parties.get(plain(d.key), []))
        for d in sorted(decisions, key=lambda d: d.scope == "line")
    ]


def _decided(
    frame: pd.DataFrame, live: npt.NDArray[np.bool_], verdicts: list[Verdict], decisions: Decisions
) -> list[Finding]:
    """The reviewer's word, by counterparty and then by line."""
    found: list[Finding] = []
    for decision, rows in _chosen(frame, decisions):
        category = understand(decision.category)
        if not category:
            found.append(Finding("category_unknown", "serious", Source("decisions.csv"), {
                "word": decision.category, "nearest": suggest(decision.category), "count": len(rows),
            }))
        elif not rows:
            found.append(Finding("decision_unmatched", "look", Source("decisions.csv"), {"what": decision.key}))
        else:
            for row in rows:
                if live[row]:
                    verdicts[row] = Verdict(category, f"decision {decision.scope} {decision.who}".strip(), 1.0)
    return found


def _enter(frame: pd.DataFrame, live: npt.NDArray[np.bool_], verdicts: list[Verdict]) -> None:
    aside = frame["set_aside"].to_numpy(dtype=object)
    frame["category"] = np.where(live, np.array([v.category for v in verdicts], dtype=object), "set_aside").astype(
        object
    )
    frame["reason"] = np.where(live, np.array([v.reason for v in verdicts], dtype=object), aside).astype(object)
    frame["confidence"] = np.where(live, [round(float(v.confidence), 3) for v in verdicts], 1.0)


def _unexplained(frame: pd.DataFrame) -> Found:
    """One finding with what stayed unexplained, if anything."""
    rows = frame[frame["category"].isin(["unknown_in", "unknown_out"])]
    if rows.empty:
        return ()
    amounts, currency = rows["amount"].to_numpy(), rows["currency"].iloc[0]
    total = int(np.abs(frame.loc[frame["set_aside"] == "", "amount"].to_numpy()).sum())
    share = 100 * int(np.abs(amounts).sum()) // max(1, total)
    return (Finding("unexplained", "look", Source(), {
        "count": len(rows), "share": share, "money_in": to_text(int(amounts[amounts > 0].sum()), decimals(currency)),
        "money_out": to_text(int(-amounts[amounts < 0].sum()), decimals(currency)),
    }),)
