"""The files of a ticket: which there are, and one of them written into a folder."""

from typing import Annotated

import typer

from agentdesk.cli.options import FormatOption, TicketArgument
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import session_of
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.references import ticket_id, ticket_ref

FILES = (
    Column("id", "No.", right=True),
    Column("name", "Name"),
    Column("size", "Bytes", right=True),
    Column("media_type", "Type"),
    Column("author", "From"),
    Column("at", "When"),
    Column("message_id"),
    Column("ref"),
)


def list_files(ctx: typer.Context, ticket: TicketArgument, *, form: FormatOption = Format.TABLE) -> None:
    """Print the files that came or went with the messages of a ticket.

    Example:
        agentdesk ticket files T-1042
    """
    from agentdesk.queries.attachments import files_of
    from agentdesk.queries.ticket_detail import ticket_detail

    session, number = session_of(ctx), ticket_id(ticket)
    with session.desk() as desk, desk.read() as read:
        if ticket_detail(read, number) is None:
            raise NotFoundError("ticket", ticket_ref(number))
        session.emit(files_of(read, number), FILES, form, things="files", hint="None came with this ticket.")


def save(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", help="The number that `ticket files` prints.")],
    *,
    to: Annotated[
        str, typer.Option("--to", metavar="DIR", help="Where; the folder for downloads unless given.")
    ] = "",
) -> None:
    """Write a file of a message into a folder, never over another file.

    Example:
        agentdesk ticket save-file 3 --to ~/invoices
    """
    from agentdesk.domain.file_dangers import danger_of
    from agentdesk.queries.attachments import content_of, file_row
    from agentdesk.transfer.saved_files import downloads, save_file

    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        row, data = file_row(read, number), content_of(read, number)
    if row is None or data is None:
        raise NotFoundError(
            "file", number, "The files of a ticket are listed by: agentdesk ticket files T-1042"
        )
    path = save_file(data, row.name, to or downloads())
    if danger := danger_of(path.name):
        session.say(f"{path.name} is {danger}: open it only if you know who sent it and why.")
    session.out.emit_text(str(path))
