"""One open store: hands out snapshots to read and changes to write, and closes what it opened.

The writing side is imported on the first write, so that reading pays for nothing it does not use.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from agentdesk.domain.actor import Actor
from agentdesk.domain.clock import Clock
from agentdesk.domain.errors import StoreError
from agentdesk.domain.vocabulary import Origin
from agentdesk.store import sqlite
from agentdesk.store.gate import Gate
from agentdesk.store.location import Location, parse_location
from agentdesk.store.reader import Reader, begin, is_lost, snapshot

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from agentdesk.store.change import Change


_NEWS = (
    "SELECT (SELECT max(id) FROM change), "
    # One that was numbered before the newest and committed after it.
    "(SELECT count(*) FROM change WHERE id > (SELECT max(id) FROM change) - 100), "
    "(SELECT count(*) FROM draft WHERE agent_id = :me), (SELECT max(saved_at) FROM draft WHERE agent_id = :me), "
    "(SELECT max(seen_at) FROM notice WHERE agent_id = :me), (SELECT max(at) FROM ticket_seen WHERE agent_id = :me)"
)


class Store:
    """A store at a place; safe to use from several threads.

    Attributes:
        settle: what every change does before it commits; whoever puts the floors together says it.
    """

    settle: "Callable[[Change], None] | None" = None

    def __init__(self, location: Location, *, created: bool) -> None:
        self.location = location
        self.created = created
        self._local = threading.local()
        self._readers: list[Any] = []
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._gate = Gate()

    @classmethod
    def open(cls, place: str) -> "Store":
        """Open the store, creating or moving it on where needed.

        Raises:
            StoreError: the place is unfit, not ours, newer than this program, or unreachable.
        """
        location = parse_location(place)
        if location.path is not None and cls._is_ready(location):
            return cls(location, created=False)
        from agentdesk.store import schema  # noqa: PLC0415  a store that is ready needs no migration tool

        return cls(location, created=schema.prepare(location))

    @staticmethod
    def _is_ready(location: Location) -> bool:
        path = location.path
        assert path is not None
        sqlite.check_place(path)
        if not path.exists() or path.stat().st_size == 0:
            return False
        return sqlite.schema_version(path) == sqlite.SCHEMA_VERSION

    @contextmanager
    def read(self, now: datetime, agent_id: int | None = None) -> Iterator[Reader]:
        """One consistent snapshot, as of which `now` is the present.

        Raises:
            ClosedError: the store is closed.
            StoreError: its server is away.
        """
        with (
            self._gate.inside(),
            snapshot(self._begun(), is_sqlite=self.location.is_sqlite, now=now, agent_id=agent_id) as reader,
        ):
            yield reader

    def change(
        self,
        clock: Clock,
        actor: Actor,
        origin: Origin,
        *,
        key: str | None = None,
        batch_id: int | None = None,
        summary: str = "",
    ) -> "Change":
        """A transaction that may write; see `Change`."""
        from agentdesk.store.change import Change  # noqa: PLC0415  the ORM is only for writing

        return Change(
            self.engine, clock, actor, origin, self.settle, key=key, batch_id=batch_id, summary=summary
        )

    @property
    def engine(self) -> "Engine":
        """The writing engine, made on first use."""
        with self._lock:
            if self._engine is None:
                from agentdesk.store.engine import writing_engine  # noqa: PLC0415  the ORM is only for writing

                self._engine = writing_engine(self.location)
            return self._engine

    def data_version(self) -> Any:
        """A value that differs once another process has committed; cheap enough to ask every second."""
        asked = "PRAGMA data_version" if self.location.is_sqlite else "SELECT max(id) FROM change"
        with self._gate.inside():
            return self._connection().execute(asked).fetchone()[0]

    def news(self, now: datetime, agent_id: int | None) -> Any:
        """A value that differs once something was saved that an agent's screens show; who looks at what is no news.

        On SQLite it costs one pragma as long as nobody has committed anything; each thread has a memory of its own.
        """
        version = self.data_version() if self.location.is_sqlite else None
        known = getattr(self._local, "news", None)
        if known is not None and version is not None and known[0] == version:
            return known[1]
        with self.read(now, agent_id) as read:
            news = read.tuples(_NEWS, {"me": agent_id})[0]
        self._local.news = (version, news)
        return news

    def close(self) -> None:
        """Close every connection this store opened, once those who read have ended; later reads are refused."""
        is_empty = self._gate.shut()
        with self._lock:
            for connection in self._readers if is_empty else ():  # never under a read that does not end
                connection.close()
            self._readers.clear()
            self._local = threading.local()
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    def remove_unused(self) -> bool:
        """Take a closed store away again that this process made and nobody wrote to; a database on a server stays.

        Returns:
            Whether it is gone.
        """
        path = self.location.path
        return self.created and path is not None and sqlite.remove_unused(path)

    def _begun(self) -> Any:
        """This thread's connection with a transaction begun; opened again where its server was away meanwhile."""
        connection = self._connection()
        try:
            begin(connection, is_sqlite=self.location.is_sqlite)
        except Exception:
            if not is_lost(connection):
                raise
            begin(connection := self._connection(), is_sqlite=self.location.is_sqlite)
        return connection

    def _connection(self) -> Any:
        had = getattr(self._local, "connection", None)
        if had is not None and not is_lost(had):
            return had
        self._local.connection = None
        connection = self._connect()
        self._local.connection = connection
        with self._lock:
            self._readers = [*(one for one in self._readers if one is not had), connection]
        return connection

    def _connect(self) -> Any:
        if self.location.path is not None:
            return sqlite.connect(self.location.path, read_only=True)
        try:
            import psycopg  # noqa: PLC0415  only a PostgreSQL store needs it

            return psycopg.connect(
                str(self.location.url),
                autocommit=True,
                options="-c timezone=UTC -c default_transaction_read_only=on",
            )
        except ImportError:
            raise StoreError("PostgreSQL needs its driver: pip install 'agentdesk[postgres]'.") from None
        except psycopg.OperationalError:
            raise StoreError(f"{self.location} cannot be reached now. Try again in a moment.") from None
