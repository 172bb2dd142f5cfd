"""The one way to write: a transaction with an actor and a clock, whose every row is told to the journal.

Operations change objects and then `record` an event; the before and after of each field are read from the session
itself. Rows that were flushed without an event make the whole transaction fail. Where no field moved, nothing is told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Engine, event, insert, inspect, text
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, SQLModel, col, delete, select

from agentdesk.domain.actor import Actor
from agentdesk.domain.already import Already
from agentdesk.domain.clock import Clock
from agentdesk.domain.errors import ConflictError, NotFoundError, StoreError, UnrecordedChangeError
from agentdesk.domain.events import Event
from agentdesk.domain.instants import ago_text
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import Origin
from agentdesk.models import ChangeRow, Journal, Tag
from agentdesk.store import fulltext, history
from agentdesk.store.derived import DERIVED, TAGGED, derive, tag_rows
from agentdesk.store.reader import Reader
from agentdesk.store.touched import Touches

Table = TypeVar("Table", bound=SQLModel)
UNJOURNALED = frozenset(
    {"change", "journal", "draft", "tag", "import_batch", "sla_clock", "sla_pause", "sla_step"}
)
"""The journal itself, what is derived, and what is not yet said."""


@dataclass(slots=True)
class _Touched:
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
class Change:
    """One transaction; use it as a context manager, leave it normally to commit.

    Attributes:
        at: the instant of everything this change does, unless an event names its own.
        summary: what the undo list and the toast call it; the first event's sentence unless set.
        id: its number once something was recorded: what `undo` takes.
        already: what was asked for and was so before; all there is to say where `id` stays None.
        settle: what brings derived clocks in step before the commit; see `services/clocks.py`.
        touches: what its journal speaks of.
        besides: what a ticket does beside what was asked, as it reads after it: `becomes yours`.
    """

    engine: Engine
    clock: Clock
    actor: Actor
    origin: Origin
    settle: Callable[["Change"], None] | None = None
    key: str | None = None
    batch_id: int | None = None
    summary: str = ""
    undo_of_id: int | None = None
    already: list[Already] = field(init=False, default_factory=list)
    besides: str = field(init=False, default="")
    touches: Touches = field(init=False, default_factory=Touches)
    at: datetime = field(init=False)
    session: Session = field(init=False)
    id: int | None = field(init=False, default=None)
    _touched: list[_Touched] = field(init=False, default_factory=list)
    _journal: list[dict[str, Any]] = field(init=False, default_factory=list)
    _written: int = field(init=False, default=0)
    _stale: dict[str, list[int]] = field(init=False, default_factory=dict)

    def __enter__(self) -> Self:
        self.at = self.clock.now()
        self.session = Session(self.engine, autoflush=False, expire_on_commit=False)
        event.listen(self.session, "before_flush", self._before_flush)
        event.listen(self.session, "after_flush", self._after_flush)
        try:
            self.session.connection()
        except BaseException:
            self.session.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
            else:
                self.session.rollback()
        finally:
            self.session.close()

    @property
    def is_sqlite(self) -> bool:
        """For the rooms of `store/` only."""
        return self.engine.dialect.name == "sqlite"

    def get(self, model: type[Table], row_id: int, expected_version: int | None = None) -> Table:
        """The row, locked for this transaction.

        Raises:
            NotFoundError: there is none.
            ConflictError: `expected_version` is given and the row has moved on; says who changed what.
        """
        try:
            row = self.session.get(model, row_id, with_for_update=True)
        except StaleDataError:  # found without a lock before, and moved on since
            self.session.expire(self.session.identity_map[self.session.identity_key(model, row_id)])
            row = self.session.get(model, row_id, with_for_update=True)
        entity = str(model.__tablename__)
        if row is None:
            raise NotFoundError(
                entity.replace("_", " "), ticket_ref(row_id) if entity == "ticket" else row_id
            )
        version = getattr(row, "version", None)
        if expected_version is not None and version != expected_version:
            raise self._conflict(row, entity, row_id, expected_version)
        return row

    def _conflict(self, row: SQLModel, entity: str, row_id: int, version: int) -> ConflictError:
        news = history.changes_since(self.session, entity, row_id, version)
        named = getattr(row, "name", "") or f"{entity.replace('_', ' ')} {row_id}"
        what = ticket_ref(row_id) if entity == "ticket" else named
        ago = "" if news.at is None else ago_text(self.at - news.at)
        return ConflictError(what, " and ".join(news.who), news.changes, deeds=news.deeds, ago=ago)

    def find(self, model: type[Table], *conditions: Any) -> Table | None:
        """The first row that meets the conditions, or None."""
        return self.session.exec(select(model).where(*conditions).limit(1)).first()

    def find_all(self, model: type[Table], *conditions: Any) -> Sequence[Table]:
        """Every row that meets the conditions, by primary key."""
        return self.session.exec(select(model).where(*conditions).order_by(*inspect(model).primary_key)).all()

    def add(self, row: Table) -> Table:
        """Insert a row now, so that it has its id; the next `record` journals it."""
        self.session.add(row)
        self.session.flush()
        return row

    def remove(self, row: SQLModel) -> None:
        """Delete a row; the next `record` journals it."""
        self.session.delete(row)
        self.session.flush()

    def record(
        self, what: Event, about: SQLModel | None, *, reason: str = "", at: datetime | None = None
    ) -> bool:
        """Journal everything touched since the last event under this one; nothing, where nothing was touched.

        Args:
            what: the event.
            about: the row the event is about; it gets a journal row even if only other rows were touched.
                None where it is about each touched row alike, as when a change is taken back.
            reason: words of the actor, shown in the timeline.
            at: when it happened, where that is not now.

        Returns:
            Whether there was anything to journal.
        """
        self.session.flush()
        touched, self._touched = self._touched, []
        if about is not None and not touched:
            return False
        if about is not None and not any(one.row is about for one in touched):
            touched.insert(0, _look(about, None, None))
        change_id = self._header(what)
        rows = [
            {
                "change_id": change_id,
                "at": at or self.at,
                "actor_id": self.actor.id,
                "event": what.value,
                "is_main": about is None or one.row is about,
                "entity": one.entity,
                "entity_id": one.entity_id,
                "version": one.version,
                "ticket_id": one.ticket_id,
                "customer_id": one.customer_id,
                "before": one.before,
                "after": one.after,
                "reason": reason if about is None or one.row is about else "",
            }
            for one in touched
        ]
        self._keep(rows)
        return True

    @property
    def journal(self) -> Sequence[Mapping[str, Any]]:
        """What this change will have written once it commits: the plan, where it is rolled back instead."""
        return tuple(self._journal)

    def sql(self, statement: str, params: Any = None) -> Any:
        """Run portable SQL inside this transaction; a list of mappings runs it once for each."""
        return self.session.connection().execute(text(statement), params or {})

    def reader(self) -> Reader:
        """The store as this transaction sees it, what was set here included; nobody in particular looks."""
        self.session.flush()
        connection = self.session.connection().connection.driver_connection
        return Reader(connection, self.is_sqlite, self.at)

    def _header(self, what: Event) -> int:
        if self.id is None:
            row = ChangeRow(
                at=self.at,
                actor_id=self.actor.id,
                origin=self.origin.value,
                summary=self.summary or what.value,
                key=self.key,
                undo_of_id=self.undo_of_id,
                batch_id=self.batch_id,
            )
            self.session.add(row)
            self.session.flush()
            self.id = row.id
        assert self.id is not None
        return self.id

    def write_journal(self, rows: Sequence[dict[str, Any]], what: Event) -> None:
        """Add ready journal rows of a bulk load; a row's own `event`, `actor_id` and `at` win over the change's."""
        fixed = {"change_id": self._header(what), "actor_id": self.actor.id, "event": what.value}
        empty = {
            "version": None,
            "ticket_id": None,
            "customer_id": None,
            "reason": "",
            "is_main": True,
            "at": self.at,
        }
        self._keep([{**empty, **fixed, **row} for row in rows])

    def _keep(self, rows: Sequence[dict[str, Any]]) -> None:
        self._journal += rows
        self.touches.mind(rows)

    def put_down(self) -> None:
        """Write the journal so far, so that what reads it inside this transaction sees it all."""
        if self._journal[self._written :]:
            self.session.connection().execute(insert(Journal), self._journal[self._written :])
            self._written = len(self._journal)

    def _finish(self) -> None:
        try:
            self.session.flush()
            self._refuse_unrecorded()
            if self.settle is not None and self.touches:
                self.settle(self)
            self.put_down()
            self.session.commit()
        except BaseException:
            self.session.rollback()
            raise

    def _refuse_unrecorded(self) -> None:
        if self._touched:
            raise UnrecordedChangeError([one.entity for one in self._touched])

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
            self._touched.append(_look(row, before, after))

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


def _look(row: SQLModel, before: dict[str, Any] | None, after: dict[str, Any] | None) -> _Touched:
    entity = _entity(row)
    keys = inspect(row).mapper.primary_key_from_instance(row)
    if keys[0] is None:
        raise StoreError(f"A {entity} was recorded before it was added.")
    row_id = int(keys[0])
    ticket_id = row_id if entity == "ticket" else getattr(row, "ticket_id", None)
    customer_id = row_id if entity == "customer" else getattr(row, "customer_id", None)
    return _Touched(entity, row_id, getattr(row, "version", None), ticket_id, customer_id, before, after, row)


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
