"""The keys of the console, printed where no console is open."""

import typer

from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import session_of

KEYS = (
    Column("id", read=lambda row: row[3]),
    Column("place", "Where", read=lambda row: row[0]),
    Column("keys", "Keys", read=lambda row: row[1]),
    Column("help", "What", read=lambda row: row[2]),
)


def keys(ctx: typer.Context, *, form: FormatOption = Format.TABLE) -> None:
    """Print every key of the console.

    Your own keymap is taken into account.

    Example:
        agentdesk keys
        agentdesk keys --format csv > keys.csv
    """
    from agentdesk.commands.registry import keys_table

    session = session_of(ctx)
    session.emit(keys_table(session.settings.keymap), KEYS, form)
