"""Agents and queues, and finding one thing by what people call it; a doubtful name is never guessed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from agentdesk.domain.errors import AmbiguousError, NotFoundError
from agentdesk.domain.identity import name_key, normalise_email
from agentdesk.domain.mentions import Named
from agentdesk.domain.near import did_you_mean, suggest
from agentdesk.domain.query.words import MYSELF
from agentdesk.queries.customers import CustomerRow, by_id, find, near_customers
from agentdesk.store.reader import Reader

Found = TypeVar("Found")
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class AgentRow:
    """An agent; `open_tickets` are the unsolved ones assigned to them."""

    id: int
    version: int
    handle: str
    name: str
    email: str | None
    role: str
    is_active: bool
    open_tickets: int


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A queue; `open_tickets` are the unsolved ones in it, `agents` how many take from it."""

    id: int
    version: int
    name: str
    description: str
    is_active: bool
    open_tickets: int
    agents: int


_AGENTS = (
    "SELECT agent.id, agent.version, agent.handle, agent.name, agent.email, agent.role, agent.is_active, "
    "(SELECT count(*) FROM ticket WHERE ticket.is_open AND ticket.assignee_id = agent.id) AS open_tickets "
    "FROM agent ORDER BY agent.handle"
)
_QUEUES = (
    "SELECT queue.id, queue.version, queue.name, queue.description, queue.is_active, "
    "(SELECT count(*) FROM ticket WHERE ticket.is_open AND ticket.queue_id = queue.id) AS open_tickets, "
    "(SELECT count(*) FROM queue_member WHERE queue_member.queue_id = queue.id) AS agents "
    "FROM queue ORDER BY queue.name_key"
)
_NAMEABLE = "SELECT handle, name FROM agent WHERE is_active AND id <> :me ORDER BY handle"
_BY_EMAIL = "SELECT customer_id FROM contact_point WHERE kind = 'email' AND normalised = :email"
_BY_EXTERNAL = "SELECT id FROM customer WHERE external_id = :text"
_BY_NAME = "SELECT id FROM customer WHERE name_key = :key AND merged_into_id IS NULL ORDER BY id LIMIT 9"


def agents(read: Reader, *, active_only: bool = False) -> list[AgentRow]:
    """Every agent by handle."""
    return [one for one in read.rows(AgentRow, _AGENTS) if one.is_active or not active_only]


def nameable(read: Reader) -> list[Named]:
    """The colleagues of whoever reads, by handle: who is told when a note names them."""
    return read.rows(Named, _NAMEABLE, {"me": read.agent_id or 0})


def queues(read: Reader, *, active_only: bool = False) -> list[QueueRow]:
    """Every queue by name."""
    return [one for one in read.rows(QueueRow, _QUEUES) if one.is_active or not active_only]


def members(read: Reader, queue_id: int) -> list[int]:
    """The ids of the agents who take from a queue."""
    sql = "SELECT agent_id FROM queue_member WHERE queue_id = :queue_id ORDER BY agent_id"
    return [int(one) for (one,) in read.tuples(sql, {"queue_id": queue_id})]


def agent_by_name(read: Reader, text: str) -> AgentRow:
    """The agent called `text`: handle, full name, the beginning of either, or `me`.

    Raises:
        NotFoundError: nobody is; the sentence offers the nearest handles.
        AmbiguousError: several are.
    """
    everyone = agents(read)
    if text.lower() == MYSELF and read.agent_id is not None:
        return next(one for one in everyone if one.id == read.agent_id)
    return _pick("agent", text, everyone, lambda one: (one.handle, one.name), lambda one: one.handle)


def queue_by_name(read: Reader, text: str) -> QueueRow:
    """The queue called `text`, or whose name begins with it.

    Raises:
        NotFoundError: there is none; the sentence offers the nearest names.
        AmbiguousError: several are.
    """
    return _pick("queue", text, queues(read), lambda one: (one.name,), lambda one: one.name)


def customer_by_text(read: Reader, text: str) -> CustomerRow:
    """The customer with this id, e-mail address, number elsewhere or name; of merged ones, the one that is left.

    Raises:
        NotFoundError: there is none; the sentence offers the nearest names.
        AmbiguousError: a name fits several; the sentence lists them with their ids.
    """
    wanted = text.strip()
    for look in (_id_itself, _by_email, _by_external):
        found = look(read, wanted)
        if (row := None if found is None else _survivor(read, found)) is not None:
            return row
    named = [int(one) for (one,) in read.tuples(_BY_NAME, {"key": name_key(wanted)})]
    rows = [row for one in named if (row := by_id(read, one))] or find(read, wanted, limit=9)
    if len(rows) > 1:
        listed = [f"{row.name} ({row.email or row.id})" for row in rows[:_SHOWN]]
        raise AmbiguousError("customer", wanted, listed)
    if not rows:
        hint = "Give an id, an e-mail address or a name; see: agentdesk customer list"
        raise NotFoundError("customer", wanted, did_you_mean(near_customers(read, wanted)) or hint)
    return rows[0]


def _id_itself(_read: Reader, text: str) -> int | None:
    digits = text.removeprefix("C-").removeprefix("c-")
    return int(digits) if digits.isdecimal() and len(digits) <= 18 else None


def _by_email(read: Reader, text: str) -> int | None:
    email = normalise_email(text) if "@" in text else None
    found = None if email is None else read.value(_BY_EMAIL, {"email": email})
    return None if found is None else int(found)


def _by_external(read: Reader, text: str) -> int | None:
    found = read.value(_BY_EXTERNAL, {"text": text})
    return None if found is None else int(found)


def _survivor(read: Reader, customer_id: int) -> CustomerRow | None:
    seen: set[int] = set()
    while customer_id not in seen:
        seen.add(customer_id)
        into = read.value("SELECT merged_into_id FROM customer WHERE id = :id", {"id": customer_id})
        if into is None:
            break
        customer_id = int(into)
    return by_id(read, customer_id)


def named(text: str, things: Iterable[Found], names: Callable[[Found], Sequence[str]]) -> list[Found]:
    """The things called `text`: by whole name, else by the beginning of one."""
    wanted = name_key(text)
    listed = [(thing, [name_key(name) for name in names(thing)]) for thing in things]
    whole = [thing for thing, keys in listed if wanted in keys]
    return whole or [thing for thing, keys in listed if wanted and any(k.startswith(wanted) for k in keys)]


def _pick(
    kind: str,
    text: str,
    things: Sequence[Found],
    names: Callable[[Found], Sequence[str]],
    label: Callable[[Found], str],
) -> Found:
    found = named(text, things, names)
    if len(found) > 1:
        raise AmbiguousError(kind, text, [label(one) for one in found[:_SHOWN]])
    if not found:
        known = [(name, label(one)) for one in things for name in names(one)]
        raise NotFoundError(kind, text, suggest(text, known, listed=_SHOWN))
    return found[0]
