"""The Word report: a template that people restyle in Word, filled with a rebuilt case's fields; the only docxtpl."""

import dataclasses
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from recon.core.errors import ReconError
from recon.core.knowledge import folder, nearest
from recon.core.source import Source
from recon.need.rebuilt import Rebuilt
from recon.report.context import report
from recon.report.fields import Chart, Report
from recon.report.names import Unknown, unknown_names
from recon.report.pack import settle

_WIDTH = Cm(15.6)
_TAG = re.compile(r"{%-?\s*(?:p|tr|tc|r)?\s*(for|if|endfor|endif|else|elif)\b[^%]*%}")


def build(rebuilt: Rebuilt, path: Path, template: Path | None = None) -> Path:
    """Write *rebuilt*'s report to *path*.

    Args:
        rebuilt: the case; its language picks the template that ships.
        path: where to write.
        template: a Word template of one's own, in whichever language.

    Raises:
        ReconError: the template is missing, is no Word file, names a field that does not exist or has an open loop.
    """
    source = template or folder("templates") / "report" / f"report.{rebuilt.language}.docx"
    check_template(source)
    document = _open(source)
    try:
        document.render(_context(report(rebuilt), document), _environment(), autoescape=True)
    except (TemplateError, TypeError) as slip:
        raise ReconError("report_template_slip", Source(source.name), detail=str(slip), near=_near(slip)) from slip
    document.save(str(path))
    return settle(path)


def check_template(path: Path) -> None:
    """Pass a template that :func:`build` can fill.

    Raises:
        ReconError: the first of :func:`slips`.
    """
    for slip in slips(path):
        raise slip


def slips(path: Path) -> Iterator[ReconError]:
    """What is wrong with the template at *path*: each unknown field with the nearest known one, each broken loop."""
    document, environment, place = _open(path), _environment(), Source(path.name)
    for xml in _parts(document):
        lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)
        try:
            tree = environment.parse(lines)
            environment.compile(lines)
        except TemplateSyntaxError as slip:
            near = _unpaired(lines) or _words(lines.splitlines()[max(0, slip.lineno - 1)])
            yield ReconError("report_template_slip", place, detail=slip.message or "", near=near)
            continue
        for unknown in unknown_names(tree, Report):
            yield _named(unknown, place)


def _named(unknown: Unknown, place: Source) -> ReconError:
    like = nearest(unknown.name, unknown.known)
    if like:
        return ReconError("report_template_field", place, field=unknown.path, nearest=unknown.beside(like))
    return ReconError("report_template_field_far", place, field=unknown.path, known=", ".join(sorted(unknown.known)))


def _open(path: Path) -> DocxTemplate:
    if not path.is_file():
        raise ReconError("report_template_missing", Source(str(path)))
    document = DocxTemplate(str(path))
    try:
        document.init_docx()
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as slip:
        raise ReconError("report_template_unreadable", Source(str(path))) from slip
    return document


def _parts(document: DocxTemplate) -> Iterator[str]:
    """The body, heads and feet as Jinja source."""
    yield document.patch_xml(document.get_xml())
    for kind in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(kind):
            yield document.patch_xml(document.get_part_xml(part))


def _environment() -> SandboxedEnvironment:
    """Templates may come from anywhere: they see the fields and nothing else."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _context(fields: Report, document: DocxTemplate) -> dict[str, Any]:
    shown = {f.name: getattr(fields, f.name) for f in dataclasses.fields(fields)}
    return {name: tuple(_placed(v, document) for v in value) if isinstance(value, tuple) else value
            for name, value in shown.items()}


def _placed(value: object, document: DocxTemplate) -> object:
    """A chart with its PNG as a picture of *document*; anything else as it is."""
    if not isinstance(value, Chart) or not isinstance(value.picture, bytes):
        return value
    return Chart(value.caption, InlineImage(document, io.BytesIO(value.picture), width=_WIDTH))


def _unpaired(source: str) -> str:
    """The first loop or condition that nothing closes, or that closes nothing; empty where all are paired."""
    open_tags: list[tuple[str, str]] = []
    for tag in _TAG.finditer(source):
        word = tag[1]
        if word in ("for", "if"):
            open_tags.append((word, tag[0]))
        elif word.startswith("end"):
            if not open_tags or open_tags[-1][0] != word.removeprefix("end"):
                return open_tags[-1][1] if open_tags else tag[0]
            open_tags.pop()
    return open_tags[-1][1] if open_tags else ""


def _near(slip: Exception) -> str:
    """The words around a slip that only filling in showed."""
    lines = [_words(str(line)) for line in getattr(slip, "docx_context", ())]
    return next((line for line in lines if "{" in line), "") or str(slip)


def _words(xml: str) -> str:
    return re.sub(r"<[^>]+>", "", xml).strip()[:80]


