"""Changing tickets: fields, assignees and statuses, one or many at a time, always in one change."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.options import (
    DryRunOption,
    FormatOption,
    ReasonOption,
    RefsArgument,
    VersionOption,
)
from agentdesk.cli.output import Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.stdin import NamedTickets, read_ids
from agentdesk.cli.tickets import list_columns
from agentdesk.cli.writing import for_each, say_written, write
from agentdesk.domain.errors import BadTicketsError, TicketFault
from agentdesk.domain.references import ticket_ref

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from agentdesk.desk import Desk
    from agentdesk.store.change import Change
    from agentdesk.store.reader import Reader

WordsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="TICKET|FIELD=VALUE",
        help="References (- reads them from stdin), then the fields to set.",
    ),
]
AgentArgument = Annotated[str, typer.Argument(metavar="AGENT", help="A handle, me, or none.")]


def set_fields(
    ctx: typer.Context,
    words: WordsArgument,
    *,
    reason: ReasonOption = "",
    if_version: VersionOption = None,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Set fields of one or many tickets.

    All of them change, or none. Fields: subject, status, priority, type, impact, urgency, category, channel, queue,
    assignee, due, wake, waiting_for, resolution, tags (tags=+vat,-old adds and takes off). `none` empties a field.
    status=pending wants --reason: what the customer is asked. Its solution clock pauses meanwhile.

    Example:
        agentdesk ticket set T-1042 priority=high tags=+vat due=4h
        agentdesk ticket list 'tag:vat' --format ids | agentdesk ticket set - queue=Billing --dry-run
    """
    refs = [word for word in words if "=" not in word]
    texts = dict(word.split("=", 1) for word in words if "=" in word)
    if not refs or not texts:
        raise WrongUsage(
            "To set fields takes references and values, as in: agentdesk ticket set T-1042 priority=high"
        )

    def edit(desk: "Desk", change: "Change", one: int) -> Any:
        from agentdesk.services import edit_ticket, parse_edits

        values = parse_edits(change, texts, desk.zone)
        return edit_ticket(change, one, values, expected_version=if_version, reason=reason)

    note = _pauses if {"status", "wake", "wake_at"} & {one.strip().lower() for one in texts} else None
    summary = "set " + ", ".join(texts)
    change_each(session_of(ctx), refs, edit, summary, if_version, dry_run=dry_run, form=form, note=note)


