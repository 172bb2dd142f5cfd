"""Taking an import back: what it made goes, what it changed is restored, what was worked on since stays and is listed.

It works in sets, not row by row, so that a large import leaves as quickly as it came.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from sqlmodel import SQLModel

from agentdesk.domain.errors import UndoError
from agentdesk.domain.events import Event
from agentdesk.domain.left_behind import fold_left
from agentdesk.models import ImportBatch
from agentdesk.services.batch_fields import restore
from agentdesk.services.batch_order import held, in_turn, pointers
from agentdesk.services.batch_words import NOTHING, Kept, counted, named_rows
from agentdesk.store.change import Change
from agentdesk.store.derived import TAGGED
from agentdesk.store.load import Load

_ORDER = (
    "attachment",
    "ticket_link",
    "message",
    "interaction",
    "feedback",
    "sales_order",
    "kb_article",
    "escalation",
    "ticket",
    "contact_point",
    "customer",
    "organization",
    "queue",
    "agent",
)
"""Children before parents."""
_USERS = {
    "message": (("outbox", "message_id"), ("attachment", "message_id")),
    "customer": (
        ("ticket", "customer_id"),
        ("message", "customer_id"),
        ("interaction", "customer_id"),
        ("feedback", "customer_id"),
        ("sales_order", "customer_id"),
        ("agreement", "customer_id"),
        ("distinct_pair", "customer_id"),
        ("distinct_pair", "other_id"),
    ),
    "organization": (("customer", "organization_id"), ("ticket", "organization_id")),
    "ticket": (
        ("message", "ticket_id"),
        ("escalation", "ticket_id"),
        ("interaction", "ticket_id"),
        ("feedback", "ticket_id"),
        ("ticket_link", "ticket_id"),
        ("ticket_link", "other_id"),
    ),
    "queue": (("ticket", "queue_id"), ("queue_member", "queue_id")),
    "agent": (
        ("ticket", "assignee_id"),
        ("message", "agent_id"),
        ("change", "actor_id"),
        ("interaction", "agent_id"),
        ("feedback", "agent_id"),
        ("kb_article", "author_id"),
        ("organization", "owner_id"),
        ("journal", "actor_id"),
    ),
}
"""Who may still need a row that an import made, besides its like."""
_MADE = (
    "SELECT DISTINCT {entity}.id FROM journal JOIN {entity} ON {entity}.id = journal.entity_id "
    "WHERE journal.entity = '{entity}' AND journal.before IS NULL AND journal.after IS NOT NULL "
    "AND journal.change_id IN (SELECT id FROM change WHERE batch_id = :batch)"
)

Progress = Callable[[int, int | None], None]
"""Told rows done, and of how many."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did.

    Attributes:
        number: the change that did it; undo that to redo.
        sentence: what was taken back, in words.
        left: what was left because somebody has worked on it since.
        is_whole: the sentence says it all, whatever fields moved.
        is_draft: a text that was said is the actor's draft again.
        lost: what somebody had done since, and was taken back with it because they asked for that.
        bound: those of `left` that others still need, so that no force takes them back.
    """

    number: int
    sentence: str
    left: list[str]
    is_whole: bool = False
    is_draft: bool = False
    lost: list[str] = field(default_factory=list)
    bound: list[str] = field(default_factory=list)


def undo_batch(
    change: Change,
    number: int,
    progress: Progress = lambda _done, _total: None,
    *,
    force: bool = False,
) -> Undone:
    """Take back import `number` whole.

    Args:
        change: the one transaction of it all: broken off, nothing was taken back.
        number: the import.
        progress: told how many of the rows that the import wrote have been dealt with.
        force: also what was changed since, which is lost; never what others still need, as a customer with tickets.
            Of an import that was taken back already, what was left then.

    Raises:
        NotFoundError: there is no such import.
        UndoError: it was taken back already, and with `force`, nothing of it can go.
    """
    batch = change.get(ImportBatch, number)
    was_undone = batch.state == "undone"
    if was_undone and not force:
        raise UndoError(f"Import {number} was taken back already.")
    change.summary = f"undo import {number}"
    change.write_journal([], Event.CHANGE_UNDONE)
    tally = _Tally(progress, _written(change, number))
    back = {"customer": _given_ways(change, number)}
    moved = [
        told for entity in _ORDER for told in restore(change, entity, number, tally.one, back, force=force)
    ]
    worked_on = _kept(change, number)
    kept = Kept({} if force else worked_on)
    gone = {entity: _delete(change, entity, number, kept, tally) for entity in _ORDER}
    stay = named_rows(change, number, kept)
    left = [*([] if force else moved), *stay]
    since = named_rows(change, number, worked_on) if force else {}
    lost = [*moved, *(told for told, row in since.items() if row not in stay.values())] if force else []
    told = counted(gone, {entity: len(ids) for entity, ids in back.items()})
    if was_undone and told == NOTHING:
        needed = (
            f" Others still need what is left: {', '.join(fold_left(left))}."
            if left
            else " Nothing is left of it."
        )
        raise UndoError(f"Import {number} was taken back already.{needed}")
    batch.state = "undone"
    _link(change, number)
    assert change.id is not None
    return Undone(
        change.id,
        f"import {number} ({batch.file_name}), {told}",
        left,
        lost=lost,
        bound=[told for told, (entity, row_id) in stay.items() if row_id in kept.used.get(entity, ())],
    )


def _link(change: Change, batch: int) -> None:
    """Mark every change of the import as taken back by this one."""
    first = "SELECT min(id) FROM change WHERE batch_id = :batch"
    given = {"number": change.id, "batch": batch}
    change.sql(f"UPDATE change SET undo_of_id = ({first}) WHERE id = :number", given)
    change.sql("UPDATE change SET undone_by_id = :number WHERE batch_id = :batch", given)


def _given_ways(change: Change, batch: int) -> set[int]:
    """Customers who were there before, and got a way to reach them that goes again."""
    made = _MADE.format(entity="contact_point")
    rows = change.sql(f"SELECT customer_id FROM contact_point WHERE id IN ({made})", {"batch": batch})
    return {row_id for (row_id,) in rows} - _made(change, "customer", batch)


class _Tally:
    """How far an undo has come."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0
        progress(0, total)

    def one(self) -> None:
        self.add(1)

    def add(self, count: int) -> None:
        self._done += count
        self._progress(min(self._done, self._total), self._total)


