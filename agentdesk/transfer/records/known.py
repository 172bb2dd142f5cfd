"""The records that the desk has already, whole, as its columns hold them."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Boolean, DateTime
from sqlmodel import SQLModel

from agentdesk.store.load import among, bind_list
from agentdesk.store.reader import Reader, instant
from agentdesk.transfer.records.kind import EXTERNAL_ID, Kind

Known = Mapping[str, Any]
"""One row: every column."""


def known_records(
    read: Reader, kind: Kind, source: str, ids: Iterable[str], naturals: Iterable[str]
) -> tuple[dict[str, Known], dict[str, Known]]:
    """The records of these ids in their system, and those of these natural keys; the oldest, where several have one.

    Args:
        read: the snapshot.
        kind: what they are.
        source: the other system.
        ids: their ids there.
        naturals: names or titles; of use where a kind has such a key.
    """
    by_id = _rows(read, kind, EXTERNAL_ID, ids, source if kind.has_source else None)
    by_natural = _rows(read, kind, kind.natural, naturals) if kind.natural else []
    return (
        {str(row[EXTERNAL_ID]): row for row in reversed(by_id)},
        {str(row[kind.natural]): row for row in reversed(by_natural)},
    )


def by_domain(read: Reader, kind: Kind, domains: set[str]) -> dict[str, list[Known]]:
    """The organizations of mail domains: few rows name nothing else, and an organization has few domains."""
    found: dict[str, list[Known]] = {}
    if not domains:
        return found
    for row in _all(
        read,
        kind,
        f"SELECT {_columns(kind)} FROM organization WHERE CAST(domains AS TEXT) <> '[]' ORDER BY id",
    ):
        for domain in domains & set(row["domains"]):
            found.setdefault(domain, []).append(row)
    return found


def _rows(
    read: Reader, kind: Kind, column: str, keys: Iterable[str], source: str | None = None
) -> Sequence[Known]:
    listed = {key for key in keys if key}
    if not listed:
        return []
    where = among(column, "keys", is_sqlite=read.is_sqlite)
    bound = {"keys": bind_list(listed, is_sqlite=read.is_sqlite)}
    if source is not None:
        where, bound = f"source = :source AND {where}", {**bound, "source": source}
    table = kind.model.__tablename__
    return _all(read, kind, f"SELECT {_columns(kind)} FROM {table} WHERE {where} ORDER BY id", bound)


def _columns(kind: Kind) -> str:
    return ", ".join(kind.model.model_fields)


def _all(read: Reader, kind: Kind, sql: str, bound: Mapping[str, Any] | None = None) -> list[Known]:
    names = list(kind.model.model_fields)
    table = SQLModel.metadata.tables[str(kind.model.__tablename__)]
    turn = [_converter(table.c[name].type) for name in names]
    return [
        {name: make(value) for name, make, value in zip(names, turn, row, strict=True)}
        for row in read.stream(sql, bound)
    ]


def _converter(kind: Any) -> Callable[[Any], Any]:
    kind = getattr(kind, "impl", kind)
    if isinstance(kind, DateTime):
        return instant
    if isinstance(kind, JSON):
        return lambda value: json.loads(value) if isinstance(value, str) else value
    return bool if isinstance(kind, Boolean) else lambda value: value
