"""Many rows in few statements, inside a change: versions, derived columns, tags and full text are kept as ever.

The journal is the caller's part, because an imported history has its own instants: `created_row` makes its rows,
`Change.write_journal` takes them, or `write_history` where they are very many.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, update
from sqlmodel import SQLModel

from agentdesk.domain.errors import StoreError
from agentdesk.domain.events import Event
from agentdesk.models import Tag
from agentdesk.store import fulltext, history
from agentdesk.store.change import Change
from agentdesk.store.derived import DERIVED, TAGGED, derive, tag_rows
from agentdesk.store.load import Load

_SAID = ("event", "actor_id", "entity", "entity_id", "version", "ticket_id", "customer_id", "reason")
_UNTOLD = frozenset({"version", "updated_at"})


def insert_rows(change: Change, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows and return their ids, in order.

    Args:
        change: the transaction.
        model: a table with one integer `id`.
        rows: values by column; all rows name the same columns, and what they leave out gets its default.
    """
    if not rows:
        return []
    table = _table(model)
    defaults = default_values(model)
    full = [{**defaults, **row} for row in rows]
    for row in full:
        row.update(derive(table.name, row))
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    ids = [int(row_id) for (row_id,) in change.session.connection().execute(statement, full)]
    if change.is_sqlite:
        fulltext.learn(change.session.connection().exec_driver_sql, table.name, ids)
    if table.name in TAGGED:
        _tag(change, table.name, {row_id: row["tags"] for row_id, row in zip(ids, full, strict=True)})
    return ids


def update_rows(
    change: Change, model: type[SQLModel], rows: Mapping[int, Mapping[str, Any]], found: Mapping[int, int]
) -> None:
    """Set whole rows anew.

    Args:
        change: the transaction.
        model: a versioned table.
        rows: by id, every column that may differ; all rows name the same columns, `version` among them.
        found: the version each row had when it was read.

    Raises:
        StoreError: a row has moved on since; the transaction must end.
    """
    if not rows:
        return
    table = _table(model)
    connection = change.session.connection()
    if change.is_sqlite:
        fulltext.forget(connection.exec_driver_sql, table.name, list(rows))
    for row_id, row in rows.items():
        full = {**row, **derive(table.name, row)}
        statement = (
            update(table)
            .where(table.c.id == bindparam("the_id"), table.c.version == bindparam("the_version"))
            .values({name: bindparam(f"v_{name}") for name in full})
        )
        bound = {f"v_{name}": value for name, value in full.items()}
        done = connection.execute(statement, {"the_id": row_id, "the_version": found[row_id], **bound})
        if done.rowcount != 1:
            raise StoreError(f"{table.name} {row_id} was changed by somebody else meanwhile. Import again.")
    if change.is_sqlite:
        fulltext.learn(connection.exec_driver_sql, table.name, list(rows))
    if table.name in TAGGED:
        tagged = {row_id: row["tags"] for row_id, row in rows.items() if "tags" in row}
        connection.execute(delete(Tag).where(_is_tag_of(table.name, list(tagged))))
        _tag(change, table.name, tagged)


def default_values(model: type[SQLModel]) -> dict[str, Any]:
    """What each column holds where nobody says; columns that must be said are left out."""
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in model.model_fields.items()
        if name != "id" and not field.is_required()
    }


def journaled(model: type[SQLModel], row: Mapping[str, Any]) -> dict[str, Any]:
    """A whole row as the journal holds it: no version, no derived columns, instants as text."""
    skipped = _UNTOLD | DERIVED.get(str(model.__tablename__), frozenset())
    return {name: history.encode(row[name]) for name in model.model_fields if name not in skipped}


def created_row(model: type[SQLModel], row: Mapping[str, Any], at: datetime, event: str) -> dict[str, Any]:
    """The journal row of a new row, for `Change.write_journal`.

    Args:
        model: its table.
        row: every column, `id` among them.
        at: when it came to be.
        event: what to call it.
    """
    entity = str(model.__tablename__)
    return {
        "at": at,
        "event": event,
        "entity": entity,
        "entity_id": row["id"],
        "version": 1 if "version" in model.model_fields else None,
        "ticket_id": row["id"] if entity == "ticket" else row.get("ticket_id"),
        "customer_id": row["id"] if entity == "customer" else row.get("customer_id"),
        "before": None,
        "after": journaled(model, row),
    }


def write_history(change: Change, rows: Iterable[Mapping[str, Any]], event: Event) -> None:
    """Write journal rows now, by the driver itself: the quick way for a history of many thousand steps.

    Args:
        change: the transaction.
        rows: at, event, actor_id, entity, entity_id, version, ticket_id, customer_id, before, after, reason; main unless
            `is_main` says otherwise.
        event: what the change is called, where it has no summary.
    """
    load = Load(change)
    rows = list(rows)
    change.touches.mind(rows)
    listed = [
        (
            load.instant(row["at"]),
            *(row[name] for name in _SAID),
            *(None if row[name] is None else json.dumps(row[name]) for name in ("before", "after")),
        )
        for row in rows
    ]
    if listed:
        change.write_journal([], event)
        told = [
            (change.id, row.get("is_main", True), *values) for row, values in zip(rows, listed, strict=True)
        ]
        load.insert("journal", ("change_id", "is_main", "at", *_SAID, "before", "after"), told)


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


def _is_tag_of(entity: str, ids: Sequence[int]) -> Any:
    table = SQLModel.metadata.tables["tag"]
    return (table.c.entity == entity) & table.c.entity_id.in_(ids)


def _tag(change: Change, entity: str, tags: Mapping[int, Sequence[str]]) -> None:
    rows = [tag for row_id, names in tags.items() for tag in tag_rows(entity, row_id, names)]
    if rows:
        change.session.connection().execute(insert(Tag), rows)
