"""Tickets that come out of others: a message split off, and what follows a closed one."""

from typing import TYPE_CHECKING, Annotated

import typer

from agentdesk.cli.options import DryRunOption, FormatOption, TicketArgument, VersionOption
from agentdesk.cli.output import Format
from agentdesk.cli.session import session_of
from agentdesk.cli.ticket_joins import message_of, write_one
from agentdesk.domain.merging import subject_of
from agentdesk.domain.references import ticket_id

if TYPE_CHECKING:
    from agentdesk.store.change import Change


def split(
    ctx: typer.Context,
    ticket: TicketArgument,
    message: Annotated[
        str,
        typer.Argument(
            metavar="MESSAGE", help="The number that `ticket show` prints, or last: the customer's last."
        ),
    ] = "last",
    *,
    subject: Annotated[
        str, typer.Option("--subject", metavar="TEXT", help="What it is about; its first line unless given.")
    ] = "",
    if_version: VersionOption = None,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Make a ticket of its own from a message that is about something else.

    The new ticket holds a copy with its files, waits since the message was written, and is linked. The message stays.

    Example:
        agentdesk ticket split T-1042 last --subject 'Second parcel'
    """
    session = session_of(ctx)
    with session.desk() as desk:
        number, body = message_of(desk, ticket, message)

        def part(change: "Change") -> int:
            from agentdesk.services import split_message

            told = subject or subject_of(body)
            new = split_message(change, ticket_id(ticket), number, subject=told, expected_version=if_version)
            return int(new.id or 0)

        write_one(session, desk, part, f"split {ticket}", dry_run=dry_run, form=form)


def follow_up(
    ctx: typer.Context,
    ticket: TicketArgument,
    *,
    subject: Annotated[
        str, typer.Option("--subject", metavar="TEXT", help="What it is about; the same unless given.")
    ] = "",
    if_version: VersionOption = None,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Open the follow-up of a closed ticket, and make it yours.

    Example:
        agentdesk ticket follow-up T-1042 --subject 'The refund of March'
    """

    def follow(change: "Change") -> int:
        from agentdesk.services import follow_up_ticket

        new = follow_up_ticket(change, ticket_id(ticket), subject=subject, expected_version=if_version)
        return int(new.id or 0)

    session = session_of(ctx)
    with session.desk() as desk:
        write_one(session, desk, follow, f"follow up {ticket}", dry_run=dry_run, form=form)