def assign(
    ctx: typer.Context,
    tickets: RefsArgument,
    agent: AgentArgument,
    *,
    if_version: VersionOption = None,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Give tickets to an agent.

    Example:
        agentdesk ticket assign T-1042 T-1043 ana
        agentdesk ticket list 'assignee:none' --format ids | agentdesk ticket assign - me
    """

    def give(_: "Desk", change: "Change", one: int) -> Any:
        from agentdesk.services import assign_ticket
        from agentdesk.services.edits import agent_id

        to = None if agent == "none" else agent_id(change, agent)
        return assign_ticket(change, one, to=to, expected_version=if_version)

    change_each(session_of(ctx), tickets, give, f"assign to {agent}", if_version, dry_run=dry_run, form=form)


def take(
    ctx: typer.Context,
    tickets: RefsArgument,
    *,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Assign tickets to yourself.

    Example:
        agentdesk ticket take T-1042
    """

    def mine(_: "Desk", change: "Change", one: int) -> Any:
        from agentdesk.services import assign_ticket

        return assign_ticket(change, one, to=change.actor.id)

    change_each(session_of(ctx), tickets, mine, "take", None, dry_run=dry_run, form=form)


def take_next(ctx: typer.Context, *, form: FormatOption = Format.TABLE) -> None:
    """Take the ticket that needs attention most.

    It looks at the new and open tickets of your queues that nobody has, or of all queues if you are in none, in the
    order of the queue, and says why the one it took stood first.

    Example:
        agentdesk ticket next
    """
    from agentdesk.services import take_next as take_the_next

    session = session_of(ctx)
    with session.desk() as desk:
        with desk.change(summary="take the next ticket") as change:
            ticket = take_the_next(change)
            number = ticket.id if ticket else None
        if number is None:
            session.say("There is nothing to take: every ticket of your queues has an owner.")
            session.emit([], list_columns(desk.clock.now(), form), form, things="")
        else:
            session.say(_why_first(desk, number))
            say_written(session, change)
            _print(session, desk, [number], form)


def _why_first(desk: "Desk", number: int) -> str:
    from agentdesk.domain.attention import why_here
    from agentdesk.queries.tickets import by_ids

    with desk.read() as read:
        [row] = by_ids(read, [number])
        why = why_here(row, row.priority, row.tier or "", row.waiting_since, read.now)
    return f"Took {row.ref}, which stood first: {why}."


def solve(
    ctx: typer.Context,
    tickets: RefsArgument,
    *,
    resolution: Annotated[
        str, typer.Option("--resolution", metavar="WORD", help="answered, fixed, workaround, duplicate, ...")
    ] = "answered",
    reason: ReasonOption = "",
    if_version: VersionOption = None,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Mark tickets as solved.

    Example:
        agentdesk ticket solve T-1042 --resolution fixed
    """

    def done(_: "Desk", change: "Change", one: int) -> Any:
        from agentdesk.services import solve_ticket

        return solve_ticket(change, one, resolution=resolution, reason=reason, expected_version=if_version)

    change_each(session_of(ctx), tickets, done, "solve", if_version, dry_run=dry_run, form=form)


def reopen(
    ctx: typer.Context,
    tickets: RefsArgument,
    *,
    reason: ReasonOption = "",
    if_version: VersionOption = None,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Bring solved tickets back to work.

    Example:
        agentdesk ticket reopen T-1042 --reason 'the customer still has no invoice'
    """

    def again(_: "Desk", change: "Change", one: int) -> Any:
        from agentdesk.services import reopen_ticket

        return reopen_ticket(change, one, reason=reason, expected_version=if_version)

    change_each(session_of(ctx), tickets, again, "reopen", if_version, dry_run=dry_run, form=form)


def thanks(
    ctx: typer.Context,
    tickets: RefsArgument,
    *,
    if_version: VersionOption = None,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Keep tickets solved that a thank-you has reopened.

    Example:
        agentdesk ticket thanks T-1042
    """

    def keep(_: "Desk", change: "Change", one: int) -> Any:
        from agentdesk.services import keep_solved

        return keep_solved(change, one, expected_version=if_version)

    change_each(session_of(ctx), tickets, keep, "keep solved", if_version, dry_run=dry_run, form=form)


def change_each(
    session: Session,
    words: "Sequence[str]",
    operation: "Callable[[Desk, Change, int], Any]",
    summary: str,
    if_version: int | None,
    *,
    dry_run: bool,
    form: Format,
    note: "Callable[[Reader, Sequence[int]], str] | None" = None,
) -> None:
    """Do one thing to every ticket named, in one change, and print them as they are now; `note` is said of them."""
    named = read_ids(words)
    ids = named.ids
    if if_version is not None and len(ids) != 1:
        raise WrongUsage("--if-version is about one ticket.")
    which = ticket_ref(ids[0]) if len(ids) == 1 else f"{len(ids)} tickets"
    with session.desk() as desk:
        _refuse_unknown(desk, named)
        each = for_each(named.places, lambda change, one: operation(desk, change, one))
        if write(session, desk, each, summary=f"{summary}: {which}", dry_run=dry_run, form=form) is not None:
            if note is not None:
                with desk.read() as read:
                    told = note(read, ids)
                if told:
                    session.say(told)
            _print(session, desk, ids, form)


def _pauses(read: "Reader", ids: "Sequence[int]") -> str:
    """Which clocks stand still because of it."""
    from agentdesk.queries.pausing import pause_words, paused_now

    return pause_words(paused_now(read, ids))


def _refuse_unknown(desk: "Desk", named: NamedTickets) -> None:
    """Refuse all of many tickets, with every one that cannot be."""
    from agentdesk.queries.tickets import by_ids

    if named.total == 1:
        return  # the operation itself says what is wrong with it
    with desk.read() as read:
        there = {one.id for one in by_ids(read, named.ids)}
    unknown = [
        TicketFault(ticket_ref(one), place, "does not exist")
        for one, place in named.places.items()
        if one not in there
    ]
    if faults := [*named.faults, *unknown]:
        raise BadTicketsError(faults, named.total)


def _print(session: Session, desk: "Desk", ids: "Sequence[int]", form: Format) -> None:
    from agentdesk.queries.tickets import by_ids

    with desk.read() as read:
        columns = list_columns(read.now, form)
        session.emit(by_ids(read, ids), columns, form, things="tickets", hint="None was named.")
