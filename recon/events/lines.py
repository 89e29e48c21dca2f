"""Every line of every file as one row of TRANSACTIONS, with what the line tells of itself and nothing judged yet."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from recon.core.money import decimals, from_decimal
from recon.core.tables import TRANSACTIONS
from recon.events.accounts import Part
from recon.events.parties import parted
from recon.events.words import has, label, plain, role
from recon.reading.result import NOTHING, Reading

_PLAIN = ("time", "counterparty", "counterparty_account", "type", "method", "status", "order")
_LATER = ("funded_by", "set_aside", "paired_with", "category", "reason", "basis")
#: Words for "neither in nor out" in a wallet's direction column.
_NEUTRAL = {"", "/", "-", "中性", "中性交易", "不计收支", "其他", "neutral"}


def codes(readings: Sequence[Reading]) -> Mapping[str, str]:
    """``S01`` … for every file, in order of name."""
    files = sorted({reading.file for reading in readings})
    width = max(2, len(str(len(files))))
    return {file: f"S{n:0{width}d}" for n, file in enumerate(files, 1)}


def gather(parts: Sequence[Part], code: Mapping[str, str]) -> pd.DataFrame:
    """All lines of *parts* with unique ids; fees written in a remark become rows of their own."""
    frames = [_rows(part, code[part.reading.file]) for part in parts]
    frames = [frame for frame in frames if len(frame)]
    if not frames:
        return TRANSACTIONS.frame()
    frame = TRANSACTIONS.frame(pd.concat(frames, ignore_index=True))
    frame["id"] = _unique(frame["id"].tolist())
    return frame


def _rows(part: Part, code: str) -> pd.DataFrame:
    lines = part.account.lines
    n, text = len(lines), part.account.lines.text
    blank = [""] * n
    columns: dict[str, Any] = {name: [v.strip() for v in text.get(name, blank)] for name in _PLAIN}
    pairs = zip(columns["counterparty"], columns["counterparty_account"], strict=True)
    parties = [parted(party, number) for party, number in pairs]
    columns["counterparty"], columns["counterparty_account"] = [p for p, _ in parties], [n for _, n in parties]
    remark = text.get("remark", blank)
    columns["description"] = [_join(d, r) for d, r in zip(text.get("description", blank), remark, strict=True)]
    places = zip(lines.page.tolist(), lines.line.tolist(), strict=True)
    columns |= {
        "id": [f"{code}-P{page:02d}-L{line:04d}" for page, line in places],
        "account": [part.own] * n, "account_kind": [part.kind] * n, "currency": [part.currency] * n,
        "date": lines.date.astype("datetime64[ns]"), "amount": lines.amount.astype("int64"),
        "balance": pd.array([pd.NA if b == NOTHING else b for b in lines.balance.tolist()], dtype="Int64"),
        "given_category": [v.strip() for v in text.get("category", blank)],
        "proven": (lines.pinned & part.account.proven).tolist(),
        "file": [part.reading.file] * n, "page": lines.page.astype("int64"), "line": lines.line.astype("int64"),
        "confidence": [0.0] * n, **dict.fromkeys(_LATER, blank),
    }
    frame = TRANSACTIONS.frame(pd.DataFrame(columns))
    if part.kind == "wallet" and n:
        frame = _split_fees(_wallet(frame, text.get("direction", blank)), remark)
    return frame


def _join(description: str, remark: str) -> str:
    """Description and remark without saying anything twice."""
    first, second = ("" if text.strip() in ("/", "-") else text.strip() for text in (description, remark))
    return first if second in first else f"{first} {second}".strip()


def _wallet(frame: pd.DataFrame, direction: Sequence[str]) -> pd.DataFrame:
    """Signs of neutral rows by what they are, and who paid where it was not the wallet's own balance."""
    kinds = [plain(f"{t} {d}") for t, d in zip(frame["type"], frame["description"], strict=True)]
    states = [plain(s) for s in frame["status"]]
    moves = [movement(kind) for kind in kinds]
    told = zip(kinds, states, moves, direction, strict=True)
    neutral = _NEUTRAL if any(way.strip() for way in direction) else set()  # without directions the file signs itself
    signs = [_sign(kind, state, move) if plain(way) in neutral else 0 for kind, state, move, way in told]
    amount = frame["amount"].to_numpy()
    sign = np.array(signs, dtype="int64")
    frame["amount"] = np.where(sign == 0, amount, sign * np.abs(amount))
    frame["funded_by"] = ["" if m else outside(w) for m, w in zip(moves, frame["method"], strict=True)]
    return frame


def movement(kind: str) -> str:
    """What a wallet row's plain words say about its own money: internal, withdraw, top_up, card_repay or nothing."""
    if has(kind, role("internal")) and not any(label(kind)):
        return "internal"
    if kind in ("充值", "提现"):
        return "top_up" if kind == "充值" else "withdraw"
    return next((name for name in ("withdraw", "top_up", "card_repay") if has(kind, role(name))), "")


def _sign(kind: str, status: str, move: str) -> int:
    """+1 in, −1 out for a neutral row whose words tell; 0 where they do not."""
    if move:
        return {"withdraw": -1, "card_repay": -1, "top_up": 1}.get(move, 0)
    if has(kind, role("refund")) or status in ("退款成功", "refunded"):
        return 1
    return -1 if has(status, role("closed")) else 0


#: What lowers a price instead of paying it.
_REDUCTION = re.compile(r"红包|立减|优惠|积分|抵扣|coupon|discount", re.IGNORECASE)


def outside(method: str) -> str:
    """The printed label of what paid from outside the wallet's own balance, or an empty string."""
    parts = [p.strip() for p in re.split(r"[&+;；]", method) if p.strip() and p.strip() not in ("/", "-")]
    own = role("inside")
    outside = [p for p in parts if plain(p) not in own and not _REDUCTION.search(p)]
    return outside[0] if outside else ""


_FEE = re.compile(r"(?:服务费|手续费|fee)\s*[:：]?\s*[¥￥$€£]?\s*(\d[\d,]*(?:\.\d+)?)", re.IGNORECASE)


def _split_fees(frame: pd.DataFrame, remark: Sequence[str]) -> pd.DataFrame:
    """Rows out that include a service fee named in their remark, split into the net and the fee.

    The fee's row has the id with ``-F`` and the same place in the evidence; both add to the printed amount, and the
    printed balance stands on the fee's row, which is the later one.
    """
    fees = [_fee(text, currency) for text, currency in zip(remark, frame["currency"], strict=True)]
    fee = np.array(fees, dtype="int64")
    split = (fee > 0) & (frame["amount"].to_numpy() < -fee)
    if not split.any():
        return frame
    extra = frame[split].copy()
    extra["id"] = extra["id"] + "-F"
    extra["amount"] = -fee[split]
    extra["category"], extra["reason"], extra["confidence"] = "bank_fees", "fee_in_remark", 1.0
    frame.loc[split, "amount"] += fee[split]
    frame.loc[split, "balance"] = pd.NA
    return pd.concat([frame, extra]).sort_index(kind="stable").reset_index(drop=True)


def _fee(text: str, currency: str) -> int:
    hit = _FEE.search(text)
    try:
        return from_decimal(hit.group(1), decimals(currency)) if hit else 0
    except ValueError:  # more decimals than the currency has: not an amount
        return 0


def _unique(ids: list[str]) -> list[str]:
    """*ids* with a counter behind every repetition (two accounts on one line of one file)."""
    seen: Counter[str] = Counter()
    done = []
    for name in ids:
        seen[name] += 1
        done.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return done
