"""The outbox: what waits to leave, and handing it over as files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agentdesk.cli.options import FormatOption, LimitOption, rows_wanted
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.vocabulary import OutboxState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentdesk.channels.hand_over import Left
    from agentdesk.desk import Desk
    from agentdesk.queries.outbox import OutboxRow

LETTERS = (
    Column("id", "No.", right=True),
    Column("ref", "Ticket"),
    Column("state", "State"),
    Column("release_at", "Leaves"),
    Column("handed_over_at", "Left"),
    Column("to_address", "To"),
    Column("subject", "Subject"),
    Column("to_name"),
    Column("key"),
    Column("message_id"),
    Column("ticket_id"),
    Column("underway"),
)
LEFT = (
    Column("id", "No.", right=True, read=lambda left: left.row.id),
    Column("ref", "Ticket", read=lambda left: left.row.ref),
    Column("to", "To", read=lambda left: left.row.to_address),
    Column("subject", "Subject", read=lambda left: left.row.subject),
    Column("key", read=lambda left: left.row.key),
    Column("place", "Where", read=lambda left: left.place),
)


def list_letters(
    ctx: typer.Context,
    *,
    state: Annotated[
        OutboxState | None, typer.Option("--state", help="Only those that wait, or that were handed over.")
    ] = None,
    limit: LimitOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the letters that wait to leave, then those that left.

    Example:
        agentdesk outbox list
        agentdesk outbox list --state queued --json
    """
    from agentdesk.queries.outbox import outbox

    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        rows = outbox(read, state.value if state else None)
        hint = "A reply to a customer with an e-mail address is one: agentdesk ticket reply T-1042 'Done.'"
        shown = session.emit(rows[: rows_wanted(limit, form)], LETTERS, form, things="letters", hint=hint)
        session.say_shown(shown, len(rows))


def export(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where the files go; made where it is missing.")
    ],
    *,
    again: Annotated[
        list[int] | None,
        typer.Option("--again", metavar="N", help="A letter that left already, to leave once more."),
    ] = None,
    practice: Annotated[
        bool,
        typer.Option("--practice", help="Let the letters of a practice desk leave; no real desk needs it."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would leave now, and hand nothing over.")
    ] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Hand over every letter whose send window is over, each exactly once, as one .eml file.

    A file is there whole or not at all, under a name of its own, for its owner alone. Any number may export at the
    same time; what one that was ended has left half done, the next one finishes. What was handed over cannot be
    taken back. The letters of a practice desk are made up, and leave only with `--practice`.

    Example:
        agentdesk outbox export /var/spool/desk
        agentdesk outbox export /var/spool/desk --again 17
    """
    from agentdesk.channels.hand_over import hand_over_due
    from agentdesk.channels.to_eml import EmlFolder
    from agentdesk.queries.outbox import due

    session = session_of(ctx)
    with session.desk() as desk:
        if dry_run:
            with desk.read() as read:
                session.emit(due(read), LETTERS, form, things="letters are due")
            session.say("Dry run: nothing was handed over.")
        else:
            left = hand_over_due(desk, EmlFolder(folder), again=again or [], practice=practice)
            _tell_left(session, left, form)
        _say_waiting(session, desk)


def _tell_left(session: Session, leaving: "Iterator[Left]", form: Format) -> None:
    left: list[Left] = []
    try:
        for one in leaving:
            left.append(one)  # noqa: PERF402  what has left is told even where the next one cannot
    except AgentDeskError:
        if left:
            session.emit(left, LEFT, form)
        raise
    session.emit(left, LEFT, form, things="letters were due")
    if finished := sum(one.was_underway for one in left):
        session.say(f"{finished} of them had been handed over before, and had not left.")


def _say_waiting(session: Session, desk: "Desk") -> None:
    from agentdesk.queries.outbox import waiting

    with desk.read() as read:
        rows = waiting(read)
    if rows:
        noun = "letter still waits" if len(rows) == 1 else "letters still wait"
        session.say(f"{len(rows)} {noun}: the next may leave at {_when(rows[0], desk)}.")


def _when(row: "OutboxRow", desk: "Desk") -> str:
    return f"{row.release_at.astimezone(desk.zone):%H:%M:%S}"
