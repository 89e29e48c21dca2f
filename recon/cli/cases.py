"""``recon demo``, ``new``, ``rebuild`` and ``simulate``: whole cases."""

import datetime as dt
import shutil
from pathlib import Path

import click

from recon.cli.screen import LANGUAGE, headline, stages
from recon.core.errors import ReconError
from recon.core.knowledge import folder
from recon.core.outputs import ready
from recon.core.source import Source
from recon.core.words import say, terminal_language

DEMO = "noodle-shop"


@click.command(help="The whole job on a sample that ships inside the package.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("recon-demo"), help="Where to write.")
@LANGUAGE
def demo(out: Path, lang: str | None) -> None:
    """Copy the sample case to OUT/case and rebuild it into OUT."""
    language = lang or terminal_language()
    case = out / "case"
    if not case.exists():
        shutil.copytree(folder("samples") / DEMO, case)
    _rebuild(case, out, language, language)


@click.command(help="Rebuild the books of a case folder.")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Where to write (default: CASE/out).")
@click.option("--strict", is_flag=True, help="Exit with 1 where a check failed.")
@LANGUAGE
def rebuild(case: Path, out: Path | None, strict: bool, lang: str | None) -> int:  # noqa: FBT001 - click passes flags so
    """Run the whole job; the outputs follow the case's language unless --lang says otherwise."""
    failed = _rebuild(case, out or case / "out", lang, lang or terminal_language())
    return 1 if strict and failed else 0


def _rebuild(case: Path, out: Path, outputs: str | None, screen: str) -> bool:
    """Rebuild *case* into *out*, showing progress; whether a check failed."""
    from recon.case.export import OUTPUTS  # noqa: PLC0415 - as the next
    from recon.case.pipeline import rebuild as run  # noqa: PLC0415 - imports pandas, which `recon read` never needs

    with stages(screen) as step:
        ready(out, OUTPUTS)
        books = run(case, outputs, step)
        step("write", "", 0, 0)
        written = books.write(out)
    headline(books, written, screen)
    return any(check.outcome == "fail" for check in books.checks)


@click.command(help="Make an empty case folder with the form to fill in, as case.xlsx and as case.toml.")
@click.argument("folder_", metavar="DIR", type=click.Path(path_type=Path))
@LANGUAGE
def new(folder_: Path, lang: str | None) -> None:
    """Write DIR/case.xlsx, DIR/case.toml, DIR/statements and DIR/receipts; an existing form is never overwritten."""
    from recon.case import form_blank  # noqa: PLC0415 - draws a workbook, which other commands never need
    from recon.case.form import EXCEL, FORM  # noqa: PLC0415 - likewise

    language = lang or terminal_language()
    for name in (FORM, EXCEL):
        if (folder_ / name).exists():
            raise ReconError("form_exists", Source(str(folder_ / name)))
    for part in ("statements", "receipts"):
        (folder_ / part).mkdir(parents=True, exist_ok=True)
    (folder_ / FORM).write_text(form_blank.toml(language), encoding="utf-8")
    form_blank.excel(folder_ / EXCEL, language)
    click.echo(say(language, "new.done", folder=folder_))


@click.command(help="A business with known truth, as a case folder plus truth.json.")
@click.argument("folder_", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--trade", default="retail", show_default=True, help="A trade of the contract.")
@click.option("--months", type=click.IntRange(1, 36), default=12, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--start", type=click.DateTime(["%Y-%m-%d"]), default=None, help="First day (default: 2025-01-01).")
@click.option("--quality", type=click.Choice(["clean", "ordinary", "messy"]), help="How well papers are kept.")
@click.option("--answers", type=click.Choice(["exact", "rounded", "understated", "overstated", "missing"]),
              help="How the owner answers.")
@click.option("--locale", type=click.Choice(["zh-CN", "en"]), help="Whose names and papers (default: by currency).")
@click.option("--currency", default="", help="ISO code; other than CNY the business is English (default: CNY or GBP).")
@click.option("--layouts", type=click.Choice(["usual", "any"]), help="The trade's own statements, or any by seed.")
@click.option("--fault", "faults", multiple=True, help="What the evidence shall hide; may be said several times.")
@LANGUAGE
def simulate(
    folder_: Path, trade: str, months: int, seed: int, start: dt.datetime | None, faults: tuple[str, ...],
    lang: str | None, **look: str | None,
) -> None:
    """Live a business day by day and leave its evidence in DIR."""
    from recon.simulate.build import build  # noqa: PLC0415 - draws PDFs and pictures, which nothing else needs

    language = lang or terminal_language()
    if folder_.exists() and any(folder_.iterdir()):
        raise ReconError("folder_not_empty", Source(str(folder_)))
    abroad = look["locale"] == "en" or (look["currency"] or "CNY").upper() != "CNY"
    told = lang or ("en" if abroad else language)  # the papers' own language, where no other is asked for
    with stages(language) as step:
        build(
            folder_, trade=trade, months=months, seed=seed, start=start.date() if start else None, language=told,
            faults=faults, progress=lambda item: step("simulate", item, 0, 0),
            **{name: value or "" for name, value in look.items()},
        )
    click.echo(say(language, "simulate.done", folder=folder_))
