"""``recon``: the commands of the contract, and one clear sentence where one of them cannot go on."""

import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from recon.core.errors import ReconError
from recon.core.words import say, tell, terminal_language

# Nothing here multiplies matrices; the threads that stand ready for it cost a third of a short run.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
#: The module of this package that holds each command.
_COMMANDS = {
    "demo": "cases", "new": "cases", "read": "evidence", "rebuild": "cases", "review": "review", "report": "report",
    "simulate": "cases", "handbook": "handbook",
}


class _Commands(click.Group):
    """Commands that are loaded when they are called: to read a file takes few of the rooms."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click's own signature
        """All names."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 likewise
        """The command of that name, or None."""
        room = _COMMANDS.get(cmd_name)
        return getattr(import_module(f"recon.cli.{room}"), cmd_name) if room else None


@click.group(
    cls=_Commands,
    help="A folder of evidence becomes three statements that reconcile, and the loan figure that follows.",
)
@click.version_option(package_name="recon")
def cli() -> None:
    """Group of all commands."""


def main() -> None:
    """Run a command: exit 0 done, 1 a check failed under --strict, 2 could not be done."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = cli.main(standalone_mode=False)
    except ReconError as slip:
        click.echo(f"recon: {tell(_language(), slip)}", err=True)
        code = 2
    except click.ClickException as slip:
        slip.show()
        code = 2
    except click.Abort:
        code = 2
    except Exception as slip:  # the door: a slip of ours is one sentence too
        if os.environ.get("RECON_DEBUG"):
            raise
        click.echo(f"recon: {say(_language(), 'error.unexpected', detail=f'{type(slip).__name__}: {slip}')}", err=True)
        code = 2
    _leave(code if isinstance(code, int) else 0)


def _leave(code: int) -> NoReturn:
    """End the process at once: to take apart all that it holds, as Python does first, is a twentieth of a short run."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = code or 2
    os._exit(code)


def _language() -> str:
    """The language asked for with --lang, else the terminal's."""
    words = sys.argv[1:]
    for word, after in zip(words, [*words[1:], ""], strict=True):
        asked = after if word == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if asked in ("zh-CN", "en"):
            return asked
    return terminal_language()
