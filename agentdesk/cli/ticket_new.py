"""Opening a ticket from the command line."""

from typing import Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.customers import find_customer
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Format
from agentdesk.cli.session import session_of
from agentdesk.cli.stdin import read_text
from agentdesk.cli.ticket_page import TICKET_COLUMNS, ticket_page
from agentdesk.cli.tickets import whole_ticket
from agentdesk.cli.writing import write


def new_ticket(
    ctx: typer.Context,
    *,
    subject: Annotated[str, typer.Option("--subject", metavar="TEXT", help="What it is about.")],
    customer: Annotated[
        str, typer.Option("--customer", metavar="EMAIL|ID", help="Who asks: id, e-mail or external id.")
    ] = "",
    body: Annotated[
        str, typer.Option("--body", metavar="TEXT", help="The customer's words; - reads them from stdin.")
    ] = "",
    reply: Annotated[
        str,
        typer.Option(
            "--reply",
            metavar="TEXT",
            help="What you write to them at once; the first reply is the one after it.",
        ),
    ] = "",
    kind: Annotated[
        str, typer.Option("--type", metavar="WORD", help="question, incident, request, ...")
    ] = "question",
    priority: Annotated[
        str, typer.Option("--priority", metavar="WORD", help="urgent, high, normal or low.")
    ] = "normal",
    queue: Annotated[str, typer.Option("--queue", metavar="QUEUE", help="Where it waits.")] = "",
    assignee: Annotated[str, typer.Option("--assignee", metavar="AGENT", help="A handle, or me.")] = "",
    channel: Annotated[
        str, typer.Option("--channel", metavar="WORD", help="email, phone, chat, web, ...")
    ] = "other",
    category: Annotated[str, typer.Option("--category", metavar="TEXT", help="What kind of matter.")] = "",
    tags: Annotated[str, typer.Option("--tags", metavar="A,B", help="Tags, comma between them.")] = "",
    due: Annotated[
        str, typer.Option("--due", metavar="WHEN", help="4h, tomorrow 9:00, 2026-03-02 14:00.")
    ] = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Open a ticket for a customer.

    Example:
        agentdesk ticket new --customer jo@example.com --subject 'Invoice is wrong' --priority high --due 4h
        agentdesk ticket new --customer 17 --subject 'From the phone' --channel phone --body - < call.txt
        agentdesk ticket new --customer 17 --subject 'Your call' --channel phone --reply 'As we said: tomorrow.'
    """
    if body == reply == "-":
        raise WrongUsage("stdin is one text: give --body or --reply in words.")
    session = session_of(ctx)
    words = {"type": kind, "priority": priority, "channel": channel, "due": due}
    words |= {"queue": queue, "assignee": assignee}
    with session.desk() as desk:
        customer_id = find_customer(desk, customer) if customer else None
        text = read_text(body, what="message", typed="ticket new --body 'The cup is broken.'") if body else ""
        told = read_text(reply, what="reply", typed="ticket new --reply 'As we said.'") if reply else ""

        def open_it(change: Any) -> int:
            from agentdesk.services import create_ticket, parse_edits

            typed = parse_edits(change, {name: word for name, word in words.items() if word}, desk.zone)
            names = [tag.strip().removeprefix("+") for tag in tags.split(",")]
            ticket = create_ticket(
                change,
                subject=subject,
                customer_id=customer_id,
                body=text,
                reply=told,
                category=category,
                tags=names,
                **typed,
            )
            assert ticket.id is not None
            return ticket.id

        number = write(session, desk, open_it, summary="open a ticket")
        assert number is not None
        out = session.out
        with desk.read() as read:
            whole = whole_ticket(read, number)
        out.emit_one(whole, TICKET_COLUMNS, form, lambda: ticket_page(whole, out.when))
