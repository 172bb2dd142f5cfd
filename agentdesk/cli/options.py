"""Options and arguments that several commands share, each worded once."""

from typing import Annotated

import typer

from agentdesk.cli.output import Format

FormatOption = Annotated[
    Format, typer.Option("--format", help="How to print; --json is short for --format json.")
]
LimitOption = Annotated[
    int | None,
    typer.Option(
        "--limit",
        min=0,
        metavar="N",
        help="Most rows to print, 0 for all. A table stops at 50 unless told, other formats print all.",
    ),
]
QueryArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="QUERY", help="Words, field:value, -field:value, is:breached, ... Leave out for all."
    ),
]
RefsArgument = Annotated[
    list[str], typer.Argument(metavar="TICKET", help="T-1042, or - to read references from stdin.")
]
TicketArgument = Annotated[str, typer.Argument(metavar="TICKET", help="T-1042 or 1042.")]
CustomerArgument = Annotated[
    str, typer.Argument(metavar="CUSTOMER", help="Id, e-mail address or external id.")
]
NumberArgument = Annotated[int, typer.Argument(metavar="N", help="The number a list prints.")]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Print what would change, field by field, and write nothing.")
]
VersionOption = Annotated[
    int | None,
    typer.Option(
        "--if-version",
        metavar="N",
        help="Write only if the ticket is still at this version; else exit 4.",
    ),
]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for the timeline.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
AsOfOption = Annotated[
    str,
    typer.Option(
        "--as-of",
        metavar="INSTANT",
        help="2026-03-02, 2026-03-02T08:30Z, today, yesterday, -7d; no later than now, which it is unless given.",
    ),
]

TABLE_ROWS = 50
"""Rows of a table unless told otherwise."""


def rows_wanted(limit: int | None, form: Format) -> int | None:
    """How many rows to print; None is all."""
    if limit is None:
        return TABLE_ROWS if form is Format.TABLE else None
    return limit or None
