"""``recon report``: the due-diligence report alone, with a template of one's own, as PDF or for a phone."""

from pathlib import Path

import click

from recon.case.form import EXCEL, FORM
from recon.cli.screen import LANGUAGE, stages
from recon.core.errors import ReconError
from recon.core.outputs import ready
from recon.core.source import Source
from recon.core.words import say, tell, terminal_language


@click.command(help="Write the report of a case, or check a Word template of one's own.")
@click.argument("case", required=False, type=click.Path(path_type=Path))
@click.option("--template", type=click.Path(path_type=Path), default=None, help="A Word template of one's own.")
@click.option("--check-template", "checked", type=click.Path(path_type=Path), default=None,
              help="Name unknown fields and slips of a Word template.")
@click.option("--pdf", is_flag=True, help="Also as PDF, where LibreOffice is present.")
@click.option("--html", is_flag=True, help="Also as one HTML page for reading on a phone.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Where to write (default: CASE/out).")
@LANGUAGE
def report(
    case: Path | None, template: Path | None, checked: Path | None, pdf: bool, html: bool, out: Path | None,  # noqa: FBT001 - click passes flags so
    lang: str | None,
) -> int:
    """CASE is a case folder, or what ``recon rebuild`` wrote for it."""
    screen = lang or terminal_language()
    if checked is not None and (code := _check(checked, screen)):
        return code
    if case is None:
        if checked is None:
            raise ReconError("report_nothing_asked")
        return 0
    folder = _folder(case)
    for path in _write(folder, out or folder / "out", template, lang, screen, html=html, pdf=pdf):
        click.echo(path)
    return 0


def _check(path: Path, screen: str) -> int:
    """Tell every slip of a template; 2 where there is one."""
    from recon.report.document import slips  # noqa: PLC0415 - heavy, and only where asked for

    found = list(slips(path))
    for slip in found:
        click.echo(tell(screen, slip), err=True)
    if not found:
        click.echo(say(screen, "report.template.fine", name=path.name))
    return 2 if found else 0


def _folder(case: Path) -> Path:
    """The case folder that *case* is or lies in."""
    if not case.exists():
        raise ReconError("no_folder", Source(str(case)))
    for folder in (case, *case.resolve().parents[:2]):
        if any((folder / name).is_file() for name in (FORM, EXCEL)):
            return folder
    raise ReconError("no_form", Source(str(case)))


def _write(
    folder: Path, out: Path, template: Path | None, language: str | None, screen: str, *, html: bool, pdf: bool
) -> list[Path]:
    """Rebuild the case and write its report in the shapes asked for."""
    from recon.case.pipeline import rebuild  # noqa: PLC0415 - heavy, and only where asked for
    from recon.report import document, phone  # noqa: PLC0415 - likewise
    from recon.report import pdf as office  # noqa: PLC0415 - likewise

    if template is not None:
        document.check_template(template)
    with stages(screen) as step:
        ready(out, ("report.docx", *(("report.html",) if html else ()), *(("report.pdf",) if pdf else ())))
        books = rebuild(folder, language, step)
        step("write", "", 0, 0)
        out.mkdir(parents=True, exist_ok=True)
        written = [document.build(books, out / "report.docx", template)]
        if html:
            written.append(phone.build(books, out / "report.html"))
    if pdf:
        written.append(office.convert(written[0]))
    return written
