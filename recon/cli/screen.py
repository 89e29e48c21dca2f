"""What the terminal shows: progress on stderr, tables and headline figures on stdout."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recon.cli.papers import documents
from recon.core.money import decimals, to_display
from recon.core.words import say, tell
from recon.reading.report import reason
from recon.reading.result import Reading

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from recon.case.books import Books

LANGUAGE = click.option("--lang", type=click.Choice(["zh-CN", "en"]), default=None, help="Language: zh-CN or en.")
#: Columns of the table of files; width below which a file's kind is left out; cells between two columns, and before
#: what is to be looked at.
_COLUMNS = ("file", "kind", "lines", "outcome", "why")
_NARROW, _BETWEEN, _INDENT = 100, 3, 4
_COLOURS = {
    "proven": "green", "unprovable": "yellow", "doubtful": "yellow", "inconsistent": "red", "refused": "red",
    "pass": "green", "explain": "yellow", "fail": "red", "cannot_judge": "cyan",
    "justified": "green", "reduce": "yellow", "decline": "red",
}


@contextmanager
def bar(language: str, stage: str, total: int) -> Iterator[Callable[[str], None]]:
    """A progress bar on stderr where that is a terminal, and the function that moves it on by an item."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with _progress() as progress:
        task = progress.add_task(say(language, f"stage.{stage}"), total=total, item="")
        yield lambda name: progress.update(task, advance=1, item=Path(name).name)


@contextmanager
def stages(language: str) -> Iterator[Callable[[str, str, int, int], None]]:
    """Progress over the stages of a rebuild; the function it gives is the pipeline's ``progress``."""
    with _progress() as progress:
        task = progress.add_task("", total=None, item="")

        def step(stage: str, item: str, number: int, count: int) -> None:
            progress.update(task, description=say(language, f"stage.{stage}"), total=count or None,
                            completed=number if count else 0, item=Path(item).name)

        yield step


def _progress() -> "Progress":
    from rich.console import Console  # noqa: PLC0415 only where there is a terminal
    from rich.progress import (  # noqa: PLC0415 likewise
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        TextColumn("{task.fields[item]}", style="dim"), console=Console(stderr=True), transient=True,
    )


