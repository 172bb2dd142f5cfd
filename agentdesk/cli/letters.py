"""What goes with words on a ticket: files, what is quoted to a third party, and whether anything leaves the desk."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agentdesk.cli.session import Session
from agentdesk.domain.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agentdesk.cli.ticket_page import WholeTicket
    from agentdesk.desk import Desk
    from agentdesk.domain.written import KeptFile
    from agentdesk.store.change import Change

AttachOption = Annotated[
    list[Path] | None,
    typer.Option("--attach", metavar="FILE", help="A file that goes with it; may be given more than once."),
]


def keep_files(change: "Change", paths: "Sequence[Path] | None") -> "list[KeptFile]":
    """The files of a command line, their content kept in the store."""
    from agentdesk.services.attachments import keep_content, read_file

    return [keep_content(change, *read_file(path)) for path in paths or ()]


def quote_for(desk: "Desk", ticket_id: int, message_id: int | None) -> str:
    """What a third party reads of a ticket, below the words above it.

    Raises:
        NotFoundError: the message is not one of the ticket that the customer has seen.
    """
    from agentdesk.domain.forwarding import quote_conversation
    from agentdesk.queries.ticket_detail import messages, ticket_detail

    with desk.read() as read:
        detail, said = ticket_detail(read, ticket_id), messages(read, ticket_id)
    if detail is None:
        return ""  # the operation says that there is no such ticket
    chosen = [one for one in said if message_id in (None, one.id)]
    quoted = quote_conversation(detail.subject, chosen, desk.zone)
    if message_id is not None and not quoted:
        hint = f"Those of the ticket are listed by: agentdesk ticket show {detail.ref} --json"
        raise NotFoundError("public message", message_id, hint)
    return f"\n\n{quoted}" if quoted else ""


def say_what_goes_out(session: Session, desk: "Desk", what: str, whole: "WholeTicket", words: str) -> None:
    """Say what of it does not reach anybody: a reply without an address, a name in a note that nobody has."""
    if what == "reply" and not whole.ticket.customer_email:
        session.say("The customer has no e-mail address: nothing goes out.")
    if what == "note":
        from agentdesk.domain.mentions import handles_in
        from agentdesk.queries.people import agents

        with desk.read() as read:
            known = {one.handle.lower() for one in agents(read) if one.is_active}
        if unknown := [f"@{name}" for name in handles_in(words) if name.lower() not in known]:
            session.say(f"No agent is called {', '.join(unknown)}: nobody was told.")
