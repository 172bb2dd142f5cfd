"""What rows made of customers goes into the store: few statements, every row journaled, full text and tags in step."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from agentdesk.domain.events import Event
from agentdesk.domain.identity import name_key
from agentdesk.store.load import Load
from agentdesk.transfer.person import FIELDS, Person, Point

_quoted = json.encoder.encode_basestring_ascii
_plain = attrgetter(*FIELDS[:-2])
"""The columns of `FIELDS` that are no JSON."""
_POINT = (
    "id",
    "created_at",
    "updated_at",
    "customer_id",
    "kind",
    "value",
    "normalised",
    "label",
    "is_primary",
)
_CUSTOMER = (
    "id",
    "created_at",
    "updated_at",
    "version",
    "name_key",
    "tier",
    "do_not_contact",
    "warning",
    *FIELDS,
)


def save_organizations(load: Load, names: Mapping[int, str]) -> dict[int, int]:
    """Add organizations by provisional id; return their ids by it."""
    ids = load.reserve("organization", len(names))
    at = load.instant(load.change.at)
    columns = (
        "id",
        "created_at",
        "updated_at",
        "version",
        "name",
        "name_key",
        "domains",
        "tier",
        "notes",
        "tags",
    )
    load.insert(
        "organization",
        (*columns, "extra"),
        [
            (row_id, at, at, 1, name, name_key(name), "[]", "", "", "[]", "{}")
            for row_id, name in zip(ids, names.values(), strict=True)
        ],
    )
    load.journal_made("organization", ids, Event.ORGANIZATION_CREATED, is_main=True)
    return dict(zip(names, ids, strict=True))


def add_people(load: Load, people: Sequence[Person]) -> None:
    """Add customers with all their ways; they get their ids."""
    if not people:
        return
    ids = load.reserve("customer", len(people))
    at, no = load.instant(load.change.at), load.flag(False)
    rows = []
    for row_id, one in zip(ids, people, strict=True):
        one.id = row_id
        rows.append((row_id, at, at, 1, name_key(one.name), "", no, "", *_columns(one)))
    load.insert("customer", _CUSTOMER, rows)
    load.journal_made("customer", ids, Event.CUSTOMER_CREATED, is_main=True)
    _add_points(load, [(one.id, point) for one in people for point in one.points], Event.CUSTOMER_CREATED)
    _tag(load, people)
    load.learn("customer", ids)


def change_people(load: Load, people: Sequence[Person]) -> None:
    """Write what changed on customers that the store holds."""
    if not people:
        return
    at = load.instant(load.change.at)
    journal: list[dict[str, Any]] = []
    rows: list[tuple[Any, ...]] = []
    changed: list[Person] = []
    points: list[tuple[Any, ...]] = []
    for one in people:
        before, after = one.difference()
        if after:
            changed.append(one)
            rows.append((at, one.version + 1, name_key(one.name), *_columns(one), one.id, one.version))
        journal.append(
            {
                "entity": "customer",
                "entity_id": one.id,
                "version": one.version + bool(after),
                "customer_id": one.id,
                "is_main": True,
                "before": before or None,
                "after": after or None,
            }
        )
        for point in one.points:
            if point.is_changed:
                points.append((at, point.label, load.flag(point.is_primary), point.id))
                journal.append(_point_row(one, point))
    ids = [one.id for one in changed]
    load.forget("customer", ids)
    sets = ", ".join(f"{name} = ?" for name in FIELDS)
    load.many(
        f"UPDATE customer SET updated_at = ?, version = ?, name_key = ?, {sets} WHERE id = ? AND version = ?",
        rows,
    )
    load.learn("customer", ids)
    load.many("UPDATE contact_point SET updated_at = ?, label = ?, is_primary = ? WHERE id = ?", points)
    load.journal(journal, Event.CUSTOMER_CHANGED)
    fresh = [(one.id, point) for one in people for point in one.points if not point.id]
    _add_points(load, fresh, Event.CUSTOMER_CHANGED)
    retagged = [one for one in changed if one.before and one.before[FIELDS.index("tags")] != one.tags]
    load.many("DELETE FROM tag WHERE entity = 'customer' AND entity_id = ?", [(one.id,) for one in retagged])
    _tag(load, retagged)


def save_counts(
    load: Load, batch_id: int, counts: Mapping[str, int], done: Mapping[str, Any] | None = None
) -> None:
    """Write how far an import has come, and at its end what else is known of it."""
    values = {**counts, **(done or {})}
    if isinstance(at := values.get("finished_at"), datetime):
        values["finished_at"] = load.instant(at)
    sets = ", ".join(f"{name} = ?" for name in values)
    load.many(f"UPDATE import_batch SET {sets} WHERE id = ?", [(*values.values(), batch_id)])


def _add_points(load: Load, points: Sequence[tuple[int, Point]], event: Event) -> None:
    ids = load.reserve("contact_point", len(points))
    at = load.instant(load.change.at)
    yes, no = load.flag(True), load.flag(False)
    rows = [
        (
            row_id,
            at,
            at,
            owner,
            point.kind,
            point.value,
            point.normalised,
            point.label,
            yes if point.is_primary else no,
        )
        for row_id, (owner, point) in zip(ids, points, strict=True)
    ]
    load.insert("contact_point", _POINT, rows)
    load.journal_made("contact_point", ids, event, is_main=False)


def _tag(load: Load, people: Sequence[Person]) -> None:
    rows = [("customer", one.id, tag) for one in people for tag in dict.fromkeys(one.tags)]
    load.insert("tag", ("entity", "entity_id", "name"), rows)


def _columns(one: Person) -> tuple[Any, ...]:
    """The values of `FIELDS` as columns, with JSON as text; made by hand, as `json.dumps` takes five times as long."""
    tags, extra = one.tags, one.extra
    listed = f"[{', '.join(map(_quoted, tags))}]" if tags else "[]"
    told = "{}"
    if extra:
        try:
            told = f"{{{', '.join([f'{_quoted(key)}: {_quoted(extra[key])}' for key in extra])}}}"
        except TypeError:  # a value that is no text, such as a list of ids
            told = json.dumps(extra)
    return (*_plain(one), listed, told)


def _point_row(person: Person, point: Point) -> dict[str, Any]:
    assert point.before
    pairs = zip(("label", "is_primary"), point.before, (point.label, point.is_primary), strict=True)
    changed = [(name, old, new) for name, old, new in pairs if old != new]
    return {
        "entity": "contact_point",
        "entity_id": point.id,
        "version": None,
        "customer_id": person.id,
        "is_main": False,
        "before": {name: old for name, old, _ in changed},
        "after": {name: new for name, _, new in changed},
    }
