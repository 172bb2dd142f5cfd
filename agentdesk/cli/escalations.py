"""Escalations: what was asked, and what becomes of it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.escalation_page import escalation_page, list_columns
from agentdesk.cli.options import FormatOption, LimitOption, NumberArgument, rows_wanted
from agentdesk.cli.output import Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.stdin import read_text
from agentdesk.cli.writing import write
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.references import ticket_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentdesk.desk import Desk
    from agentdesk.queries.escalations import Scope
    from agentdesk.store.change import Change

WordsArgument = Annotated[
    str | None, typer.Argument(metavar="TEXT|-", help="The words; - or nothing reads them from stdin.")
]


def list_escalations(
    ctx: typer.Context,
    *,
    mine: Annotated[
        bool, typer.Option("--mine", help="Asked of you, of your queues or of your level.")
    ] = False,
    asked: Annotated[bool, typer.Option("--asked", help="Those you asked for.")] = False,
    unacknowledged: Annotated[
        bool, typer.Option("--unacknowledged", help="Those nobody has answered at all, oldest first.")
    ] = False,
    ticket: Annotated[str, typer.Option("--ticket", metavar="TICKET", help="Those of one ticket.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Finished ones too.")] = False,
    limit: LimitOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the escalations that wait for an answer.

    Example:
        agentdesk escalation list --mine
        agentdesk escalation list --unacknowledged
        agentdesk escalation list --ticket T-1042 --all --json
    """
    from agentdesk.queries.escalations import list_escalations as read_list

    session = session_of(ctx)
    scope = _scope(mine=mine, asked=asked, unacknowledged=unacknowledged)
    number = ticket_id(ticket) if ticket else None
    with session.desk() as desk, desk.read() as read:
        rows = read_list(read, scope, every=every, ticket_id=number)
        hint = "" if every else "Answered ones are listed by: agentdesk escalation list --all"
        columns = list_columns(read.now)
        shown = session.emit(rows[: rows_wanted(limit, form)], columns, form, things="escalations", hint=hint)
        session.say_shown(shown, len(rows))


def show_escalation(ctx: typer.Context, number: NumberArgument, *, form: FormatOption = Format.TABLE) -> None:
    """Print one escalation and the chain it stands in.

    Example:
        agentdesk escalation show 7
    """
    session = session_of(ctx)
    with session.desk() as desk:
        _print_one(session, desk, number, form)


def accept(ctx: typer.Context, number: NumberArgument, *, form: FormatOption = Format.TABLE) -> None:
    """Take an escalation on.

    Example:
        agentdesk escalation accept 7
    """

    def answer(change: "Change") -> Any:
        from agentdesk.services import accept_escalation

        return accept_escalation(change, number)

    _answer(ctx, "accept", number, answer, form)


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
    _answer(ctx, "decline", number, answer, form)


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
    _answer(ctx, "return", number, answer, form)


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
    _answer(ctx, "resolve", number, answer, form)


def withdraw(
    ctx: typer.Context,
    number: NumberArgument,
    reason: Annotated[
        str | None, typer.Argument(metavar="TEXT|-", help="Why, if you like; - reads it from stdin.")
    ] = None,
    *,
    form: FormatOption = Format.TABLE,
) -> None:
    """Take back what you asked for.

    Example:
        agentdesk escalation withdraw 7 'Found it myself.'
    """

    def answer(change: "Change") -> Any:
        from agentdesk.services import withdraw_escalation

        return withdraw_escalation(change, number, words)

    words = read_text(reason or "", what="reason", typed=f"escalation withdraw {number} 'Found it.'")
    _answer(ctx, "withdraw", number, answer, form)


def _scope(**wanted: bool) -> "Scope":
    from agentdesk.queries.escalations import Scope

    names = [name for name, is_wanted in wanted.items() if is_wanted]
    if len(names) > 1:
        raise WrongUsage(f"--{names[0]} and --{names[1]} are two different lists. Name one of them.")
    return Scope(names[0]) if names else Scope.EVERYBODY


def _answer(
    ctx: typer.Context, verb: str, number: int, operation: "Callable[[Change], Any]", form: Format
) -> None:
    session = session_of(ctx)
    with session.desk() as desk:
        write(session, desk, operation, summary=f"{verb} escalation {number}")
        _print_one(session, desk, number, form, as_list=form is Format.JSON)


def _print_one(session: Session, desk: "Desk", number: int, form: Format, *, as_list: bool = False) -> None:
    """Print one; the answers have always printed an array in JSON, and scripts read it."""
    from agentdesk.queries.escalations import escalation, escalations

    with desk.read() as read:
        row = escalation(read, number)
        if row is None:
            raise NotFoundError("escalation", number, "See: agentdesk escalation list --all")
        steps = escalations(read, row.ticket_id)
        out = session.out
        if as_list:
            out.emit([row], list_columns(read.now), form)
            return
        out.emit_one(
            row, list_columns(read.now), form, lambda: escalation_page(row, steps, read.now, out.when)
        )
