"""Notices: what the desk has told you, and putting it away."""

from typing import Annotated

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.options import FormatOption, LimitOption, rows_wanted
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import session_of

NOTICES = (
    Column("id", "No.", right=True),
    Column("ticket", "Ticket", read=lambda row: row.ref),
    Column("created_at", "When"),
    Column("words", "What"),
    Column("kind"),
    Column("subject"),
    Column("seen_at"),
)


def list_notices(
    ctx: typer.Context,
    *,
    every: Annotated[bool, typer.Option("--all", help="Those you have put away too.")] = False,
    limit: LimitOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print what the desk has told you, the newest first.

    Example:
        agentdesk notice list
        agentdesk notice list --all --json
    """
    from agentdesk.queries.notices import notices

    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        rows = notices(read, every=every)
        hint = "" if every else "Those you have put away are listed by: agentdesk notice list --all"
        shown = session.emit(rows[: rows_wanted(limit, form)], NOTICES, form, things="notices", hint=hint)
        session.say_shown(shown, len(rows))


def seen(
    ctx: typer.Context,
    numbers: Annotated[
        list[int] | None, typer.Argument(metavar="N", help="The numbers a list prints.")
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="All of yours.")] = False,
) -> None:
    """Put notices away; the tickets stay as they are.

    Example:
        agentdesk notice seen 12 13
        agentdesk notice seen --all
    """
    from agentdesk.services import put_away

    if bool(numbers) == every:
        raise WrongUsage("Name the notices to put away, or all of them with --all.")
    session = session_of(ctx)
    with session.desk() as desk, desk.change(summary="put notices away") as change:
        count = put_away(change, numbers or None)
    session.say(f"{count} notice{'' if count == 1 else 's'} put away.")
