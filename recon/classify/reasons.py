"""The reason of a classification as a sentence in either language."""

from recon.classify.categories import categories
from recon.core.words import known, say

#: Codes that name a family before the colon and a member behind it; a member without a sentence has the family's.
_FAMILIES = ("rule", "goods", "trade", "case", "profile")


def explain(reason: str, language: str) -> str:
    """What ``reason`` of TRANSACTIONS says, in *language* (``zh-CN`` or ``en``).

    A line set aside, whose reason is the mark itself, and an empty reason come back as they are.
    """
    code, _, rest = reason.partition(" ")
    if code.startswith("refund:"):
        return _around("refund", reason.removeprefix("refund:"), language)
    if code == "small":
        return _around(code, rest, language)
    if code == "abstain":
        return _abstained(rest, language)
    family, _, member = code.partition(":")
    for key in (f"reason.{family}_{member}" if member else f"reason.{code}", f"reason.{family}"):
        if known(key) and (not member or family in _FAMILIES):
            return say(language, key, what=_category(rest, language), member=member)
    return reason


def _around(code: str, inner: str, language: str) -> str:
    return say(language, f"reason.{code}", what=explain(inner, language))


def _abstained(rest: str, language: str) -> str:
    """Nothing at all was told, or a guess was not sure enough."""
    category, _, why = rest.partition(" ")
    if category not in categories() or not why:
        return say(language, "reason.abstain")
    return say(language, "reason.abstain_guess", what=_category(category, language), why=explain(why, language))


def _category(text: str, language: str) -> str:
    """A category's name for people where *text* is one, else *text*."""
    found = categories().get(text)
    return (found.zh if language == "zh-CN" else found.en) if found else text
