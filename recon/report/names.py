"""Which names of a template stand for nothing: its Jinja tree followed along the types of the report's fields."""

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import nodes
from jinja2.defaults import DEFAULT_NAMESPACE

#: Stands for the type of what only Jinja knows, such as ``loop``: nothing is said about its attributes.
ANYTHING = object()
_Scope = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that stands for nothing: as written, its last part, what could have stood there, and its line."""

    path: str
    name: str
    known: tuple[str, ...]
    line: int

    def beside(self, name: str) -> str:
        """*name* in the place of the unknown one."""
        head, dot, _ = self.path.rpartition(".")
        return f"{head}{dot}{name}"


def unknown_names(tree: nodes.Node, root: type, more: _Scope | None = None) -> Iterator[Unknown]:
    """Every name in *tree* that is neither a field of the dataclass *root*, nor of what it holds, nor Jinja's own.

    *more* are names that are known besides.
    """
    return _walk(tree, {**_fields(root), **(more or {})})


def element(root: type, name: str) -> Any:
    """The type of what the list *name* of *root* holds; anything where that is not known."""
    held = typing.get_args(_fields(root).get(name))
    return held[0] if held else ANYTHING


def _fields(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind) if dataclasses.is_dataclass(kind) else {}


def _walk(node: nodes.Node, scope: _Scope) -> Iterator[Unknown]:
    if isinstance(node, nodes.For):
        yield from _loop(node, scope)
        return
    if isinstance(node, nodes.Name):
        if node.ctx == "load" and node.name not in scope and node.name not in DEFAULT_NAMESPACE:
            yield Unknown(node.name, node.name, tuple(scope), node.lineno)
        return
    if isinstance(node, nodes.Getattr):
        fields = _fields(_kind(node.node, scope))
        if fields and node.attr not in fields:
            yield Unknown(f"{_path(node.node)}.{node.attr}", node.attr, tuple(fields), node.lineno)
    inner = {**scope, **_set_in(node)}
    for child in node.iter_child_nodes():
        yield from _walk(child, inner)


def _loop(node: nodes.For, scope: _Scope) -> Iterator[Unknown]:
    yield from _walk(node.iter, scope)
    element = typing.get_args(_kind(node.iter, scope))
    names = [n.name for n in (node.target, *node.target.find_all(nodes.Name)) if isinstance(n, nodes.Name)]
    inner = {**scope, **_set_in(node), **dict.fromkeys(names, element[0] if element else ANYTHING)}
    if node.test:
        yield from _walk(node.test, inner)
    for child in node.body:
        yield from _walk(child, {**inner, "loop": ANYTHING})
    for child in node.else_:
        yield from _walk(child, scope)


def _set_in(node: nodes.Node) -> dict[str, Any]:
    """Names that ``{% set %}`` makes anywhere below *node*."""
    return {
        target.name: ANYTHING for made in node.find_all((nodes.Assign, nodes.AssignBlock))
        for target in made.find_all(nodes.Name) if target.ctx == "store"
    }


def _kind(node: nodes.Node, scope: _Scope) -> Any:
    """The type of an expression, as far as fields tell."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, ANYTHING)
    if isinstance(node, nodes.Getattr):
        return _fields(_kind(node.node, scope)).get(node.attr, ANYTHING)
    return ANYTHING


def _path(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"
