"""What a flush does to rows: derived columns before it, tags and full text with it, and each touched row noted down.

The before and after of a field are read from the session itself, so that no operation can forget to tell one.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import event, insert, inspect
from sqlmodel import Session, SQLModel, col, delete

from agentdesk.domain.errors import StoreError
from agentdesk.models import Tag
from agentdesk.store import fulltext, history
from agentdesk.store.derived import DERIVED, TAGGED, derive, tag_rows

UNJOURNALED = frozenset(
    {
        *(
            "change",
            "journal",
            "draft",
            "tag",
            "import_batch",
            "import_chunk",
            "sla_clock",
            "sla_pause",
            "sla_step",
        ),
        *("blob", "looking", "ticket_seen"),
    }
)
"""The journal itself, what is derived, what is not yet said, and what nothing happens by."""


@dataclass(slots=True)
class Touched:
    """A row that was flushed and waits for its event."""

    entity: str
    entity_id: int
    version: int | None
    ticket_id: int | None
    customer_id: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    row: SQLModel


@dataclass(slots=True)
class Flushes:
    """Follows the flushes of one session.

    Attributes:
        session: which.
        at: the instant new and changed rows carry.
        is_sqlite: full text has to be kept in step by hand there.
        touched: rows that wait for their event, in the order of their flushes.
    """

    session: Session
    at: datetime
    is_sqlite: bool
    touched: list[Touched] = field(init=False, default_factory=list)
    _stale: dict[str, list[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Listen from now on."""
        event.listen(self.session, "before_flush", self._before_flush)
        event.listen(self.session, "after_flush", self._after_flush)

    def take(self) -> list[Touched]:
        """What was touched since the last call."""
        taken, self.touched = self.touched, []
        return taken

    def _before_flush(self, session: Session, *_: object) -> None:
        for row in session.new:
            _set_derived(row)
            for name in ("created_at", "updated_at"):
                if name in type(row).model_fields and getattr(row, name, None) is None:
                    setattr(row, name, self.at)
        changed = [row for row in session.dirty if session.is_modified(row)]
        for row in changed:
            _set_derived(row)
            if "updated_at" in type(row).model_fields:
                row.updated_at = self.at
        self._stale = {}
        for row in (*changed, *session.deleted):
            self._stale.setdefault(_entity(row), []).append(int(inspect(row).identity[0]))
        if self.is_sqlite:
            for entity, ids in self._stale.items():
                fulltext.forget(self._execute, entity, ids)

    def _after_flush(self, session: Session, *_: object) -> None:
        fresh: dict[str, list[int]] = {}
        for row in session.new:
            self._note(row, None, _values(row))
            fresh.setdefault(_entity(row), []).append(
                int(inspect(row).mapper.primary_key_from_instance(row)[0])
            )
        for row in session.dirty:
            before, after = _difference(row)
            if after:
                self._note(row, before, after)
            fresh.setdefault(_entity(row), []).extend(
                [inspect(row).identity[0]] if _is_stale(self._stale, row) else []
            )
        for row in session.deleted:
            self._note(row, _values(row), None)
        if self.is_sqlite:
            for entity, ids in fresh.items():
                fulltext.learn(self._execute, entity, ids)
        self._retag(session)

    def _retag(self, session: Session) -> None:
        for row in (*session.new, *session.dirty, *session.deleted):
            entity = _entity(row)
            if entity not in TAGGED or not (
                inspect(row).attrs.tags.history.has_changes() or row in session.deleted
            ):
                continue
            connection = session.connection()
            connection.execute(delete(Tag).where(col(Tag.entity) == entity, col(Tag.entity_id) == row.id))
            rows = [] if row in session.deleted else tag_rows(entity, row.id, row.tags)
            if rows:
                connection.execute(insert(Tag), rows)

    def _note(self, row: SQLModel, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        if _entity(row) not in UNJOURNALED:
            self.touched.append(look(row, before, after))

    def _execute(self, statement: str) -> Any:
        return self.session.connection().exec_driver_sql(statement)


def _entity(row: SQLModel) -> str:
    return str(type(row).__tablename__)


def _is_stale(stale: dict[str, list[int]], row: SQLModel) -> bool:
    return int(inspect(row).identity[0]) in stale.get(_entity(row), ())


def _set_derived(row: SQLModel) -> None:
    if _entity(row) in DERIVED:
        for name, value in derive(_entity(row), vars(row)).items():
            if getattr(row, name) != value:
                setattr(row, name, value)


def look(row: SQLModel, before: dict[str, Any] | None, after: dict[str, Any] | None) -> Touched:
    """A row as its journal row will tell it.

    Raises:
        StoreError: it has no number yet.
    """
    entity = _entity(row)
    keys = inspect(row).mapper.primary_key_from_instance(row)
    if keys[0] is None:
        raise StoreError(f"A {entity} was recorded before it was added.")
    row_id = int(keys[0])
    ticket_id = row_id if entity == "ticket" else getattr(row, "ticket_id", None)
    customer_id = row_id if entity == "customer" else getattr(row, "customer_id", None)
    return Touched(entity, row_id, getattr(row, "version", None), ticket_id, customer_id, before, after, row)


def _journaled(row: SQLModel) -> list[str]:
    skipped = {"version", "updated_at", *DERIVED.get(_entity(row), ())}
    return [name for name in type(row).model_fields if name not in skipped]


def _values(row: SQLModel) -> dict[str, Any]:
    return {name: history.encode(getattr(row, name)) for name in _journaled(row)}


def _difference(row: SQLModel) -> tuple[dict[str, Any], dict[str, Any]]:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    attributes = inspect(row).attrs
    for name in _journaled(row):
        past = attributes[name].history
        old, new = (past.deleted or (None,))[0], (past.added or (None,))[0]
        if past.has_changes() and old != new:
            before[name], after[name] = history.encode(old), history.encode(new)
    return before, after