def file_table(readings: Sequence[Reading], names: Sequence[str], language: str) -> None:
    """A line per file under its name: kind, lines, outcome and why; then what to look at, and how many came out how."""
    from rich.cells import cell_len  # noqa: PLC0415 data is printed without it
    from rich.console import Console  # noqa: PLC0415 likewise
    from rich.padding import Padding  # noqa: PLC0415 likewise
    from rich.table import Table  # noqa: PLC0415 likewise

    from recon.cli.wrapping import wrapped  # noqa: PLC0415 likewise

    console = Console(highlight=False, emoji=False)
    columns = ("file", "lines", "outcome", "why") if console.width < _NARROW else _COLUMNS
    rows = [_row(reading, name, language) for reading, name in zip(readings, names, strict=True)]
    heads = {column: say(language, f"read.{column}") for column in columns}
    longest = {column: max(cell_len(row[column]) for row in [heads, *rows]) for column in columns}
    widths = {column: longest[column] for column in columns[1:-1]}
    room = console.width - sum(widths.values()) - _BETWEEN * (len(columns) - 1)
    widths["file"] = min(longest["file"], max(room * 2 // 5, room - longest["why"]))
    widths["why"] = room - widths["file"]
    table = Table(show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(heads[column], justify="right" if column == "lines" else "left", width=widths[column])
    for reading, row in zip(readings, rows, strict=True):
        cells = {column: _safe(wrapped(row[column], widths[column])) for column in columns}
        cells["outcome"] = f"[{_COLOURS[reading.outcome]}]{cells['outcome']}[/]"
        table.add_row(*cells.values())
    console.print(table)
    documents(readings, names, language, console)
    for finding in (f for r in readings for f in r.findings if f.code != r.reason):
        told = wrapped(tell(language, finding), console.width - _INDENT)
        console.print(Padding(f"[yellow]•[/] {_safe(told)}".replace("\n", "\n  "), (0, 0, 0, 2), expand=False))
    tally: Counter[str] = Counter(reading.outcome for reading in readings)
    told = "  ".join(f"{_outcome(outcome, language)} {tally[outcome]}" for outcome in _COLOURS if tally[outcome])
    console.print(f"\n{say(language, 'read.files', count=len(readings))}  {told}")


def _row(reading: Reading, name: str, language: str) -> dict[str, str]:
    """What the table says of a file, by column."""
    count = sum(len(a.lines) for a in reading.accounts) + len(reading.receipts)
    outcome, kind = say(language, f"outcome.{reading.outcome}"), say(language, f"kind.{reading.kind}")
    return {"file": name, "kind": kind, "lines": str(count), "outcome": outcome, "why": reason(reading, language)}


def _outcome(outcome: str, language: str) -> str:
    return f"[{_COLOURS[outcome]}]{say(language, f'outcome.{outcome}')}[/]"


def _safe(text: str) -> str:
    """Text of the evidence in which square brackets are no markup."""
    return text.replace("[", r"\[")


def headline(books: "Books", written: Sequence[Path], language: str) -> None:
    """The figures that a manager asks for first, the checks, the verdict, and what was written."""
    from rich.console import Console  # noqa: PLC0415 likewise
    from rich.table import Table  # noqa: PLC0415 likewise

    console = Console(highlight=False, emoji=False)
    places = decimals(books.case.case.currency)

    def amount(value: int | None) -> str:
        return say(language, "headline.unknown") if value is None else to_display(value, places)

    about = books.case.case
    console.print(f"\n[bold]{_safe(about.name)}[/]  {about.from_} – {about.to}  {about.currency}")
    table = Table(show_header=False, show_edge=False, pad_edge=False, box=None)
    table.add_column()
    table.add_column(justify="right")
    lines = books.statements
    rows = [
        ("sales", amount(lines.line("income_statement", 1).amount)),
        ("net_profit", amount(lines.line("income_statement", 32).amount)),
        ("closing_cash", amount(lines.line("balance_sheet", 1).amount)),
        ("equity", amount(lines.line("balance_sheet", 52).amount)),
        ("effective_revenue", amount(books.effective.total)),
        *((f"need_{m.id}", amount(m.limit)) for m in books.need.methods),
        *_request(books, amount),
    ]
    for key, text in rows:
        table.add_row(say(language, f"headline.{key}"), text)
    console.print(table)
    _verdict(books, console, language)
    for path in written:
        console.print(f"  {path}", soft_wrap=True)


def _request(books: "Books", amount: Callable[[int | None], str]) -> list[tuple[str, str]]:
    """What was asked for and what is recommended, where anything was asked for."""
    if books.case.request is None:
        return []
    advice = books.need.recommended
    return [("requested", amount(books.case.request.amount)), ("recommended", amount(advice.amount) if advice else "—")]


def _verdict(books: "Books", console: "Console", language: str) -> None:
    counts = {o: sum(c.outcome == o for c in books.checks) for o in ("pass", "explain", "fail", "cannot_judge")}
    told = "  ".join(f"[{_COLOURS[o]}]{say(language, f'outcome.{o}')} {n}[/]" for o, n in counts.items())
    console.print(f"{say(language, 'headline.checks')}  {told}")
    verdict = books.need.verdict
    console.print(f"{say(language, 'headline.verdict')}  [{_COLOURS[verdict]}]{say(language, f'outcome.{verdict}')}[/]")
    for decided in books.need.reasons[:1]:
        console.print(f"  {_safe(decided.tell(language))}", soft_wrap=True)
    serious = [f for f in books.findings if f.severity == "serious"]
    for finding in serious[:8]:
        console.print(f"  [red]•[/] {_safe(tell(language, finding))}", soft_wrap=True)
    if len(serious) > 8:  # noqa: PLR2004 - as many as fit a screen
        console.print(say(language, "headline.more", count=len(serious) - 8))
    console.print(say(language, "headline.written"))
