"""Which policy each open ticket has and why, and moving tickets to what the rules say now."""

from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from agentdesk.cli.kept_versions import say_passed_over
from agentdesk.cli.options import DryRunOption, FormatOption, LimitOption, rows_wanted
from agentdesk.cli.output import Column, Format
from agentdesk.cli.policy_rows import COUNTS_BY, MOVES, done_columns, move_rows, worst_first
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.writing import write

if TYPE_CHECKING:
    from agentdesk.cli.policy_rows import MoveRow
    from agentdesk.queries.policy_moves import TicketMove
    from agentdesk.store.change import Change

LIST = (
    Column("ref", "Ticket"),
    Column("policy", "Policy", read=lambda row: row.policy or None),
    Column("calendar", "Calendar", read=lambda row: row.calendar or None),
    Column("why", "Why"),
    Column("subject", "Subject"),
)
SomeName = Annotated[str, typer.Argument(metavar="NAME", help="What the policy is called; all unless given.")]


def list_tickets(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="Standard, its version Standard@1, or none; all open tickets unless given."
        ),
    ] = "",
    *,
    limit: LimitOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print which policy each open ticket has, and why: an agreement, or the conditions it met.

    Example:
        agentdesk policy tickets
        agentdesk policy tickets Standard@1 --json
    """
    from agentdesk.queries.policy_tickets import policy_tickets

    session = session_of(ctx)
    wanted = rows_wanted(limit, form)
    with session.desk() as desk, desk.read() as read:
        found = policy_tickets(read, name)
        shown = session.emit(islice(found.rows(), wanted), LIST, form, things="open tickets")
        if wanted is not None and shown == wanted:
            session.say_shown(shown, found.count)


def apply_policy(
    ctx: typer.Context,
    name: SomeName = "",
    *,
    query: Annotated[
        str, typer.Option("--query", metavar="QUERY", help="Only open tickets that it finds.")
    ] = "",
    limit: LimitOption = None,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Move open tickets to the policies and calendars as they are now.

    An agreement decides first, then the order of policies. A clock keeps its start and its pauses and gets the new
    target; a breach on record stays. Solved tickets are never moved. With a name, only tickets that come under that
    policy or leave it are moved. One undo takes all of it back. A dry run is for everybody.

    Example:
        agentdesk policy apply Standard --dry-run
        agentdesk policy apply --query 'queue:Billing'
    """
    from agentdesk.queries.policy_moves import asked_moves

    session = session_of(ctx)
    moved: list[TicketMove] = []

    def move(change: "Change") -> None:
        from agentdesk.services import apply_policies

        moved.extend(apply_policies(change, name, query))

    with session.desk() as desk:
        if dry_run:
            with desk.read() as read:
                moved.extend(asked_moves(read, name, query).tickets())
            session.say("Dry run: nothing was written.")
        else:
            write(session, desk, move, summary=f"apply policy {name}" if name else "apply policies")
        with desk.read() as read:
            say_passed_over(session, read)
    _print(session, moved, form, limit, "would move" if dry_run else "moved")


def _print(session: Session, moved: "list[TicketMove]", form: Format, limit: int | None, verb: str) -> None:
    rows = worst_first(row for one in moved for row in move_rows(one))
    if form is not Format.TABLE or not rows:
        things, hint = "open tickets to move", "All have what the rules say."
        session.say_shown(
            session.emit(rows[: rows_wanted(limit, form)], MOVES, form, things=things, hint=hint), len(rows)
        )
    else:
        _print_tables(session, rows, rows_wanted(limit, form))
    if moved:
        clocks = sum(row.metric is not None for row in rows)
        session.say(f"{_count(len(moved), 'ticket')}, {_count(clocks, 'clock')} {verb}.")


def _print_tables(session: Session, rows: "list[MoveRow]", most: int | None) -> None:
    """The clocks that are other ones, then what each ticket counts by, of which names may be long."""
    clocks = [row for row in rows if row.metric is not None]
    tickets = list({row.ref: row for row in rows}.values())
    parts = ((clocks, done_columns(session.out.when)), (tickets, COUNTS_BY))
    for number, (some, columns) in enumerate(part for part in parts if part[0]):
        if number:
            session.out.emit_raw("\n")
        session.say_shown(session.emit(some[:most], columns, Format.TABLE, things=""), len(some))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else f'{noun}s'}"
