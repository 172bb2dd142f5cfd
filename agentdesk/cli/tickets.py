"""Reading tickets: a list, one whole ticket, and what happened to it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from agentdesk.cli.instants import parse_as_of
from agentdesk.cli.options import (
    AsOfOption,
    FormatOption,
    LimitOption,
    QueryArgument,
    TicketArgument,
    rows_wanted,
)
from agentdesk.cli.output import Column, Format, without_blank
from agentdesk.cli.paging import choose_order, print_list
from agentdesk.cli.session import session_of
from agentdesk.cli.ticket_page import EVENT_COLUMNS, TICKET_COLUMNS, ticket_page
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.references import ticket_id, ticket_ref

if TYPE_CHECKING:
    from agentdesk.cli.ticket_page import WholeTicket
    from agentdesk.desk import Desk
    from agentdesk.queries.filters import Filter
    from agentdesk.store.reader import Reader


def list_columns(now: datetime, form: Format) -> tuple[Column, ...]:
    """The columns of a ticket in a listing.

    Args:
        now: the instant bands are told against.
        form: a person reads how near a promise is, a program the instant and the word of its band.
    """
    from agentdesk.domain.attention import band, due_words

    is_table = form is Format.TABLE
    due = Column("next_due_at", "Due", read=lambda row: due_words(row, row.status, now))
    told = tuple(due if is_table and one.key == due.key else one for one in _LIST)
    return (*told, Column("band", read=lambda row: band(row, now).value))


_LIST = (
    Column("ref", "Ticket"),
    Column("id"),
    Column("priority", "Priority"),
    Column("subject", "Subject"),
    Column("customer", "Customer"),
    Column("customer_id"),
    Column("organization"),
    Column("status", "Status"),
    Column("type"),
    Column("channel"),
    Column("category"),
    Column("queue"),
    Column("next_due_at", "Due"),
    Column("clock", read=lambda row: row.next_metric or None),
    Column("breach_at"),
    Column("due_at"),
    Column("assignee", "Assignee"),
    Column("tags"),
    Column("is_escalated"),
    Column("waiting_since"),
    Column("wake_at"),
    Column("created_at"),
    Column("updated_at"),
    Column("version"),
)


SORT_WORDS = (
    "attention, due, priority, waiting, created, updated, id; of unsolved tickets also status, queue, assignee, "
    "last_message. -KEY turns it round."
)
_ALL = "Ask for less, or for all: agentdesk ticket list"
_FIRST = (
    "Write the first one: agentdesk ticket new --subject TEXT. Or look at the sample desk: agentdesk demo"
)


def list_tickets(
    ctx: typer.Context,
    query: QueryArgument = None,
    *,
    view: Annotated[str, typer.Option("--view", metavar="VIEW", help="A built-in or saved view.")] = "",
    sort: Annotated[str, typer.Option("--sort", metavar="KEY", help=SORT_WORDS)] = "",
    limit: LimitOption = None,
    as_of: AsOfOption = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the tickets that match a query.

    --as-of judges what is late, due or waiting as of a past instant; it does not bring back old values.

    Example:
        agentdesk ticket list 'is:open -tag:vat priority:>=high' --sort due
        agentdesk ticket list 'tag:vat' --format ids | agentdesk ticket set - priority=high
    """
    from agentdesk.queries import tickets

    session = session_of(ctx)
    with session.desk() as desk:
        instant = parse_as_of(as_of, desk.clock.now(), desk.zone)
        with desk.read(instant) as read:
            found, views_own = _filter(read, desk, " ".join(query or ()), view)
            order = choose_order(tickets, found, sort or views_own, "attention")
            print_list(
                session,
                read,
                things=tickets,
                found=found,
                order=order,
                columns=list_columns(read.now, form),
                none=("tickets", _ALL if query or view else _FIRST),
                limit=limit,
                form=form,
            )


def show_ticket(ctx: typer.Context, ticket: TicketArgument, *, form: FormatOption = Format.TABLE) -> None:
    """Print one ticket with its messages and escalations.

    Example:
        agentdesk ticket show T-1042
        agentdesk ticket show T-1042 --json
    """
    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        whole = whole_ticket(read, ticket_id(ticket))
        out = session.out
        out.emit_one(whole, TICKET_COLUMNS, form, lambda: ticket_page(whole, out.when))


def show_history(
    ctx: typer.Context,
    ticket: TicketArgument,
    *,
    limit: LimitOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print what happened to a ticket, change by change.

    When is the instant it happened; where somebody told it later by --as-of, Written says when they did.

    Example:
        agentdesk ticket history T-1042
        agentdesk ticket history T-1042 --json
    """
    from agentdesk.queries.histories import history

    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        number = whole_ticket(read, ticket_id(ticket)).ticket.id
        rows = history(read, number, desk.zone)
        wanted = rows_wanted(limit, form)
        rows, total = rows[:wanted], len(rows)
        columns = without_blank(EVENT_COLUMNS, "written_at", rows, form)
        session.say_shown(session.emit(rows, columns, form, things="changes"), total)


def whole_ticket(read: "Reader", number: int) -> "WholeTicket":
    """A ticket with all that belongs to it.

    Raises:
        NotFoundError: there is no such ticket.
    """
    from agentdesk.cli.ticket_page import WholeTicket
    from agentdesk.queries.agreements import agreement_of, ticket_agreement
    from agentdesk.queries.attachments import files_of
    from agentdesk.queries.clocks import ticket_clocks
    from agentdesk.queries.escalations import escalations
    from agentdesk.queries.intake import intake_of
    from agentdesk.queries.relations import relations
    from agentdesk.queries.ticket_detail import messages, ticket_detail

    detail = ticket_detail(read, number)
    if detail is None:
        raise NotFoundError("ticket", ticket_ref(number), "See: agentdesk ticket list")
    return WholeTicket(
        detail,
        tuple(messages(read, number)),
        tuple(escalations(read, number)),
        ticket_clocks(read, number),
        agreement_of(read, number, read.now.date()),
        ticket_agreement(read, number, read.now.date()),
        tuple(one for one in relations(read, number) if one.key != "customer"),
        intake_of(read, number),
        tuple(files_of(read, number)),
    )


def _filter(read: "Reader", desk: "Desk", words: str, view_name: str) -> "tuple[Filter, str]":
    """The filter of a line, and the order its view asks for."""
    from agentdesk.queries.filters import compile_query
    from agentdesk.queries.views import views

    if not view_name:
        return compile_query(read, words, desk.zone), ""
    known = views(read)
    view = next((one for one in known if view_name.casefold() in (one.id, one.name.casefold())), None)
    if view is None:
        raise NotFoundError("view", view_name, f"There are: {', '.join(one.name for one in known)}.")
    both = f"({view.query}) {words}" if words and view.query else view.query or words
    return compile_query(read, both, desk.zone), view.sort
