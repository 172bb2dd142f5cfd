"""Routing rules: kept in their order, and tried on a ticket."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.options import FormatOption, TicketArgument
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.writing import write
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.identity import name_key
from agentdesk.domain.references import ticket_id, ticket_ref

if TYPE_CHECKING:
    from agentdesk.desk import Desk
    from agentdesk.queries.routing import Judged
    from agentdesk.store.change import Change


def _verdict(one: "Judged") -> str:
    if one.fault:
        return f"cannot be read: {one.fault}"
    if one.wins:
        return "decides: the first that finds it"
    if not one.matches:
        return "does not find it"
    return "finds it, after the one that decides" if one.rule.is_active else "finds it, but is off"


LIST = (
    Column("name", "Rule"),
    Column("id"),
    Column("position", "Position", right=True),
    Column("conditions", "When"),
    Column("queue", "Queue"),
    Column("is_active", "On"),
)
TEST = (
    Column("name", "Rule", read=lambda one: one.rule.name),
    Column("position", "Position", read=lambda one: one.rule.position, right=True),
    Column("conditions", "When", read=lambda one: one.rule.conditions),
    Column("queue", "Queue", read=lambda one: one.rule.queue),
    Column("matches"),
    Column("wins"),
    Column("verdict", "Verdict", read=_verdict),
)
NONE = "Add one: agentdesk rule add Invoices --when 'invoice OR tag:vat' --queue Billing"
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="What the rule is called.")]
WHEN_HELP = "A query that a new ticket can answer, words of its first message too; empty is every ticket. Days are those of UTC."
POSITION_HELP = "Its place among the rules; the lowest is asked first."


def list_rules(ctx: typer.Context, *, form: FormatOption = Format.TABLE) -> None:
    """Print the rules in the order in which they are asked.

    Example:
        agentdesk rule list
    """
    session = session_of(ctx)
    with session.desk() as desk:
        _print(session, desk, form)


def add_rule(
    ctx: typer.Context,
    name: NameArgument,
    *,
    when: Annotated[str, typer.Option("--when", metavar="QUERY", help=WHEN_HELP)],
    queue: Annotated[
        str, typer.Option("--queue", metavar="QUEUE", help="Where a ticket goes that it finds.")
    ],
    position: Annotated[
        int | None,
        typer.Option("--position", min=0, metavar="N", help=f"{POSITION_HELP} After all others unless told."),
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Add a rule.

    A new ticket without a queue goes where the first rule says that finds it; where none does, it stays without.

    Example:
        agentdesk rule add Invoices --when 'invoice OR tag:vat' --queue Billing
        agentdesk rule add Rest --when '' --queue Support --position 99
    """
    session = session_of(ctx)

    def add(change: "Change") -> Any:
        from agentdesk.services import add_rule as add_one

        return add_one(change, name=name, conditions=when, queue_id=_queue(change, queue), position=position)

    with session.desk() as desk:
        write(session, desk, add, summary=f"add rule {name}")
        _print(session, desk, form, name)


def set_rule(
    ctx: typer.Context,
    name: NameArgument,
    *,
    when: Annotated[str | None, typer.Option("--when", metavar="QUERY", help=WHEN_HELP)] = None,
    queue: Annotated[
        str, typer.Option("--queue", metavar="QUEUE", help="Where a ticket goes that it finds.")
    ] = "",
    position: Annotated[
        int | None, typer.Option("--position", min=0, metavar="N", help=POSITION_HELP)
    ] = None,
    rename: Annotated[str, typer.Option("--name", metavar="NAME", help="Its new name.")] = "",
    is_active: Annotated[bool | None, typer.Option("--on/--off", help="Whether it is asked.")] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Change a rule.

    Tickets that it has sent somewhere stay where they are. `--off` keeps a rule without asking it.

    Example:
        agentdesk rule set Invoices --when 'invoice OR tag:vat OR category:billing' --position 1
    """
    session = session_of(ctx)
    told = {"conditions": when, "position": position, "name": rename or None, "is_active": is_active}
    values = {field: value for field, value in told.items() if value is not None}
    if not values and not queue:
        raise WrongUsage(f"Nothing is to be changed. Name what, as in: rule set {name} --queue Billing")

    def edit(change: "Change") -> Any:
        from agentdesk.services import edit_rule, rule_by_name

        number = rule_by_name(change, name).id
        assert number is not None
        return edit_rule(change, number, values | ({"queue_id": _queue(change, queue)} if queue else {}))

    with session.desk() as desk:
        write(session, desk, edit, summary=f"change rule {name}")
        _print(session, desk, form, rename or name)


def remove_rule(ctx: typer.Context, name: NameArgument) -> None:
    """Delete a rule; no ticket is moved.

    Example:
        agentdesk rule remove Invoices
    """
    session = session_of(ctx)

    def remove(change: "Change") -> None:
        from agentdesk.services import remove_rule as remove_one
        from agentdesk.services import rule_by_name

        number = rule_by_name(change, name).id
        assert number is not None
        remove_one(change, number)

    with session.desk() as desk:
        write(session, desk, remove, summary=f"remove rule {name}")


def try_rules(ctx: typer.Context, ticket: TicketArgument, *, form: FormatOption = Format.TABLE) -> None:
    """Print which rule would choose the queue of a ticket, and why.

    The rules are asked about the ticket as it is now; nothing is changed.

    Example:
        agentdesk rule test T-1042
    """
    from agentdesk.queries.routing import judged_rules
    from agentdesk.queries.tickets import by_ids

    session = session_of(ctx)
    number = ticket_id(ticket)
    with session.desk() as desk, desk.read() as read:
        if not by_ids(read, [number]):
            raise NotFoundError("ticket", ticket_ref(number), "See: agentdesk ticket list")
        judged = judged_rules(read, number)
    session.emit(judged, TEST, form, things="rules", hint=NONE)
    if judged:
        won = next((one.rule for one in judged if one.wins), None)
        where = f"{won.name} sends it to {won.queue}" if won else "no rule finds it, so it has no queue"
        session.say(f"Opened now without a queue, {ticket_ref(number)}: {where}.")


def _queue(change: "Change", name: str) -> int:
    from agentdesk.services.edits import queue_id

    number = queue_id(change, name)
    assert number is not None
    return number


def _print(session: Session, desk: "Desk", form: Format, name: str = "") -> None:
    from agentdesk.queries.routing import rules

    with desk.read() as read:
        rows = [one for one in rules(read) if not name or name_key(one.name) == name_key(name)]
    if name and rows and form is Format.JSON:
        session.out.emit_one(rows[0], LIST, form, str)
    else:
        session.emit(rows, LIST, form, things="rules", hint=NONE)
