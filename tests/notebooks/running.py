"""Running a notebook's cells inside this process, each result shown as a notebook would show it."""

import ast
import contextlib
import io
import json
import os
from dataclasses import dataclass, field


@dataclass
class Run:
    """What a notebook left: its names, its verdicts in order, and what its cells showed."""

    names: dict = field(default_factory=dict)
    verdicts: list = field(default_factory=list)
    shown: list = field(default_factory=list)


def cells(path):
    """The code cells of the notebook at *path*."""
    made = json.loads(path.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in made["cells"] if cell["cell_type"] == "code"]


def run(path, folder):
    """Run every cell of *path* from *folder*; a failing cell raises with its text."""
    done = Run()
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):
        for text in cells(path):
            try:
                _cell(text, done)
            except Exception as slip:
                raise AssertionError(f"{path.name}: {slip!r} in\n{text}") from slip
    return done


def _cell(text, done):
    tree = ast.parse(text)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), done.names)  # noqa: S102 - running cells is what this is for
    if last is None:
        return
    value = eval(compile(ast.Expression(last.value), "cell", "eval"), done.names)  # noqa: S307 - likewise
    if type(value).__name__ == "Verdict":
        done.verdicts.append(value)
    done.shown.append(_shown(value))


def _shown(value):
    for name in ("_repr_html_", "_repr_png_"):
        if hasattr(value, name):
            return getattr(value, name)()
    return repr(value)


os.environ.setdefault("MPLBACKEND", "agg")
