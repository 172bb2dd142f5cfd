"""A bare Typer app with as many commands as ours, printed the same way: what start-up is measured against."""

import os
import sys

import typer

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
NAMES = [line.split() for line in os.environ["COMMANDS"].splitlines()]
"""Of every command of ours: its group and its name, or its name alone."""


def _nothing() -> None:
    """Do nothing."""


@app.callback(invoke_without_command=True)
def root(version: bool = typer.Option(False, "--version")) -> None:
    """A bare app."""
    if version:
        print("bare 0.1.0")
        sys.exit(0)


groups: dict[str, typer.Typer] = {}
for *group, name in NAMES:
    if not group:
        app.command(name)(_nothing)
        continue
    if group[0] not in groups:
        groups[group[0]] = typer.Typer()
        app.add_typer(groups[group[0]], name=group[0], help="A group.")
    groups[group[0]].command(name)(_nothing)
app()
