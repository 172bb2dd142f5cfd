"""Journal values as JSON and back, and what happened to a row since somebody read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, Table
from sqlmodel import Session, SQLModel, col, select

from agentdesk.domain.errors import FieldChange
from agentdesk.domain.events import SENTENCES, Event
from agentdesk.domain.fields import field_of_column
from agentdesk.domain.instants import from_iso, to_iso
from agentdesk.domain.references import ticket_ref
from agentdesk.models import Agent, Customer, Journal, Organization, Queue

THE_DESK = "the desk"


def encode(value: Any) -> Any:
    """A column value as JSON holds it; instants become ISO 8601 text."""
    return to_iso(value) if isinstance(value, datetime) else value


def decode(table: Table, name: str, value: Any) -> Any:
    """The column value that `encode` made JSON of."""
    if isinstance(value, str) and isinstance(
        getattr(table.c[name].type, "impl", table.c[name].type), DateTime
    ):
        return from_iso(value)
    return value


_BOOKKEEPING = frozenset(
    {
        *("last_message_at", "last_reply_at", "first_replied_at", "waiting_since", "reply_count"),
        *("reopen_count", "solved_at", "closed_at", "extra"),
    }
)
"""Fields that follow from a message or a status: a conflict tells of that, not of these."""
_KEPT_BY_AN_ANSWER = frozenset({"due_at", "wake_at"})
_SAID = (
    Event.MESSAGE_REPLIED,
    Event.MESSAGE_NOTED,
    Event.MESSAGE_FORWARDED,
    Event.MESSAGE_SENT,
    Event.MESSAGE_RECEIVED,
)
_NAMED: dict[str, type[SQLModel]] = {
    "assignee_id": Agent,
    "owner_id": Agent,
    "to_agent_id": Agent,
    "queue_id": Queue,
    "to_queue_id": Queue,
    "customer_id": Customer,
    "organization_id": Organization,
}
"""Columns that hold an id of something with a name."""


@dataclass(frozen=True, slots=True)
class News:
    """What happened to a row since somebody read it.

    Attributes:
        who: names of those who did it, in the order in which they first did.
        at: when the last of it was; None where the journal does not know.
        deeds: what was said on it, as it reads after a name: `replied`.
        changes: each field from the first before to the last after, in words.
        by: ids of those who did it; None is the desk.
    """

    who: tuple[str, ...]
    at: datetime | None
    deeds: tuple[str, ...]
    changes: tuple[FieldChange, ...]
    by: frozenset[int | None] = frozenset()


def changes_since(session: Session, entity: str, row_id: int, version: int) -> News:
    """What happened to the row after `version`, with every column and id by the name people know it by."""
    rows = session.exec(
        select(Journal)
        .where(Journal.entity == entity, Journal.entity_id == row_id, col(Journal.version) > version)
        .order_by(col(Journal.id))
    ).all()
    events = {Event(row.event) for row in rows}
    follows = _BOOKKEEPING | ({"organization_id"} if entity == "ticket" else set())
    if events & {Event.MESSAGE_REPLIED, Event.TICKET_SOLVED}:
        follows |= _KEPT_BY_AN_ANSWER
    said = tuple(SENTENCES[event] for event in _SAID if event in events)
    changes = tuple(
        FieldChange(
            public_name(name, entity),
            _in_words(session, entity, name, before),
            _in_words(session, entity, name, after),
        )
        for name, before, after in _fold(rows)
        if name not in follows
    )
    is_nothing = Event.CHANGE_UNDONE in events and not said and not changes
    return News(
        who=tuple(dict.fromkeys(_agent(session, row.actor_id) for row in rows)) or (THE_DESK,),
        at=rows[-1].at if rows else None,
        deeds=("changed it and took that back",) if is_nothing else said,
        changes=changes,
        by=frozenset(row.actor_id for row in rows),
    )


def public_name(column: str, entity: str) -> str:
    """What faces call a column: `queue` for `queue_id`."""
    field = field_of_column(column, "customer" if entity == "customer" else "ticket")
    return field.name if field else column.removesuffix("_id").removesuffix("_at").removeprefix("is_")


def _agent(session: Session, agent_id: int | None) -> str:
    agent = None if agent_id is None else session.get(Agent, agent_id)
    return (agent.name or agent.handle) if agent else THE_DESK


def _in_words(session: Session, entity: str, column: str, value: Any) -> object:
    """A journaled value as people say it."""
    if value is None or isinstance(value, bool):
        return value
    if column in _NAMED:
        row: Any = session.get(_NAMED[column], value)
        return str(value) if row is None else row.name or f"number {value}"
    if column == "merged_into_id":
        return f"customer {value}" if entity == "customer" else ticket_ref(value)
    if isinstance(value, list):
        return tuple(map(str, value))
    if column.endswith("_at"):
        return f"{from_iso(value):%Y-%m-%d %H:%M} UTC"
    is_word = column in {"status", "resolution_code"}
    return str(value).replace("_", " ") if is_word else value


def _fold(rows: Iterable[Journal]) -> list[tuple[str, Any, Any]]:
    firsts: dict[str, Any] = {}
    lasts: dict[str, Any] = {}
    for row in rows:
        for name, value in (row.after or {}).items():
            firsts.setdefault(name, (row.before or {}).get(name))
            lasts[name] = value
    return [(name, firsts[name], last) for name, last in lasts.items() if firsts[name] != last]
