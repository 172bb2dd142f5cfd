"""Journal values as JSON and back, and what happened to a row since somebody read it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, Table
from sqlmodel import Session, col, select

from agentdesk.domain.errors import FieldChange
from agentdesk.domain.instants import from_iso, to_iso
from agentdesk.models import Agent, Journal


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
    {"last_message_at", "last_reply_at", "first_replied_at", "waiting_since", "reply_count", "reopen_count"}
)
"""Fields that follow from a message: a conflict tells of the message, not of these."""


def changes_since(session: Session, entity: str, row_id: int, version: int) -> tuple[str, list[FieldChange]]:
    """Who changed the row after `version` (the latest one), and each field from the first before to the last after."""
    rows = session.exec(
        select(Journal)
        .where(Journal.entity == entity, Journal.entity_id == row_id, col(Journal.version) > version)
        .order_by(col(Journal.id))
    ).all()
    actor_id = rows[-1].actor_id if rows else None
    agent = session.get(Agent, actor_id) if actor_id is not None else None
    return agent.handle if agent else "the desk", _fold(rows)


def _fold(rows: Iterable[Journal]) -> list[FieldChange]:
    firsts: dict[str, Any] = {}
    lasts: dict[str, Any] = {}
    for row in rows:
        for name, value in (row.after or {}).items():
            firsts.setdefault(name, (row.before or {}).get(name))
            lasts[name] = value
    return [
        FieldChange(name, firsts[name], last)
        for name, last in lasts.items()
        if firsts[name] != last and name not in _BOOKKEEPING
    ]
