"""XML as nodes that know their line; document types, and with them every entity, are refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from recon.core.errors import ReconError
from recon.core.source import Source


@dataclass(slots=True)
class Node:
    """An element: its name without namespace, attributes, text, the line it starts on, and its children."""

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def all(self, path: str) -> list["Node"]:
        """Every node at *path* (``A/B/C``) below this one."""
        found = [self]
        for tag in path.split("/"):
            found = [child for node in found for child in node.children if child.tag == tag]
        return found

    def first(self, *paths: str) -> "Node | None":
        """The first node at the first of *paths* that leads anywhere."""
        return next((node for path in paths for node in self.all(path)), None)

    def words(self, *paths: str) -> str:
        """The text of the first node with text at one of *paths*, white space collapsed; else empty."""
        texts = (" ".join(node.text.split()) for path in paths for node in self.all(path))
        return next((text for text in texts if text), "")

    def walk(self) -> Iterator["Node"]:
        """This node and all below it, in the order of the file."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


class _Builder:
    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.top = Node("", 0)
        self.open = [self.top]
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        node = Node(name.rpartition(":")[2], self.parser.CurrentLineNumber, attributes)
        self.open[-1].children.append(node)
        self.open.append(node)

    def _end(self, _name: str) -> None:
        self.open.pop()

    def _text(self, data: str) -> None:
        self.open[-1].text += data

    def _doctype(self, *_parts: object) -> None:
        raise ReconError("xml_doctype", Source(line=self.parser.CurrentLineNumber))


def parse(text: str) -> Node:
    """The tree of *text* under a nameless top; what the declaration says of its encoding is moot by now.

    Raises:
        ReconError: ``xml_doctype`` for a document type, ``xml_broken`` where it is not well formed; with the line.
    """
    parser = expat.ParserCreate("utf-8")
    builder = _Builder(parser)
    body = re.sub(r"^(\s*)<\?xml[^>]*\?>", lambda found: "\n" * found[0].count("\n"), text.lstrip("\ufeff"), count=1)
    try:
        parser.Parse(body.encode("utf-8", "replace"), True)
    except expat.ExpatError as slip:
        raise ReconError("xml_broken", Source(line=slip.lineno), detail=expat.ErrorString(slip.code)) from slip
    return builder.top
