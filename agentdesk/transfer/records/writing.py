"""Decided records written: the rows and their journal, inside one change."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy.exc import IntegrityError

from agentdesk.domain.errors import StoreError
from agentdesk.store.bulk import created_row, insert_rows, update_rows, write_history
from agentdesk.store.change import Change
from agentdesk.store.history import encode
from agentdesk.transfer.records.kind import Kind, Told
from agentdesk.transfer.records.known import Known

_STAMPS: Final = ("created_at", "updated_at")


def write_records(
    change: Change, kind: Kind, created: Sequence[Told], updated: Sequence[tuple[Known, Told]]
) -> None:
    """Write new and changed records.

    Raises:
        StoreError: somebody imported the same, or changed one of them, meanwhile.
    """
    if created:
        _create(change, kind, created)
    if updated:
        _update(change, kind, updated)


def _create(change: Change, kind: Kind, created: Sequence[Told]) -> None:
    rows = [{**dict.fromkeys(_STAMPS, change.at), **told} for told in created]
    try:
        ids = insert_rows(change, kind.model, rows)
    except IntegrityError:
        raise StoreError("Somebody wrote the same records meanwhile. Import again.") from None
    said = {"actor_id": change.actor.id, "reason": ""}
    write_history(
        change,
        (
            created_row(kind.model, {"id": row_id, **row}, _instant(change, row), kind.made.value) | said
            for row_id, row in zip(ids, rows, strict=True)
        ),
        kind.made,
    )


def _update(change: Change, kind: Kind, updated: Sequence[tuple[Known, Told]]) -> None:
    rows = {
        known["id"]: {
            **{name: value for name, value in known.items() if name != "id"},
            **news,
            "version": known["version"] + 1,
            "updated_at": change.at,
        }
        for known, news in updated
    }
    try:
        update_rows(change, kind.model, rows, {known["id"]: known["version"] for known, _ in updated})
    except IntegrityError:
        raise StoreError("Somebody wrote the same records meanwhile. Import again.") from None
    change.write_journal([_changed_row(kind, known, news) for known, news in updated], kind.changed)


def _changed_row(kind: Kind, known: Known, news: Told) -> dict[str, Any]:
    now: Mapping[str, Any] = {**known, **news}
    return {
        "entity": str(kind.model.__tablename__),
        "entity_id": known["id"],
        "version": known["version"] + 1,
        "ticket_id": now.get("ticket_id"),
        "customer_id": now.get("customer_id"),
        "before": {name: encode(known[name]) for name in news},
        "after": {name: encode(value) for name, value in news.items()},
        "event": kind.changed.value,
    }


def _instant(change: Change, row: Told) -> datetime:
    """When it came to be: where it took place before now, then."""
    at = row.get("at")
    return min(at, change.at) if isinstance(at, datetime) else change.at
