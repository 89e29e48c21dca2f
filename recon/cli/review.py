"""``recon review``: a reviewer's workbook comes back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from recon.cli.screen import LANGUAGE, headline, stages
from recon.core.outputs import ready
from recon.core.words import say, tell, terminal_language

if TYPE_CHECKING:
    from recon.case.review import Review
    from recon.classify.decisions import Decision
    from recon.workbook.changed import Value

#: Problems and changes that fit a screen; the files hold them all.
_MOST = 30


@click.command(help="Take a reviewer's edits back from the workbook, rebuild, and say what changed.")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option("--by", "who", default="", help="The reviewer (default: who saved the workbook last).")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Where to write (default: CASE/out).")
@click.option("--strict", is_flag=True, help="Exit with 1 where a check failed or a difference was not taken.")
@LANGUAGE
def review(case: Path, workbook: Path, who: str, out: Path | None, strict: bool, lang: str | None) -> int:  # noqa: FBT001 - click passes flags so
    """Edits that are permitted go into CASE/decisions.csv; everything else that differs is named and left out."""
    from recon.case import review as room  # noqa: PLC0415 - as the next
    from recon.case.export import OUTPUTS  # noqa: PLC0415 - imports pandas, which `recon read` never needs

    screen = lang or terminal_language()
    with stages(screen) as step:
        ready(out or case / "out", (*OUTPUTS, room.PROBLEMS))
        done = room.review(case, workbook, who, lang, step)
        step("write", "", 0, 0)
        written, kept = room.write(done, workbook, out or case / "out")
    _tell(done, screen)
    if kept is not None:
        click.echo(say(screen, "review.said.kept", file=kept))
    headline(done.after, written, screen)
    failed = any(check.outcome == "fail" for check in done.after.checks) or bool(done.problems)
    return 1 if strict and failed else 0


def _tell(done: "Review", language: str) -> None:
    """What was taken, what was not, and what it changed."""
    console = Console(highlight=False)

    def said(key: str, **params: object) -> str:
        return say(language, f"review.said.{key}", **params)

    console.print(said("edits", count=len(done.taken), file="decisions.csv") if done.taken else said("none"))
    for each in done.taken[:_MOST]:
        values = (_named(each, value, language) for value in (each.old, each.new))
        change = each.note if each.scope == "note" else " → ".join(values)
        console.print(f"  [green]•[/] {escape(_about(each, language))}: {escape(change)}", soft_wrap=True)
    _more(console, language, len(done.taken), "decisions.csv")
    if done.problems:
        console.print(said("problems", count=len(done.problems)))
        for problem in done.problems[:_MOST]:
            console.print(f"  [yellow]•[/] {escape(tell(language, problem))}", soft_wrap=True)
        _more(console, language, len(done.problems), "review.csv")
    if done.taken:
        _changes(console, done, language)


def _about(decision: "Decision", language: str) -> str:
    """What a decision is about: an answer's figure as people know it."""
    from recon.ledger.naming import named  # noqa: PLC0415 - as above

    words = named(decision.key) if decision.scope == "answer" else None
    return words.tell(language) if words else decision.key


def _named(decision: "Decision", value: str, language: str) -> str:
    """A category as people know it; an answer as the form has it."""
    from recon.classify.categories import categories  # noqa: PLC0415 - as above
    from recon.classify.decisions import OF_LINES  # noqa: PLC0415 - likewise

    if decision.scope not in OF_LINES:
        return value or "–"
    known = [categories()[name] for name in value.split("|") if name in categories()]
    return "、".join(entry.zh if language == "zh-CN" else entry.en for entry in known) or value


def _more(console: Console, language: str, count: int, file: str) -> None:
    if count > _MOST:
        console.print(f"  {say(language, 'review.said.more', count=count - _MOST, file=file)}")


def _changes(console: Console, done: "Review", language: str) -> None:
    """Old beside new."""
    if not done.changes:
        console.print(say(language, "review.said.still"))
        return
    console.print(say(language, "review.said.moved"))
    table = Table(show_edge=False, pad_edge=False)
    table.add_column(say(language, "review.said.item"), overflow="fold")
    for column in ("old", "new", "change"):
        table.add_column(say(language, f"review.said.{column}"), justify="right", overflow="fold")
    for each in done.changes[:_MOST]:
        apart = each.new - each.old if isinstance(each.new, int) and isinstance(each.old, int) else None
        name = f"{say(language, f'workbook.sheet.{each.place}')} {each.line} {each.item}"
        table.add_row(escape(name), *(_shown(v, done, language) for v in (each.old, each.new)),
                      "" if apart is None else _shown(apart, done, language))
    console.print(table)
    _more(console, language, len(done.changes), "workbook.xlsx")


def _shown(value: "Value", done: "Review", language: str) -> str:
    from recon.core.money import to_display  # noqa: PLC0415 - as above

    if value is None:
        return say(language, "headline.unknown")
    return to_display(value, done.after.places) if isinstance(value, int) else escape(value)
