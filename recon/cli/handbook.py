"""``recon handbook``: what every check tests, how it is judged and what innocently looks the same."""

import click

from recon.checks.handbook import handbook as written
from recon.cli.screen import LANGUAGE
from recon.core.words import terminal_language


@click.command(help="Print the handbook of checks as Markdown.")
@LANGUAGE
def handbook(lang: str | None) -> None:
    """Print the handbook of checks in the language asked for."""
    click.echo(written(lang or terminal_language()), nl=False)
