"""The Word report: a template that people restyle in Word, filled with a rebuilt case's fields; the only docxtpl."""

import dataclasses
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from recon.core.errors import ReconError
from recon.core.knowledge import folder
from recon.core.source import Source
from recon.need.rebuilt import Rebuilt
from recon.report.context import report
from recon.report.fields import Chart, Report
from recon.report.pack import settle
from recon.report.slips import Part, words_of
from recon.report.slips import slips as find_slips

_WIDTH = Cm(15.6)


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
        raise ReconError("report_template_slip", Source(source.name), near=_near(slip)) from slip
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
    return find_slips(list(_parts(_open(path))), _environment(), Source(path.name))


def _open(path: Path) -> DocxTemplate:
    if not path.is_file():
        raise ReconError("report_template_missing", Source(str(path)))
    document = DocxTemplate(str(path))
    try:
        document.init_docx()
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as slip:
        raise ReconError("report_template_unreadable", Source(str(path))) from slip
    return document


def _parts(document: DocxTemplate) -> Iterator[Part]:
    """The body, heads and feet."""
    body = document.get_xml()
    yield Part(body, document.patch_xml(body))
    for kind in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(kind):
            xml = document.get_part_xml(part)
            yield Part(xml, document.patch_xml(xml))


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


def _near(slip: Exception) -> str:
    """The words around a slip that only filling in showed."""
    lines = [words_of(str(line)) for line in getattr(slip, "docx_context", ())]
    return next((line for line in lines if "{" in line), "") or str(slip)
