"""What is wrong with a form, as sentences of ours: the validation library's messages told by field, kind and place."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from recon.case.form_fields import Field, field, struct_in
from recon.core.errors import ReconError
from recon.core.facts import Case
from recon.core.knowledge import nearest
from recon.core.source import Source

#: Where the answer at a path such as ``receivable[1].amount`` stands.
Place = Callable[[str], Source]
#: Error code by what a field asks for.
_CODES = {
    "amount": "form_amount", "depreciation": "form_amount", "ratio": "form_ratio", "date": "form_date",
    "whole": "form_whole", "yes_no": "form_yes_no", "text": "form_text",
}
_UNKNOWN = re.compile(r"Object contains unknown field `(.+?)`")
_MISSING = re.compile(r"Object missing required field `(.+?)`")
_AT = re.compile(r" - at `\$\.?(.*?)`$")


def explained(message: str, raw: Mapping[str, Any], place: Place, language: str) -> ReconError:
    """The library's *message* about *raw* as one sentence, at the place of the answer."""
    at = _AT.search(message)
    path = at[1] if at else ""
    if unknown := _UNKNOWN.match(message):
        return ReconError("unknown_key", place(path), key=unknown[1], nearest=nearest(unknown[1], keys_at(path)))
    if missing := _MISSING.match(message):
        inner = f"{path}.{missing[1]}"
        asked = field(plain(inner))
        return ReconError("form_missing", place(inner), field=asked.label(language) if asked else missing[1])
    asked, value = field(plain(path)) or _of_mapping(path), _value(raw, path)
    if asked is None or isinstance(value, Mapping | list | tuple):
        return ReconError("form_table", place(path))
    if asked.kind == "choice":
        where = place(path)
        words = allowed(asked, language, keys=not where.file.endswith(".xlsx"))
        return ReconError("form_choice", where, value=value, allowed=words)
    return ReconError(_CODES.get(asked.kind, "form_table"), place(path), value=value)


def _of_mapping(path: str) -> Field | None:
    """``[known]`` has no fields of its own: each of its answers is an amount."""
    return Field("known", "", "amount", (), "") if path.startswith("known") else None


def allowed(asked: Field, language: str, *, keys: bool) -> str:
    """The choices as people may write them: their names, behind the *keys* that case.toml takes."""
    comma, left, right = ("、", "（", "）") if language == "zh-CN" else (", ", " (", ")")
    named = [(key, asked.choice(key, language)) for key in asked.choices]
    if not keys:
        return comma.join(name for _, name in named)
    same = {key for key, name in named if name in (key, key.replace("_", " "))}
    return comma.join(key if key in same else f"{key}{left}{name}{right}" for key, name in named)


def plain(path: str) -> str:
    """A path without indices."""
    return re.sub(r"\[[^\]]*\]", "", path)


def _value(raw: Any, path: str) -> Any:
    """What stands at *path*; an ellipsis where it cannot be told which of several it is."""
    for part in re.findall(r"\[\d+\]|[^.\[\]]+|\[\.\.\.\]", path):
        if re.fullmatch(r"\[\d+\]", part):
            raw = raw[int(part[1:-1])] if isinstance(raw, list | tuple) else None
        elif isinstance(raw, Mapping):
            raw = raw.get(part)
        else:
            raw = None
        if raw is None:
            return "…"
    return raw


def keys_at(path: str) -> list[str]:
    """The keys that the form knows at *path*."""
    node: Any = Case
    for part in filter(None, plain(path).split(".")):
        entry = next((f for f in msgspec.structs.fields(node) if f.encode_name == part), None)
        node = struct_in(entry.type) if entry else None
        if node is None:
            return []
    return [f.encode_name for f in msgspec.structs.fields(node)]
