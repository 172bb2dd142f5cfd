"""Bringing mail in: mailboxes, Maildirs and single mails become tickets."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from agentdesk.cli.import_progress import bringing_in
from agentdesk.cli.import_results import tell_import
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Format
from agentdesk.cli.session import session_of


class Ends(StrEnum):
    """How the tickets end."""

    AUTO = "auto"
    OPEN = "open"
    SOLVED = "solved"
    CLOSED = "closed"


def import_mail(
    ctx: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="mbox, Maildir, .eml, folders; gz, zip; - is stdin."),
    ],
    *,
    ours: Annotated[
        list[str] | None,
        typer.Option(
            "--ours", metavar="ADDRESS", help="Mails from it, or from @domain, are the desk's replies."
        ),
    ] = None,
    status: Annotated[
        Ends,
        typer.Option(
            "--status", help="How tickets end; auto: solved where the last mail is ours, else open."
        ),
    ] = Ends.AUTO,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the same counts, and write nothing.")
    ] = False,
    rejects: Annotated[
        Path | None,
        typer.Option("--rejects", metavar="FILE", help="Where rejected mails go; beside the first path."),
    ] = None,
    form: FormatOption = Format.TABLE,
) -> int:
    """Import mail: one conversation one ticket, losing no mail.

    Conversations are told by Message-ID, In-Reply-To and References. Rejected mails go to a mailbox beside the first
    path, as they were, with the reason; the exit code is 3 then. What was imported before is not imported again.

    Example:
        agentdesk import mail archive.mbox --ours help@shop.example --status closed --dry-run
        agentdesk import mail ~/Maildir --ours @shop.example
    """
    from agentdesk.transfer.mail.importing import MailImport
    from agentdesk.transfer.mail.importing import import_mail as bring_in

    session = session_of(ctx)
    order = MailImport(
        paths=[path if path == "-" else str(Path(path).expanduser()) for path in paths],
        ours=tuple(ours or ()),
        status=status.value,
        dry_run=dry_run,
        rejects=rejects,
    )
    with session.desk(to_fill=True) as desk, bringing_in(session) as progress:
        result = bring_in(desk, order, progress)
    return tell_import(session, result, form)
