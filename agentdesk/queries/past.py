"""Rows as they were at any past instant: what is there now, with the journal since then taken back.

Each field is what the earliest later journal row says was there before it. Rows deleted since are found again in
the journal, except those of an import that was taken back: they never were. A row made again after it was deleted
is absent in between.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, TypeVar, get_type_hints

from agentdesk.domain.events import Event
from agentdesk.domain.instants import from_iso
from agentdesk.store.reader import Reader

Row = TypeVar("Row")
_CHUNK = 5000
_STORED = len("2026-03-03 08:30:00.000000")

FORGOTTEN = (
    "(journal.after IS NULL AND journal.before IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM {entity} WHERE {entity}.id = journal.entity_id) "
    "AND EXISTS (SELECT 1 FROM change undo JOIN change undone ON undone.id = undo.undo_of_id "
    "WHERE undo.id = journal.change_id AND undone.batch_id IS NOT NULL))"
)
"""SQL that is true for the journal row by which an import that was taken back removed its row."""

_UNBORN = (
    "AND NOT EXISTS (SELECT 1 FROM {entity} later "
    "WHERE later.id = journal.entity_id AND later.created_at > :instant)"
)
ASKED_ABOUT = "entity <> 'contact_point'"
"""What the index by entity and instant is limited to; SQLite uses it only where a query says so."""
_LATER = f"{ASKED_ABOUT} AND at > :instant ORDER BY at, journal.id"
_LATER_OF = "NOT at <= :instant AND entity_id IN ({ids}) ORDER BY entity_id, at, journal.id"
"""Worded so that SQLite looks up the rows of these ids instead of walking all that happened since."""


@dataclass(slots=True)
class Since:
    """What must be taken back of one row.

    Attributes:
        values: fields that changed since, as they were, decoded from JSON.
        existed: whether it was there, where it was deleted or made again since; None where its creation decides.
    """

    values: dict[str, Any] = field(default_factory=dict)
    existed: bool | None = None


def when(value: str | datetime | None) -> datetime | None:
    """An instant as the driver or the journal holds it, aware."""
    if value is None or isinstance(value, datetime):
        return value
    # The width of SQLite's text, read in one step: a report reads tens of thousands.
    return datetime.fromisoformat(f"{value}+00:00") if len(value) == _STORED else from_iso(value)


def chunks(ids: Iterable[int]) -> Iterator[str]:
    """Ids as lists for `IN (...)`, some thousand at a time."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), _CHUNK):
        yield ",".join(str(int(one)) for one in ordered[start : start + _CHUNK])


def taken_back(
    read: Reader,
    entity: str,
    instant: datetime,
    names: Sequence[str],
    ids: Iterable[int] | None = None,
    *,
    with_later: bool = False,
) -> dict[int, Since]:
    """Every row of before an instant that was touched after it, with what it was like at that instant.

    Args:
        read: the snapshot.
        entity: the table.
        instant: changes at this very instant have happened already.
        names: the fields that are asked for.
        ids: only these rows; None for all.
        with_later: also rows that were created after the instant.
    """
    unborn = "" if with_later else _UNBORN.format(entity=entity)
    asked = "".join(f", CAST(journal.before -> '{name}' AS TEXT)" for name in names)
    sql = (
        f"SELECT entity_id, event, before IS NULL, after IS NULL{asked} FROM journal "
        f"WHERE entity = :entity AND NOT {FORGOTTEN.format(entity=entity)} {unborn} AND "
    )
    found: dict[int, Since] = {}
    for condition in [_LATER] if ids is None else [_LATER_OF.format(ids=some) for some in chunks(ids)]:
        for row_id, event, is_made, is_removed, *before in read.stream(
            sql + condition, {"entity": entity, "instant": instant}
        ):
            since = found.get(row_id)
            if since is None:
                since = found[row_id] = Since()
            if since.existed is None and is_made != is_removed:
                since.existed = _existed(event, is_removed=is_removed)
            for name, text in zip(names, before, strict=True):
                if text is not None and name not in since.values:
                    since.values[name] = json.loads(text)
    return found


