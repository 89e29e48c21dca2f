"""What is wrong with a Word template, in plain words and with the paragraph it stands in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from recon.core.errors import ReconError
from recon.core.knowledge import nearest
from recon.core.source import Source
from recon.report.fields import Report
from recon.report.names import ANYTHING, Unknown, element, unknown_names

_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
#: A whole tag of a template; one that opens without closing; one that closes without opening.
_TAG = re.compile(r"{%-?\s*(?:(?P<scope>p|tr|tc|r)\s+)?(?P<word>\w+)(?P<rest>.*?)-?%}|{{.*?}}|{#.*?#}", re.DOTALL)
_LOOSE = re.compile(r"{{|{%|%}|}}")
_PAIRS = {"for": "endfor", "if": "endif"}
_BETWEEN = {"else": ("for", "if"), "elif": ("if",)}
_WORDS = (*_PAIRS, *_PAIRS.values(), *_BETWEEN, "set")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Part:
    """Body, head or foot of a document: its XML as Word wrote it, and as docxtpl hands it to Jinja."""

    xml: str
    source: str


def slips(parts: Sequence[Part], environment: Environment, place: Source) -> Iterator[ReconError]:
    """Each slip in *parts*: open or crossing loops and brackets, unknown instructions, filters and fields."""
    for part in parts:
        broken = list(_structure(_paragraphs(part.xml), place))
        yield from broken
        if broken:
            yield from _fields_one_by_one(_paragraphs(part.xml), environment, place)
        else:
            yield from _parsed(part.source, environment, place)


def _paragraphs(xml: str) -> list[str]:
    """The text of every paragraph, tables and boxes included, in their order."""
    texts = ["".join(_TEXT.findall(each)) for each in _PARAGRAPH.findall(xml)]
    return [unescaped(text) for text in texts]


def unescaped(text: str) -> str:
    """Text of the XML as people see it."""
    for mark, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(mark, sign)
    return text


def shown(paragraph: str) -> str:
    """A paragraph as a message quotes it."""
    text = " ".join(paragraph.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


# -- pairs and brackets ------------------------------------------------------------------------------------------------

def _structure(paragraphs: Sequence[str], place: Source) -> Iterator[ReconError]:
    """Brackets that do not close, instructions that do not exist, loops and conditions that do not pair."""
    waiting: list[tuple[str, str, str]] = []
    for paragraph in paragraphs:
        if loose := _LOOSE.search(_TAG.sub("", paragraph)):
            yield ReconError("report_template_bracket", place, bracket=loose[0], paragraph=shown(paragraph))
        for tag in _TAG.finditer(paragraph):
            if tag["word"]:
                yield from _instruction(tag, paragraph, waiting, place)
    for word, tag_text, paragraph in waiting:
        yield ReconError("report_template_open", place, tag=tag_text, end=_PAIRS[word], paragraph=shown(paragraph))


def _instruction(
    tag: re.Match[str], paragraph: str, waiting: list[tuple[str, str, str]], place: Source
) -> Iterator[ReconError]:
    """Take one instruction into account: *waiting* holds word, tag and paragraph of what is still open."""
    word, told = tag["word"], {"tag": shown(tag[0]), "paragraph": shown(paragraph)}
    if word in _PAIRS:
        waiting.append((word, shown(tag[0]), paragraph))
    elif word in _PAIRS.values():
        if waiting and _PAIRS[waiting[-1][0]] == word:
            waiting.pop()
        elif word.removeprefix("end") in (w for w, *_ in waiting):
            yield ReconError("report_template_crossed", place, **told, inner=waiting[-1][1])
            while waiting.pop()[0] != word.removeprefix("end"):
                pass
        else:
            yield ReconError("report_template_stray", place, **told)
    elif word in _BETWEEN:
        if not waiting or waiting[-1][0] not in _BETWEEN[word]:
            yield ReconError("report_template_stray", place, **told)
    elif word not in _WORDS:
        like = nearest(word, _WORDS)
        if like in _PAIRS:
            waiting.append((like, shown(tag[0]), paragraph))
        yield ReconError("report_template_tag", place, **told, word=word, nearest=like or ", ".join(_WORDS))


# -- fields ------------------------------------------------------------------------------------------------------------

def _parsed(source: str, environment: Environment, place: Source) -> Iterator[ReconError]:
    """Unknown fields, and what else Jinja does not take, in a part whose structure holds."""
    lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", source)
    try:
        tree = environment.parse(lines)
        environment.compile(lines)
    except TemplateSyntaxError as slip:
        yield _syntax(slip, lines, place)
        return
    rows = lines.splitlines()
    for unknown in unknown_names(tree, Report):
        yield _named(unknown, words_of(rows[unknown.line - 1]) if unknown.line <= len(rows) else "", place)


def _syntax(slip: TemplateSyntaxError, lines: str, place: Source) -> ReconError:
    """An instruction that Jinja does not take, told in our words."""
    near = words_of(lines.splitlines()[max(0, slip.lineno - 1)])
    if named := re.match(r"No (?:filter|test) named '(\w+)'", slip.message or ""):
        return ReconError("report_template_filter", place, name=named[1], paragraph=near)
    if tag := re.match(r"Encountered unknown tag '(\w+)'", slip.message or ""):
        code = "report_template_row" if tag[1] in ("tr", "tc") else "report_template_slip"
        return ReconError(code, place, tag=tag[1], near=near)
    return ReconError("report_template_slip", place, near=near)


def words_of(xml: str) -> str:
    """The words of a piece of XML as a message quotes them."""
    return shown(unescaped(re.sub(r"<[^>]+>", "", xml)))


def _fields_one_by_one(paragraphs: Sequence[str], environment: Environment, place: Source) -> Iterator[ReconError]:
    """Unknown fields of a part whose loops are broken: what loops name passes for known."""
    made = re.findall(r"{%-?\s*(?:p|tr|tc|r)?\s*\w+\s+(\w+)\s*(?:in|=)\s*(\w*)", "\n".join(paragraphs))
    more = {"loop": ANYTHING, **{name: element(Report, rows) for name, rows in made}}
    for paragraph in paragraphs:
        for tag in re.findall(r"{{[^{}]*}}", paragraph):
            tree = _tree(tag, environment)
            for unknown in unknown_names(tree, Report, more) if tree else ():
                yield _named(unknown, shown(paragraph), place)


def _tree(tag: str, environment: Environment) -> nodes.Template | None:
    try:
        return environment.parse(tag)
    except TemplateSyntaxError:
        return None


def _named(unknown: Unknown, paragraph: str, place: Source) -> ReconError:
    like = nearest(unknown.name, unknown.known)
    told: dict[str, Any] = {"field": unknown.path, "paragraph": paragraph or unknown.path}
    if like:
        return ReconError("report_template_field", place, **told, nearest=unknown.beside(like))
    return ReconError("report_template_field_far", place, **told, known=", ".join(sorted(unknown.known)))
