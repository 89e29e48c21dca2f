"""Every sentence that a user sees, in zh-CN and English, from ``templates/words``."""

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from recon.core.errors import ReconError
from recon.core.finding import Finding, Words
from recon.core.knowledge import document, entry, folder
from recon.core.source import Source

LANGUAGES = ("zh-CN", "en")


@cache
def _files() -> tuple[str, ...]:
    return tuple(sorted(f"words/{path.name}" for path in (folder("templates") / "words").glob("*.toml")))


@cache
def _entries() -> dict[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for name in _files():
        _collect(document(name), "", found, name.removeprefix("words/"))
    return found


@cache
def _entry(key: str) -> Mapping[str, str] | None:
    """The sentence under *key*, from below its heading: to read a file takes few of the words."""
    for name in _files():
        found = entry(name, key)
        if found and set(found) == {"zh", "en"}:
            return {"zh-CN": found["zh"], "en": found["en"]}
    return _entries().get(key)


def _collect(node: Mapping[str, Any], key: str, found: dict[str, Mapping[str, str]], name: str) -> None:
    if set(node) == {"zh", "en"}:
        if key in found:
            raise ReconError("word_twice", Source(name), key=key)
        found[key] = {"zh-CN": node["zh"], "en": node["en"]}
        return
    for part, child in node.items():
        if not isinstance(child, dict):
            raise ReconError("word_incomplete", Source(name), key=f"{key}.{part}".lstrip("."))
        _collect(child, f"{key}.{part}".lstrip("."), found, name)


def say(language: str, key: str, /, **params: object) -> str:
    """The sentence under *key* in *language*, its ``{params}`` filled in.

    Raises:
        KeyError: no such key, or a parameter of the sentence is missing: a slip of ours, never of the user.
    """
    sentence = _entry(key)
    if sentence is None:
        raise KeyError(key)
    return sentence[language].format(**params)


def known(key: str) -> bool:
    """Whether there is a sentence under *key*."""
    return _entry(key) is not None


def keys() -> tuple[str, ...]:
    """Every key there is, for tests and templates."""
    return tuple(_entries())


def tell(language: str, what: Finding | ReconError) -> str:
    """A finding or an error as one sentence, its place in front where it has one.

    A finding may carry an error's code: what would have stopped a run by itself is told while the others go on.
    """
    kind = "finding" if isinstance(what, Finding) and known(f"finding.{what.code}") else "error"
    sentence = say(language, f"{kind}.{what.code}", **told(language, what.params))
    place = where(language, what.source)
    return f"{place}{'：' if language == 'zh-CN' else ': '}{sentence}" if place else sentence


def told(language: str, params: Mapping[str, object]) -> dict[str, object]:
    """*params* with names in *language*."""
    return {key: value.tell(language) if isinstance(value, Words) else value for key, value in params.items()}


def where(language: str, source: Source) -> str:
    """A source as people say it: ``statements/a.pdf, page 2, line 14``."""
    parts = [source.file] if source.file else []
    if source.field:
        parts.append(source.field)
    if source.page:
        parts.append(say(language, "place.page", page=source.page))
    if source.line:
        parts.append(say(language, "place.line", line=source.line))
    return ("，" if language == "zh-CN" else ", ").join(parts)


def terminal_language() -> str:
    """zh-CN where the environment's locale is Chinese, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh-CN" if value.lower().startswith("zh") else "en"
    return "en"
