"""The tickets of a source that the desk has already: what the imports left, and how they stand now."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, Boolean, DateTime
from sqlmodel import SQLModel

from agentdesk.domain.instants import from_iso, to_iso
from agentdesk.models import Ticket
from agentdesk.store.load import among, bind_list
from agentdesk.store.reader import Reader, instant

_SOME = 500
"""Tickets asked for in one query."""


@dataclass(slots=True)
class KnownTicket:
    """One ticket.

    Attributes:
        id: its number.
        version: as read; a write refuses if it has moved on.
        current: every column, in the form of the journal.
        past: instant and whole state after each step that an import wrote, in order, or after the last one alone; where
            no import made it, the state it has, as of its creation.
        latest: instant of the last change anybody made.
    """

    id: int
    version: int
    current: dict[str, Any]
    past: list[tuple[datetime, dict[str, Any]]]
    latest: datetime


def known_ids(read: Reader, source: str, external_ids: Iterable[str]) -> dict[str, int]:
    """The numbers of those tickets of a source that the desk has, by their ids there."""
    found: dict[str, int] = {}
    for some in _listed_some(external_ids):
        keys = bind_list(some, is_sqlite=read.is_sqlite)
        sql = (
            "SELECT external_id, id FROM ticket WHERE source = :source "
            f"AND {among('external_id', 'keys', is_sqlite=read.is_sqlite)}"
        )
        told = read.stream(sql, {"source": source, "keys": keys})
        found |= {str(external_id): int(row_id) for external_id, row_id in told}
    return found


def known_tickets(read: Reader, ids: Sequence[int], *, is_log: bool) -> dict[int, KnownTicket]:
    """The tickets of these numbers, with their imported past.

    Args:
        read: the snapshot.
        ids: their numbers.
        is_log: every state of the past is asked for, not the last one alone.
    """
    found: dict[int, KnownTicket] = {}
    for start in range(0, len(ids), _SOME):
        some = ids[start : start + _SOME]
        rows = _rows(read, some)
        latest = _latest(read, some)
        pasts = _pasts(read, some, is_log=is_log)
        for row_id, row in rows.items():
            past = pasts.get(row_id) or [(from_iso(row["created_at"]), row)]
            found[row_id] = KnownTicket(row_id, row["version"], row, past, latest.get(row_id, past[-1][0]))
    return found


def known_messages(read: Reader, keys: Iterable[str]) -> set[str]:
    """Which messages of these ids the desk has, on whatever ticket they are by now."""
    found: set[str] = set()
    for told in _listed_some(keys):
        some = bind_list(told, is_sqlite=read.is_sqlite)
        sql = (
            f"SELECT external_id FROM message WHERE {among('external_id', 'keys', is_sqlite=read.is_sqlite)}"
        )
        found |= {str(key) for (key,) in read.stream(sql, {"keys": some})}
    return found


def _listed_some(keys: Iterable[str]) -> Iterator[list[str]]:
    listed = list(keys)
    for start in range(0, len(listed), _SOME):
        yield listed[start : start + _SOME]


def _rows(read: Reader, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    names = list(Ticket.model_fields)
    columns = SQLModel.metadata.tables["ticket"].c
    convert = [_converter(columns[name].type) for name in names]
    sql = f"SELECT {', '.join(names)} FROM ticket WHERE id IN ({_listed(ids)})"
    rows = (
        {name: turn(value) for name, turn, value in zip(names, convert, found, strict=True)}
        for found in read.stream(sql)
    )
    return {row["id"]: row for row in rows}


def _converter(kind: Any) -> Any:
    kind = getattr(kind, "impl", kind)
    if isinstance(kind, DateTime):
        return lambda value: None if value is None else to_iso(instant(value) or value)
    if isinstance(kind, JSON):
        return lambda value: json.loads(value) if isinstance(value, str) else value
    return bool if isinstance(kind, Boolean) else lambda value: value


def _latest(read: Reader, ids: Sequence[int]) -> dict[int, datetime]:
    sql = (
        "SELECT entity_id, max(at) FROM journal WHERE entity = 'ticket' "
        f"AND entity_id IN ({_listed(ids)}) GROUP BY entity_id"
    )
    return {row_id: at for row_id, text in read.stream(sql) if (at := instant(text)) is not None}


def _pasts(
    read: Reader, ids: Sequence[int], *, is_log: bool
) -> dict[int, list[tuple[datetime, dict[str, Any]]]]:
    """States after each imported step; a step that was taken back with its import left none."""
    sql = (
        "SELECT journal.entity_id, journal.at, journal.after FROM journal "
        "JOIN change ON change.id = journal.change_id "
        "WHERE journal.entity = 'ticket' AND change.batch_id IS NOT NULL AND journal.after IS NOT NULL "
        "AND (change.undone_by_id IS NULL OR journal.before IS NULL) "
        f"AND journal.entity_id IN ({_listed(ids)}) ORDER BY journal.entity_id, journal.at, journal.id"
    )
    pasts: dict[int, list[tuple[datetime, dict[str, Any]]]] = {}
    for row_id, at, after in read.stream(sql):
        past = pasts.setdefault(row_id, [])
        told = json.loads(after) if isinstance(after, str) else after
        when = instant(at)
        assert when is not None
        state = (when, {**(past[-1][1] if past else {}), **told})
        if is_log or not past:
            past.append(state)
        else:
            past[-1] = state
    return pasts


def to_columns(state: dict[str, Any]) -> dict[str, Any]:
    """Columns in the form of the journal as the table takes them: instants are instants again."""
    told = dict(state)
    for name in _instant_columns():
        if isinstance(told.get(name), str):
            told[name] = from_iso(told[name])
    return told


@cache
def _instant_columns() -> tuple[str, ...]:
    columns = SQLModel.metadata.tables["ticket"].c
    return tuple(one.name for one in columns if isinstance(getattr(one.type, "impl", one.type), DateTime))


def _listed(ids: Iterable[int]) -> str:
    return ",".join(str(int(one)) for one in ids)
