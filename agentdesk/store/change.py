"""The one way to write: a transaction with an actor and a clock, whose every row is told to the journal.

Operations change objects and then `record` an event; the before and after of each field are read from the session
itself. Rows that were flushed without an event make the whole transaction fail. Where no field moved, nothing is told.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Engine, insert, inspect, text
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, SQLModel, select

from agentdesk.domain.actor import Actor
from agentdesk.domain.already import Already
from agentdesk.domain.clock import Clock, ToldClock
from agentdesk.domain.errors import ConflictError, NotFoundError, UnrecordedChangeError
from agentdesk.domain.events import Event
from agentdesk.domain.instants import ago_text
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import Origin
from agentdesk.models import ChangeRow, Journal
from agentdesk.store import history, told
from agentdesk.store.flushes import Flushes, look
from agentdesk.store.reader import Reader
from agentdesk.store.touched import Touches

Table = TypeVar("Table", bound=SQLModel)


@dataclass(slots=True)
class Change:
    """One transaction; use it as a context manager, leave it normally to commit.

    Attributes:
        at: the instant of everything this change does, unless an event names its own.
        written_at: the instant it is written, which the header keeps: another one only where `--as-of` tells `at`.
        summary: what the undo list and the toast call it; the first event's sentence unless set.
        id: its number once something was recorded: what `undo` takes.
        already: what was asked for and was so before; all there is to say where `id` stays None.
        settle: what brings derived clocks in step before the commit; see `services/clocks.py`.
        touches: what its journal speaks of.
        besides: what a ticket does beside what was asked, as it reads after it: `becomes yours`.
        goes_out_at: when a letter of this change leaves the desk; None where none does.
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
    goes_out_at: datetime | None = field(init=False, default=None)
    touches: Touches = field(init=False, default_factory=Touches)
    at: datetime = field(init=False)
    written_at: datetime = field(init=False)
    session: Session = field(init=False)
    id: int | None = field(init=False, default=None)
    _flushes: Flushes = field(init=False)
    _journal: list[dict[str, Any]] = field(init=False, default_factory=list)
    _written: int = field(init=False, default=0)

    def __enter__(self) -> Self:
        self.written_at = told.written_at(self.clock, self.actor)
        self.at = self.clock.now()
        self.session = Session(self.engine, autoflush=False, expire_on_commit=False)
        self._flushes = Flushes(self.session, self.at, self.is_sqlite)
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
            BackwardsError: it is a ticket that something happened on since the instant this change is told.
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
        if (
            entity == "ticket"
        ):  # what is decided on the present row holds for an earlier instant only if it stood so
            self._grow_forwards(row_id, self.at)
        version = getattr(row, "version", None)
        if expected_version is not None and version != expected_version:
            raise self._conflict(row, entity, row_id, expected_version)
        return row

    def _conflict(self, row: SQLModel, entity: str, row_id: int, version: int) -> ConflictError:
        news = history.changes_since(self.session, entity, row_id, version)
        named = getattr(row, "name", "") or f"{entity.replace('_', ' ')} {row_id}"
        what = ticket_ref(row_id) if entity == "ticket" else named
        ago = "" if news.at is None else ago_text(self.at - news.at)
        is_own = news.by == {self.actor.id}
        who = " and ".join(news.who)
        return ConflictError(what, who, news.changes, deeds=news.deeds, ago=ago, is_own=is_own)

    def _grow_forwards(self, ticket_id: int | None, at: datetime) -> None:
        if ticket_id is not None and isinstance(self.clock, ToldClock):
            told.refuse_backwards(self.session, ticket_id, at)

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
        touched = self._flushes.take()
        if about is not None and not touched:
            return False
        if about is not None and not any(one.row is about for one in touched):
            touched.insert(0, look(about, None, None))
        for ticket_id in {one.ticket_id for one in touched}:  # also what was loaded without its ticket
            self._grow_forwards(ticket_id, at or self.at)
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

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of the change that fails alone: where it raises, all it did is taken back and the rest stands."""
        kept = (self.id, self.besides, len(self._journal), len(self.already), len(self._flushes.touched))
        touches, point = self.touches.copy(), self.session.begin_nested()
        try:
            yield
            point.commit()
        except BaseException:
            point.rollback()
            self.touches = touches
            self.id, self.besides, rows, already, touched = kept
            del self._journal[rows:], self.already[already:], self._flushes.touched[touched:]
            self._written = min(self._written, rows)
            raise

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
                at=self.written_at,
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
            "before": None,
            "after": None,
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
        if self._flushes.touched:
            raise UnrecordedChangeError([one.entity for one in self._flushes.touched])
