"""What an import changed on rows that were there before, given back field by field; see `batches`."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlmodel import SQLModel

from agentdesk.domain.events import Event
from agentdesk.store import fulltext, history
from agentdesk.store.change import Change
from agentdesk.store.derived import DERIVED, derive, tag_rows
from agentdesk.store.load import Load, among, bind_list

_SINCE = (
    "SELECT entity_id, after FROM journal WHERE entity = :entity AND before IS NOT NULL AND after IS NOT NULL "
    "AND change_id IN (SELECT id FROM change WHERE (batch_id IS NULL OR batch_id <> :batch) "
    "AND undone_by_id IS NULL AND undo_of_id IS NULL)"
)


def restore(
    change: Change,
    entity: str,
    batch: int,
    tell: Callable[[], None],
    back: dict[str, set[int]],
    *,
    force: bool,
) -> list[str]:
    """Give back the fields that the import changed on rows that were there before.

    Args:
        change: the undo.
        entity: of one table.
        batch: the import.
        tell: called once a row.
        back: takes up the ids of the rows that got something back, by table.
        force: give back also what was changed since.

    Returns:
        What was changed since, and therefore left; with `force`, what is lost.
    """
    rows = change.sql(
        "SELECT entity_id, before, after FROM journal WHERE entity = :entity AND before IS NOT NULL "
        "AND after IS NOT NULL AND change_id IN (SELECT id FROM change WHERE batch_id = :batch) "
        "AND entity_id NOT IN (SELECT entity_id FROM journal WHERE entity = :entity AND before IS NULL "
        "AND after IS NOT NULL AND change_id IN (SELECT id FROM change WHERE batch_id = :batch)) ORDER BY id DESC",
        {"entity": entity, "batch": batch},
    ).all()
    left = []
    for row in rows:
        is_back, told = _give_back(
            change, entity, row.entity_id, _dict(row.before), _dict(row.after), force=force
        )
        if is_back:
            back.setdefault(entity, set()).add(row.entity_id)
        left += [told] if told else []
        tell()
    return left


def _give_back(
    change: Change, entity: str, row_id: int, before: dict[str, Any], after: dict[str, Any], *, force: bool
) -> tuple[bool, str]:
    """Whether a row got something back, and what had been changed since; a field that is back already is no matter."""
    table = SQLModel.metadata.tables[entity]
    found = change.session.connection().execute(table.select().where(table.c.id == row_id)).mappings().first()
    if found is None:
        return False, ""
    now = {name: history.encode(found[name]) for name in after}
    is_back = {name for name in after if name in before and now[name] == before[name]}
    moved = [name for name, value in after.items() if now[name] != value and name not in is_back]
    kept = is_back if force else is_back.union(moved)
    values = {name: history.decode(table, name, value) for name, value in before.items() if name not in kept}
    if values:
        _write(change, entity, row_id, dict(found), values)
        change.write_journal([_row(entity, dict(found), now, before, values)], Event.CHANGE_UNDONE)
    return bool(
        values
    ), f"{entity} {row_id} ({', '.join(_told(moved, entity))} changed since)" if moved else ""


def _told(columns: Iterable[str], entity: str) -> list[str]:
    """Columns as people call them, without those that follow from others."""
    derived = {"name_key", *DERIVED.get(entity, ())}
    names = (history.public_name(name, entity) for name in columns if name not in derived)
    return [name.replace("_", " ") for name in names]


def fields_since(change: Change, entity: str, ids: Collection[int], batch: int) -> dict[int, list[str]]:
    """Names of the fields that others have changed on rows since an import made them, by id, as people call them."""
    load = Load(change)
    some = among("entity_id", "ids", is_sqlite=change.is_sqlite)
    sql = f"{_SINCE} AND {some} ORDER BY id"
    rows = load.tuples(
        sql,
        {"entity": entity, "ids": bind_list(ids, is_sqlite=change.is_sqlite), "batch": batch},
    )
    found: dict[int, list[str]] = {}
    for row_id, after in rows:
        found[row_id] = list(dict.fromkeys([*found.get(row_id, []), *_told(_dict(after), entity)]))
    return {row_id: names for row_id, names in found.items() if names}


def _write(change: Change, entity: str, row_id: int, found: dict[str, Any], values: dict[str, Any]) -> None:
    table = SQLModel.metadata.tables[entity]
    stamped = {**values, **derive(entity, {**found, **values}), "updated_at": change.at}
    if "version" in table.c:
        stamped["version"] = found["version"] + 1
    if change.is_sqlite:
        fulltext.forget(change.sql, entity, [row_id])
    change.session.connection().execute(table.update().where(table.c.id == row_id).values(**stamped))
    if change.is_sqlite:
        fulltext.learn(change.sql, entity, [row_id])
    if "tags" in values:
        change.sql(
            "DELETE FROM tag WHERE entity = :entity AND entity_id = :id", {"entity": entity, "id": row_id}
        )
        if rows := tag_rows(entity, row_id, values["tags"]):
            change.session.connection().execute(SQLModel.metadata.tables["tag"].insert(), rows)


def _row(
    entity: str, found: dict[str, Any], now: dict[str, Any], before: dict[str, Any], values: dict[str, Any]
) -> dict[str, Any]:
    return {
        **_about(entity, found),
        "version": found["version"] + 1 if "version" in found else None,
        "before": {name: now[name] for name in values},
        "after": {name: before[name] for name in values},
    }


def _about(entity: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "entity": entity,
        "entity_id": row["id"],
        "version": row.get("version"),
        "ticket_id": row["id"] if entity == "ticket" else row.get("ticket_id"),
        "customer_id": row["id"] if entity == "customer" else row.get("customer_id"),
    }


def _dict(value: Any) -> dict[str, Any]:
    return dict(json.loads(value) if isinstance(value, str) else value)
