"""Tickets that belong together: merged and taken apart, linked and let go."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.options import DryRunOption, FormatOption, ReasonOption, TicketArgument, VersionOption
from agentdesk.cli.output import Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.stdin import read_ids
from agentdesk.cli.ticket_page import TICKET_COLUMNS, ticket_page
from agentdesk.cli.tickets import whole_ticket
from agentdesk.cli.writing import write
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.references import ticket_id, ticket_ref

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from agentdesk.desk import Desk
    from agentdesk.store.change import Change

OtherArgument = Annotated[str, typer.Argument(metavar="OTHER", help="T-1042 or 1042.")]
KindOption = Annotated[
    str,
    typer.Option("--kind", metavar="WORD", help="duplicate, related, caused_by or split_from."),
]


def merge(
    ctx: typer.Context,
    tickets: Annotated[
        list[str],
        typer.Argument(
            metavar="TICKET... INTO",
            help="The tickets that end (- reads them from stdin), then the one that goes on.",
        ),
    ],
    *,
    reason: ReasonOption = "",
    across_customers: Annotated[
        bool, typer.Option("--across-customers", help="Merge tickets of different customers all the same.")
    ] = False,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Make several tickets one.

    The tickets before the last one are closed; what was said on them is shown on the last one, and keeps where it was
    said. Nothing is moved, so `ticket unmerge` takes them apart exactly, even after new replies.

    Example:
        agentdesk ticket merge T-1017 T-1042 --dry-run
        agentdesk ticket list 'tag:outage' --format ids | agentdesk ticket merge - T-1042
    """
    if len(tickets) < 2:
        raise WrongUsage("To merge takes two tickets or more, as in: agentdesk ticket merge T-1017 T-1042")
    into = ticket_id(tickets[-1])
    sources = [one for one in read_ids(tickets[:-1]).ids if one != into or len(tickets) == 2]
    which = ticket_ref(sources[0]) if len(sources) == 1 else f"{len(sources)} tickets"
    session = session_of(ctx)
    with session.desk() as desk:
        for told in _plan(desk, sources, into):
            session.say(told)

        def join(change: "Change") -> int:
            from agentdesk.services import merge_tickets

            merge_tickets(change, sources, into, reason=reason, across_customers=across_customers)
            return into

        write_one(session, desk, join, f"merge {which} into {ticket_ref(into)}", dry_run=dry_run, form=form)


def _plan(desk: "Desk", sources: "Sequence[int]", into: int) -> list[str]:
    """What will happen, in sentences; nothing where it will be refused anyway."""
    from agentdesk.queries.merge_plans import merge_plan, plan_lines

    with desk.read() as read:
        plan = merge_plan(read, sources, into)
    return [] if plan is None or plan.refusal else plan_lines(plan)


def unmerge(
    ctx: typer.Context,
    ticket: TicketArgument,
    *,
    reason: ReasonOption = "",
    if_version: VersionOption = None,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Take a ticket out of the one it was merged into.

    It is as it was before the merge. What its customer wrote to it since comes with it; what was said on the other one
    stays there.

    Example:
        agentdesk ticket unmerge T-1017
    """

    def apart(change: "Change") -> int:
        from agentdesk.services import unmerge_ticket

        done = unmerge_ticket(change, ticket_id(ticket), reason=reason, expected_version=if_version)
        return int(done.id or 0)

    session = session_of(ctx)
    with session.desk() as desk:
        write_one(session, desk, apart, f"take {ticket} out of its merge", dry_run=dry_run, form=form)


def link(
    ctx: typer.Context,
    ticket: TicketArgument,
    other: OtherArgument,
    *,
    kind: KindOption = "related",
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Say how two tickets belong together.

    The kind is read from the first to the second: T-1042 is caused_by T-1007. Both stay as they are.

    Example:
        agentdesk ticket link T-1042 T-1007 --kind caused_by
    """

    def join(change: "Change") -> int:
        from agentdesk.services import link_tickets

        return link_tickets(change, ticket_id(ticket), ticket_id(other), kind).ticket_id

    session = session_of(ctx)
    with session.desk() as desk:
        write_one(session, desk, join, f"link {ticket} and {other}", dry_run=dry_run, form=form)


def unlink(
    ctx: typer.Context,
    ticket: TicketArgument,
    other: OtherArgument,
    *,
    kind: Annotated[
        str, typer.Option("--kind", metavar="WORD", help="Only this kind of link; every kind unless given.")
    ] = "",
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Take the link between two tickets away.

    Example:
        agentdesk ticket unlink T-1042 T-1007
    """

    def part(change: "Change") -> int:
        from agentdesk.services import unlink_tickets

        unlink_tickets(change, ticket_id(ticket), ticket_id(other), kind or None)
        return ticket_id(ticket)

    session = session_of(ctx)
    with session.desk() as desk:
        write_one(session, desk, part, f"unlink {ticket} and {other}", dry_run=dry_run, form=form)


def write_one(
    session: Session,
    desk: "Desk",
    operation: "Callable[[Change], int]",
    summary: str,
    *,
    dry_run: bool,
    form: Format,
) -> None:
    """Do something in one change and print the ticket whose number it returned."""
    number: Any = write(session, desk, operation, summary=summary, dry_run=dry_run, form=form)
    if number is None:
        return
    out = session.out
    with desk.read() as read:
        whole = whole_ticket(read, number)
    out.emit_one(whole, TICKET_COLUMNS, form, lambda: ticket_page(whole, out.when))


def message_of(desk: "Desk", ticket: str, word: str) -> tuple[int, str]:
    """A message of a ticket by its number, or the customer's `last`, with its text.

    Raises:
        NotFoundError: there is no such message; the sentence says where its numbers are.
    """
    from agentdesk.queries.ticket_detail import messages

    with desk.read() as read:
        number = whole_ticket(read, ticket_id(ticket)).ticket.id
        said = messages(read, number)
    theirs = [one for one in said if one.author_kind == "customer"]
    found = theirs[-1:] if word == "last" else [one for one in said if str(one.id) == word]
    if not found:
        hint = f"agentdesk ticket show {ticket_ref(number)} prints them."
        raise NotFoundError(f"message on {ticket_ref(number)} called", word, hint)
    return found[0].id, found[0].body
