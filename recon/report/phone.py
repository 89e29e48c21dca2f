"""The report as one self-contained HTML page: pictures inline, nothing fetched from anywhere."""

import base64
import dataclasses
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from recon.core.knowledge import folder
from recon.need.rebuilt import Rebuilt
from recon.report.context import report
from recon.report.fields import Chart


def build(rebuilt: Rebuilt, path: Path) -> Path:
    """Write *rebuilt*'s report as a page to *path*."""
    source = FileSystemLoader(str(folder("templates") / "report"))
    environment = SandboxedEnvironment(loader=source, undefined=StrictUndefined, autoescape=True)
    fields = report(rebuilt)
    shown = {f.name: _placed(getattr(fields, f.name)) for f in dataclasses.fields(fields)}
    page = environment.get_template(f"report.{rebuilt.language}.html").render(shown)
    path.write_text(page, encoding="utf-8")
    return path


def _placed(value: object) -> object:
    """Charts with their PNG as a data address; anything else as it is."""
    if not isinstance(value, tuple):
        return value
    return tuple(
        Chart(v.caption, Markup("data:image/png;base64," + base64.b64encode(v.picture).decode()))  # noqa: S704 - letters
        if isinstance(v, Chart) and isinstance(v.picture, bytes) else v for v in value
    )
