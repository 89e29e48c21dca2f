"""A finding: something that a person should look at while the run goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from recon.core.source import Source

Severity = Literal["info", "look", "serious"]
_NOWHERE = Source()


@dataclass(frozen=True, slots=True)
class Words:
    """Names in both languages, as a parameter of a sentence; *keys* are what programs call them."""

    zh: str
    en: str
    keys: tuple[str, ...] = ()

    def tell(self, language: str) -> str:
        """The names in *language*."""
        return self.zh if language == "zh-CN" else self.en


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at; prose comes from ``templates/words`` under ``finding.<code>``.

    Attributes:
        code: key of the sentence, also what programs go by.
        severity: info (for the record), look (a person should check), serious (figures may be wrong).
        source: where it was seen.
        params: values for the sentence; text, numbers or ``Words``, amounts already as text.
    """

    code: str
    severity: Severity = "look"
    source: Source = _NOWHERE
    params: Mapping[str, object] = field(default_factory=dict)
