"""Agents and queues: who works here, and where tickets wait."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.writing import write
from agentdesk.domain.quoting import quoted

if TYPE_CHECKING:
    from agentdesk.desk import Desk
    from agentdesk.domain.presence import Presence
    from agentdesk.queries.people import AgentRow
    from agentdesk.store.change import Change


@dataclass(frozen=True, slots=True)
class Staff:
    """An agent, and whether they are at work now."""

    agent: "AgentRow"
    there: "Presence"


def _of(name: str, title: str = "", *, right: bool = False) -> Column:
    return Column(name, title, read=lambda one: getattr(one.agent, name), right=right)


AGENTS = (
    _of("handle", "Agent"),
    _of("id"),
    _of("name", "Name"),
    _of("email"),
    _of("role", "Role"),
    _of("is_active", "Active"),
    Column("on_shift", "On shift", read=lambda one: one.there.is_on),
    Column("until", "Until", read=lambda one: one.there.until),
    _of("open_tickets", "Open", right=True),
)
QUEUES = (
    Column("name", "Queue"),
    Column("id"),
    Column("description", "For"),
    Column("is_active", "Active"),
    Column("open_tickets", "Open", right=True),
    Column("agents", "Agents", right=True),
)
HandleArgument = Annotated[str, typer.Argument(metavar="AGENT", help="The handle: one word.")]
QueueArgument = Annotated[str, typer.Argument(metavar="QUEUE", help="The name of the queue.")]


def list_agents(ctx: typer.Context, *, form: FormatOption = Format.TABLE) -> None:
    """Print the agents.

    `On shift` says who is at work now, and `Until` when that ends: for who is off it is when they are back.

    Example:
        agentdesk agent list --json
    """
    session = session_of(ctx)
    with session.desk() as desk:
        _print_agents(session, desk, form)


def add_agent(
    ctx: typer.Context,
    handle: HandleArgument,
    *,
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="What customers read.")] = "",
    role: Annotated[
        str, typer.Option("--role", metavar="WORD", help="read-only, agent, lead or admin.")
    ] = "agent",
    login: Annotated[str, typer.Option("--login", metavar="USER", help="Their operating-system user.")] = "",
    email: Annotated[str, typer.Option("--email", metavar="ADDRESS", help="Their address.")] = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Add an agent.

    Example:
        agentdesk agent add ana --name 'Ana Silva' --role lead --login ana
    """
    session = session_of(ctx)

    def add(change: "Change") -> Any:
        from agentdesk.services import add_agent as add_one

        return add_one(change, handle=handle, name=name, role=role, login=login or None, email=email or None)

    with session.desk() as desk:
        write(session, desk, add, summary=f"add agent {handle}")
        _print_agents(session, desk, form, handle)


def set_agent(
    ctx: typer.Context,
    handle: HandleArgument,
    fields: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE", help="name, role, email, active.")],
    *,
    form: FormatOption = Format.TABLE,
) -> None:
    """Change an agent.

    One who leaves is set to active=no; nothing they did is lost.

    Example:
        agentdesk agent set ana role=lead
        agentdesk agent set ben active=no
    """
    session = session_of(ctx)
    values: dict[str, Any] = {}
    for word in fields:
        name, equals, value = word.partition("=")
        if not equals:
            raise WrongUsage(f"{quoted(word)} sets nothing. Write a field and its value, as in role=lead.")
        values["is_active" if name == "active" else name] = (
            value.lower() in {"yes", "true", "1"} if name == "active" else value
        )

    def edit(change: "Change") -> Any:
        from agentdesk.services.agents import edit_agent
        from agentdesk.services.edits import agent_id

        number = agent_id(change, handle)
        assert number is not None
        return edit_agent(change, number, values)

    with session.desk() as desk:
        write(session, desk, edit, summary=f"change agent {handle}")
        _print_agents(session, desk, form, handle)


def list_queues(ctx: typer.Context, *, form: FormatOption = Format.TABLE) -> None:
    """Print the queues.

    Example:
        agentdesk queue list
    """
    session = session_of(ctx)
    with session.desk() as desk:
        _print_queues(session, desk, form)


def add_queue(
    ctx: typer.Context,
    name: QueueArgument,
    *,
    description: Annotated[
        str, typer.Option("--description", metavar="TEXT", help="What work waits here.")
    ] = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Add a queue.

    Example:
        agentdesk queue add Billing --description 'Invoices and refunds'
    """
    session = session_of(ctx)

    def add(change: "Change") -> Any:
        from agentdesk.services import add_queue as add_one

        return add_one(change, name=name, description=description)

    with session.desk() as desk:
        write(session, desk, add, summary=f"add queue {name}")
        _print_queues(session, desk, form, name)


def join_queue(
    ctx: typer.Context, queue: QueueArgument, agent: HandleArgument, *, form: FormatOption = Format.TABLE
) -> None:
    """Put an agent into a queue.

    `agentdesk ticket next` then offers them its tickets.

    Example:
        agentdesk queue join Billing ana
    """
    session = session_of(ctx)

    def join(change: "Change") -> None:
        from agentdesk.services import join_queue as join_one
        from agentdesk.services.edits import agent_id, queue_id

        queue_number, agent_number = queue_id(change, queue), agent_id(change, agent)
        assert queue_number is not None
        assert agent_number is not None
        join_one(change, queue_number, agent_number)

    with session.desk() as desk:
        write(session, desk, join, summary=f"{agent} joins {queue}")
        _print_queues(session, desk, form, queue)


def _print_agents(session: Session, desk: "Desk", form: Format, handle: str = "") -> None:
    from agentdesk.domain.presence import Presence
    from agentdesk.queries.people import agents
    from agentdesk.queries.shifts import presences

    with desk.read() as read:
        there, rows = presences(read), agents(read)
    staff = [
        Staff(one, there.get(one.id, Presence(is_on=False))) for one in rows if handle in ("", one.handle)
    ]
    _print(session, staff, AGENTS, form, single=bool(handle))


def _print_queues(session: Session, desk: "Desk", form: Format, name: str = "") -> None:
    from agentdesk.queries.people import queues

    with desk.read() as read:
        rows = queues(read)
    wanted = [one for one in rows if name.casefold() in ("", one.name.casefold())]
    _print(session, wanted, QUEUES, form, single=bool(name))


def _print(
    session: Session, rows: list[Any], columns: tuple[Column, ...], form: Format, *, single: bool
) -> None:
    """A list prints an array; what was added or changed prints as the one object it is."""
    if single and rows and form is Format.JSON:
        session.out.emit_one(rows[0], columns, form, str)
    else:
        noun = columns[0].title.lower()
        session.emit(rows, columns, form, things=f"{noun}s", hint=f"Add one: agentdesk {noun} add NAME")
