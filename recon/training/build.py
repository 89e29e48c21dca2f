"""Make the notebooks from their sources, one of each lesson: ``python -m recon.training.build [FOLDER]``.

A source is a Python script in jupytext's percent format. A cell's metadata say who gets it: ``lang="zh"`` or ``"en"``,
``part="student"`` or ``"solved"``; a cell without is for all. In code ``say("中文", "English")`` becomes the text of
the notebook's language, and ``LANGUAGE = "zh-CN"`` its name. The notebooks hold no outputs.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jupytext
import nbformat

from recon.core.errors import ReconError
from recon.training.lessons import course

LANGUAGES = {"zh": "zh-CN", "en": "en"}
PARTS = ("student", "solved")
_TEXT = r'f?"(?:[^"\\]|\\.)*"'
_SAY = re.compile(rf"\bsay\(({_TEXT}),\s*({_TEXT})\)")
_LANGUAGE = 'LANGUAGE = "{}"'


def path(folder: Path, file: str, language: str, part: str) -> Path:
    """Where a notebook stands: ``zh/1-….ipynb``, and the solved one beside it in ``zh/solved``."""
    place = folder / language if part == "student" else folder / language / part
    return place / f"{file}.ipynb"


def notebooks(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every notebook's path and text, from ``folder/source``.

    Raises:
        ReconError: a lesson has no source there.
    """
    for entry in course():
        source = folder / "source" / f"{entry.file}.py"
        if not source.is_file():
            raise ReconError("no_source", file=source)
        cells = jupytext.read(source).cells
        for language in LANGUAGES:
            for part in PARTS:
                yield path(folder, entry.file, language, part), _notebook(cells, language, part)


def _notebook(cells: list[Any], language: str, part: str) -> str:
    """The text of one notebook; the same source gives the same bytes."""
    made = nbformat.v4.new_notebook(metadata={  # type: ignore[no-untyped-call] # it ships no types
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    })
    for cell in cells:
        if cell.metadata.get("lang", language) != language or cell.metadata.get("part", part) != part:
            continue
        code = cell.cell_type == "code"
        new = nbformat.v4.new_code_cell if code else nbformat.v4.new_markdown_cell
        text = _told(cell.source, language) if code else cell.source
        made.cells.append(new(text, id=f"cell-{len(made.cells) + 1}"))  # type: ignore[no-untyped-call] # likewise
    nbformat.validate(made)
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _told(code: str, language: str) -> str:
    """Code with its texts in one language."""
    code = _SAY.sub(lambda match: match[1] if language == "zh" else match[2], code)
    return code.replace(_LANGUAGE.format(LANGUAGES["zh"]), _LANGUAGE.format(LANGUAGES[language]))


def write(folder: Path) -> int:
    """Write every notebook; how many."""
    made = list(notebooks(folder))
    for place, text in made:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="\n")
    return len(made)


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[1] if len(sys.argv) > 1 else 'notebooks'))}\n")
