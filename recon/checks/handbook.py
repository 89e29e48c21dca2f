"""The reader's handbook of all checks, in either language, from the data that the checks themselves use.

``python -m recon.checks.handbook [zh-CN|en]`` prints it as Markdown.
"""

import sys
from collections.abc import Iterator
from decimal import Decimal

from recon.checks.articulation import rules
from recon.checks.catalogue import Entry, catalogue, risks
from recon.checks.check import RANK
from recon.checks.norms import norms
from recon.core.settings import Setting, shipped
from recon.core.words import LANGUAGES, known, say

_GROUPS = ("articulation", "cross", "authenticity", "evidence")


def handbook(language: str) -> str:
    """The whole handbook in *language* as Markdown."""
    parts = [f"# {say(language, 'handbook.title')}", say(language, "handbook.lead"), *_outcomes(language)]
    for group in _GROUPS:
        parts += [f"## {say(language, f'handbook.group.{group}')}", say(language, f"handbook.about.{group}")]
        for entry in catalogue().values():
            if entry.group == group:
                parts += _page(entry, language)
    return "\n\n".join(parts) + "\n"


def _outcomes(language: str) -> Iterator[str]:
    yield "\n".join(f"- **{say(language, f'workbook.outcome.{each}')}**: {say(language, f'handbook.outcome.{each}')}"
                    for each in RANK)


def _page(entry: Entry, language: str) -> Iterator[str]:
    """One check: what it tests, by which roads, how it is judged, what innocently looks so, what it would move."""
    left, right = ("（", "）") if language == "zh-CN" else (" (", ")")
    yield f"### {say(language, f'check.{entry.id}')}{left}`{entry.id}`{right}"
    for part in ("tests", "roads"):
        yield f"{_label(part, language)}{_said(entry, part, language)}"
    yield f"{_label('judged', language)}{_judged(entry, language)}"
    yield f"{_label('cannot', language)}{_said(entry, 'cannot', language)}"
    yield f"{_label('innocent', language)}{_said(entry, 'innocent', language)}"
    if entry.above or entry.below:
        yield f"{_label('moves', language)}{_moves(entry, language)}"
    if entry.explain_above or entry.explain_below:
        codes = dict.fromkeys((*entry.explain_above, *entry.explain_below))
        yield f"{_label('explained', language)}{_list((say(language, f'explanation.{c}') for c in codes), language)}"
    yield from _table(entry, language)


def _label(part: str, language: str) -> str:
    return f"**{say(language, f'handbook.label.{part}')}**" + ("：" if language == "zh-CN" else ": ")


def _said(entry: Entry, part: str, language: str) -> str:
    """The check's own sentence, else that of its family: ``norm_rent`` takes what ``norm`` says."""
    name = entry.id
    while not known(f"handbook.{name}.{part}") and "_" in name:
        name = name.rpartition("_")[0]
    key = f"handbook.{name}.{part}"
    return say(language, key if known(key) else f"handbook.usual.{part}")


def _judged(entry: Entry, language: str) -> str:
    """The limits, or that nothing but agreement passes; then every setting with its value and origin."""
    if entry.limits:
        least, most = (_number(shipped().entries[f"{entry.limits}_{end}"]) for end in ("pass", "explain"))
        code = "limits_explain" if entry.worst == "explain" else "limits"
        said = say(language, f"handbook.{code}", least=least, most=most)
    else:
        said = say(language, "handbook.exact" if entry.worst == "fail" else f"handbook.worst.{entry.worst}")
    settings = [(name, shipped().entries[name]) for name in entry.thresholds]
    lines = [f"- `{name}` = {_number(each)} {_origin(each, language)}" for name, each in settings]
    return "\n".join([said, *([""] if lines else []), *lines])


def _number(setting: Setting) -> str:
    return str(Decimal(str(setting.value))) if not isinstance(setting.value, str | bool) else str(setting.value)


def _origin(setting: Setting, language: str) -> str:
    text = setting.zh if language == "zh-CN" else setting.en
    doubt = say(language, "handbook.unverified") if setting.unverified else ""
    return f"（{text}{doubt}）" if language == "zh-CN" else f"({text}{doubt})"


def _moves(entry: Entry, language: str) -> str:
    """What would be corrected, by the sign of the difference."""
    said = []
    for side in ("above", "below"):
        said += [say(language, f"handbook.{side}", risk=risk.title.tell(language), debit=risk.debit, credit=risk.credit)
                 for risk in map(risks().__getitem__, getattr(entry, side))]
    return " ".join(said) if language == "en" else "".join(said)


def _list(words: Iterator[str], language: str) -> str:
    return ("；" if language == "zh-CN" else "; ").join(words) + ("。" if language == "zh-CN" else ".")


def _table(entry: Entry, language: str) -> Iterator[str]:
    """Rows that a check takes from a table: the articulation rules, or the bands of a ratio."""
    if entry.id == "articulation":
        yield "\n".join([
            f"| {say(language, 'handbook.column.rule')} | {say(language, 'handbook.column.sides')} |", "| --- | --- |",
            *(f"| {r.id} {r.title.tell(language)} | `{r.texts[0]}` {r.relation} `{r.texts[1]}` |" for r in rules()),
        ])
    for norm in norms():
        if norm.id == entry.id:
            names = {"*": "all"} if len(norm.bands) == 1 else {}
            bands = [f"{say(language, f'handbook.trade.{names.get(trade, trade)}')} {float(low):g}–{float(high):g}"
                     for trade, (low, high) in norm.bands.items()]
            yield f"{_label('bands', language)}{_list(iter(bands), language)}"


def main() -> None:
    """Print the handbook in the language named, English where none is."""
    asked = sys.argv[1] if len(sys.argv) > 1 else "en"
    sys.stdout.write(handbook(asked if asked in LANGUAGES else "en"))


if __name__ == "__main__":
    main()