def _existed(event: str, *, is_removed: bool) -> bool | None:
    if is_removed:
        return True
    # The journal of an import may tell of a creation later than it was; only a row made again was away.
    return False if event == Event.CHANGE_UNDONE else None


def values_at(
    read: Reader, entity: str, names: Sequence[str], instant: datetime, ids: Iterable[int] | None = None
) -> dict[int, list[Any]]:
    """The named fields of every row of a table that was there at an instant.

    Args:
        read: the snapshot.
        entity: a table with `id` and `created_at`.
        names: its columns.
        instant: what happened at this very instant has happened.
        ids: only these rows; None for all.

    Returns:
        Values by id, in the order of `names`: as the driver gives them or as JSON holds them, see `when`.
    """
    wanted = None if ids is None else set(ids)
    back = taken_back(read, entity, instant, [*names, "created_at"], wanted)
    sql = f"SELECT id, created_at, {', '.join(names)} FROM {entity}"
    found: dict[int, list[Any]] = {}
    present: set[int] = set()
    for condition in [""] if wanted is None else [f" WHERE id IN ({some})" for some in chunks(wanted)]:
        for row_id, created_at, *values in read.stream(sql + condition):
            present.add(row_id)
            since = back.get(row_id)
            if _is_there(since, created_at, instant):
                found[row_id] = _patched(names, values, since)
    for row_id, since in back.items():
        if since.existed and row_id not in present and _is_there(since, None, instant):
            found[row_id] = [since.values.get(name) for name in names]
    return found


def _is_there(since: Since | None, created_at: Any, instant: datetime) -> bool:
    if since is not None:
        if since.existed is False:
            return False
        created_at = since.values.get("created_at", created_at)
    created = when(created_at)
    return created is not None and created <= instant


def _patched(names: Sequence[str], values: list[Any], since: Since | None) -> list[Any]:
    if since is None or not since.values:
        return values
    return [since.values.get(name, value) for name, value in zip(names, values, strict=True)]


def rows_at(
    read: Reader, row: type[Row], entity: str, instant: datetime, ids: Iterable[int] | None = None
) -> dict[int, Row]:
    """The rows of a table as they were at an instant, by id.

    Args:
        read: the snapshot.
        row: a dataclass whose fields are columns of the table.
        entity: a table with `id` and `created_at`.
        instant: what happened at this very instant has happened.
        ids: only these rows; None for all.
    """
    names = [one.name for one in fields(row)]  # type: ignore[arg-type]  # a dataclass, as every row
    hints = get_type_hints(row)
    kinds = [str(hints[name]) for name in names]
    found = values_at(read, entity, names, instant, ids)
    return {
        row_id: row(*[_cell(kind, value) for kind, value in zip(kinds, values, strict=True)])
        for row_id, values in found.items()
    }


def _cell(kind: str, value: Any) -> Any:
    if "datetime" in kind:
        return when(value)
    if kind == str(bool):
        return bool(value)
    if kind.startswith(("tuple[", "dict[")):
        decoded = json.loads(value) if isinstance(value, str) else value
        return dict(decoded or {}) if kind.startswith("dict[") else tuple(decoded or ())
    return value


def names_at(
    read: Reader, entity: str, column: str, instant: datetime, ids: Iterable[int] | None = None
) -> Mapping[int, str]:
    """What things were called at an instant, whether or not they were there already.

    Args:
        read: the snapshot.
        entity: the table.
        column: what it calls its rows.
        instant: what happened at this very instant has happened.
        ids: only these rows; None for all.
    """
    wanted = None if ids is None else set(ids)
    conditions = [""] if wanted is None else [f" WHERE id IN ({some})" for some in chunks(wanted)]
    names = {
        int(row_id): str(name)
        for condition in conditions
        for row_id, name in read.stream(f"SELECT id, {column} FROM {entity}{condition}")
    }
    for row_id, since in taken_back(read, entity, instant, [column], with_later=True).items():
        if column in since.values and (wanted is None or row_id in wanted):
            names[row_id] = since.values[column]
    return names
