"""What ends your replies."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import session_of
from agentdesk.cli.stdin import read_text
from agentdesk.cli.writing import write
from agentdesk.domain.safe_text import block

if TYPE_CHECKING:
    from agentdesk.store.change import Change


@dataclass(frozen=True, slots=True)
class Signature:
    """Whose, and what."""

    handle: str
    signature: str


COLUMNS = (Column("handle", "Agent"), Column("signature", "Signature"))


def signature(
    ctx: typer.Context,
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT|-", help="What ends your replies; - reads stdin.")
    ] = None,
    *,
    clear: Annotated[bool, typer.Option("--clear", help="End your replies with their text.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print or change what ends your replies.

    It stands below a line of two dashes. The editor of the console shows it below the text, where it can be changed for one letter. Placeholders are filled
    as in a macro.

    Example:
        agentdesk agent signature
        agentdesk agent signature '{{agent.name}}, Acme Support'
        agentdesk agent signature - < signature.txt
        agentdesk --as ben agent signature --clear
    """
    if clear and text is not None:
        raise WrongUsage("--clear takes the signature away: leave out the text, or --clear.")
    session = session_of(ctx)
    words = None if text is None else read_text(text, what="signature", typed="agent signature 'Ana, Acme'")

    def put(change: "Change") -> None:
        from agentdesk.services import clear_signature, set_signature

        clear_signature(change) if words is None else set_signature(change, words)

    with session.desk() as desk:
        if clear or words is not None:
            write(session, desk, put, summary="clear my signature" if clear else "change my signature")
        from agentdesk.queries.signatures import own_signature

        with desk.read() as read:
            row = Signature(desk.actor.handle, own_signature(read))
        if not row.signature and form is Format.TABLE:
            session.say("You have no signature: replies end with their text.")
        session.out.emit_one(row, COLUMNS, form, lambda: block(row.signature))