def _written(change: Change, batch: int) -> int:
    """How many rows an import wrote: those in the journal, and the ways that it does not tell apart."""
    sql = (
        "SELECT (SELECT count(*) FROM journal WHERE entity <> 'contact_point' AND change_id IN "
        "(SELECT id FROM change WHERE batch_id = :batch)) + (SELECT count(*) FROM contact_point "
        f"WHERE customer_id IN ({_MADE.format(entity='customer')}))"
    )
    return int(change.sql(sql, {"batch": batch}).scalar())


def _kept(change: Change, batch: int) -> dict[str, set[int]]:
    """Rows the import made that somebody else's change still stands on, by table."""
    rows = change.sql(
        "SELECT DISTINCT made.entity, made.entity_id FROM journal made "
        "JOIN change mine ON mine.id = made.change_id AND mine.batch_id = :batch "
        "JOIN journal later ON later.entity = made.entity AND later.entity_id = made.entity_id "
        "AND later.change_id > made.change_id "
        "JOIN change other ON other.id = later.change_id "
        "WHERE made.before IS NULL AND made.after IS NOT NULL "
        "AND (other.batch_id IS NULL OR other.batch_id <> :batch) "
        "AND other.undone_by_id IS NULL AND other.undo_of_id IS NULL",
        {"batch": batch},
    )
    kept: dict[str, set[int]] = {}
    for entity, row_id in rows:
        kept.setdefault(entity, set()).add(row_id)
    return kept


def _delete(change: Change, entity: str, batch: int, kept: Kept, tally: _Tally) -> int:
    """Remove what the import made, except what is kept, needed by a kept row, or still in use."""
    wanted = _made(change, entity, batch)
    if entity == "contact_point":
        # Every way of a customer who goes: those that the customer's own row repeats were not journaled apart.
        people = _made(change, "customer", batch)
        leaving = people - _staying(change, "customer", batch, people, kept)
        wanted |= _belonging(change, entity, "customer_id", leaving)
    gone = wanted - _staying(change, entity, batch, wanted, kept)
    load = Load(change)
    for ids in in_turn(_pointers(change, entity, batch), gone):
        for some in _slices(ids):
            _remove(load, entity, some)
            tally.add(len(some))
    return len(gone)


def _made(change: Change, entity: str, batch: int) -> set[int]:
    return {row_id for (row_id,) in change.sql(_MADE.format(entity=entity), {"batch": batch})}


def _staying(change: Change, entity: str, batch: int, wanted: set[int], kept: Kept) -> set[int]:
    """Which rows stay; those that are needed join `kept`."""
    stay = kept.setdefault(entity, set())
    for parent in {"customer", "ticket"} - {entity}:
        if kept.get(parent) and f"{parent}_id" in SQLModel.metadata.tables[entity].c:
            stay |= _belonging(change, entity, f"{parent}_id", kept[parent])
    for child, key in _USERS.get(entity, ()) if wanted else ():
        lowest = "min(id)" if "id" in SQLModel.metadata.tables[child].c else "0"
        made = _MADE.format(entity=entity)
        used = f"SELECT {key}, {lowest}, count(*) FROM {child} WHERE {key} IN ({made}) GROUP BY {key}"
        for row_id, *ids in change.sql(used, {"batch": batch}).all():
            if row_id in wanted:
                kept.need(entity, row_id, child, (int(ids[0]), int(ids[1])))
                stay.add(row_id)
    alike = held(_pointers(change, entity, batch), wanted, stay)
    for row_id, one in alike.items():
        kept.need(entity, row_id, entity, (one, 1))
    stay.update(alike)
    return stay


def _pointers(change: Change, entity: str, batch: int) -> Mapping[int, int]:
    return pointers(change, entity, _MADE.format(entity=entity), batch)


def _belonging(change: Change, entity: str, key: str, parents: set[int]) -> set[int]:
    found: set[int] = set()
    for some in _slices(sorted(parents)):
        sql = f"SELECT id FROM {entity} WHERE {key} IN ({','.join(map(str, some))})"
        found |= {row_id for (row_id,) in change.sql(sql)}
    return found


def _remove(load: Load, entity: str, ids: list[int]) -> None:
    change = load.change
    load.journal_gone(entity, ids, Event.CHANGE_UNDONE)
    load.forget(entity, ids)
    listed = ",".join(map(str, ids))
    if entity in TAGGED:
        change.sql(f"DELETE FROM tag WHERE entity = '{entity}' AND entity_id IN ({listed})")
    change.sql(f"DELETE FROM {entity} WHERE id IN ({listed})")


def _slices(ids: list[int], size: int = 5000) -> Iterable[list[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
