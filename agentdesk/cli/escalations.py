"""Escalations: what waits for an answer, and the four answers."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.options import FormatOption, LimitOption, NumberArgument, rows_wanted
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import session_of
from agentdesk.cli.stdin import read_text
from agentdesk.cli.writing import write
from agentdesk.domain.references import ticket_ref

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentdesk.store.change import Change

LIST = (
    Column("id", "No.", right=True),
    Column("ticket", "Ticket", read=lambda row: ticket_ref(row.ticket_id)),
    Column("subject"),
    Column("state", "State"),
    Column("kind"),
    Column("level", "Level"),
    Column("reason_code", "Reason"),
    Column("asked_by", "Asked by"),
    Column("to", "Asked of"),
    Column("ask", "Ask"),
    Column("needed_by", "Needed by"),
    Column("created_at", "Since"),
    Column("outcome"),
)
WordsArgument = Annotated[
    str | None, typer.Argument(metavar="TEXT|-", help="The words; - or nothing reads them from stdin.")
]


def list_escalations(
    ctx: typer.Context,
    *,
    every: Annotated[bool, typer.Option("--all", help="Answered ones too.")] = False,
    limit: LimitOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the escalations that wait for an answer.

    Example:
        agentdesk escalation list
        agentdesk escalation list --all --json
    """
    from agentdesk.queries.ticket_detail import all_escalations

    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        rows = all_escalations(read, unanswered_only=not every)
        hint = "" if every else "Answered ones are listed by: agentdesk escalation list --all"
        shown = session.emit(rows[: rows_wanted(limit, form)], LIST, form, things="escalations", hint=hint)
        session.say_shown(shown, len(rows))


def accept(ctx: typer.Context, number: NumberArgument, *, form: FormatOption = Format.TABLE) -> None:
    """Take an escalation on.

    Example:
        agentdesk escalation accept 7
    """

    def answer(change: "Change") -> Any:
        from agentdesk.services import accept_escalation

        return accept_escalation(change, number)

    _answer(ctx, number, answer, form)


def decline(
    ctx: typer.Context,
    number: NumberArgument,
    reason: WordsArgument = None,
    *,
    form: FormatOption = Format.TABLE,
) -> None:
    """Refuse an escalation and say why.

    Example:
        agentdesk escalation decline 7 'This is for Billing.'
    """

    def answer(change: "Change") -> Any:
        from agentdesk.services import decline_escalation

        return decline_escalation(change, number, words)

    words = read_text(reason, what="reason", typed=f"escalation decline {number} 'This is for Billing.'")
    _answer(ctx, number, answer, form)


def give_back(
    ctx: typer.Context,
    number: NumberArgument,
    outcome: WordsArgument = None,
    *,
    form: FormatOption = Format.TABLE,
) -> None:
    """Give a ticket back with what was found.

    Example:
        agentdesk escalation return 7 'The refund is allowed up to 50 EUR.'
    """

    def answer(change: "Change") -> Any:
        from agentdesk.services import return_escalation

        return return_escalation(change, number, words)

    words = read_text(outcome, what="outcome", typed=f"escalation return {number} 'It is allowed.'")
    _answer(ctx, number, answer, form)


def resolve(
    ctx: typer.Context,
    number: NumberArgument,
    outcome: WordsArgument = None,
    *,
    form: FormatOption = Format.TABLE,
) -> None:
    """Close an escalation with its outcome.

    Example:
        agentdesk escalation resolve 7 'Fixed in release 4.2.'
    """

    def answer(change: "Change") -> Any:
        from agentdesk.services import resolve_escalation

        return resolve_escalation(change, number, words)

    words = read_text(outcome, what="outcome", typed=f"escalation resolve {number} 'Fixed.'")
    _answer(ctx, number, answer, form)


def _answer(ctx: typer.Context, number: int, operation: "Callable[[Change], Any]", form: Format) -> None:
    from agentdesk.queries.ticket_detail import all_escalations

    session = session_of(ctx)
    with session.desk() as desk:
        write(session, desk, operation, summary=f"escalation {number}")
        with desk.read() as read:
            rows = [one for one in all_escalations(read, unanswered_only=False) if one.id == number]
        session.emit(rows, LIST, form)
