"""A bare Typer app with as many commands as ours, printed the same way: what start-up is measured against."""

import sys

import typer

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
GROUPS = {
    "ticket": [
        "list",
        "show",
        "new",
        "set",
        "reply",
        "note",
        "take",
        "next",
        "assign",
        "solve",
        "reopen",
        "escalate",
        "history",
    ],
    "customer": ["list", "show", "new", "set", "log"],
    "escalation": ["list", "accept", "decline", "return", "resolve"],
    "import": ["contacts", "tickets", "list", "show", "undo"],
    "agent": ["list", "add", "set"],
    "queue": ["list", "add", "join"],
    "view": ["list", "add", "remove"],
}
ALONE = ["search", "undo", "redo", "log", "report", "demo", "init", "doctor", "keys"]


def _nothing() -> None:
    """Do nothing."""


@app.callback(invoke_without_command=True)
def root(version: bool = typer.Option(False, "--version")) -> None:
    """A bare app."""
    if version:
        print("bare 0.1.0")
        sys.exit(0)


for name in ALONE:
    app.command(name)(_nothing)
for group, names in GROUPS.items():
    inner = typer.Typer()
    for name in names:
        inner.command(name)(_nothing)
    app.add_typer(inner, name=group, help="A group.")
app()
