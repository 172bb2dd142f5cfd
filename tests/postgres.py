"""PostgreSQL databases that are lent to one test after another: to make one takes a hundred times as long as to empty it."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any

MOST = 50
"""Tests that a database is lent to before it is dropped; what is deleted lies in its files until then."""

_NUMBERS = count(1)
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_COUNTERS = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
_SHAPE = "SELECT count(*), max(attrelid::bigint) FROM pg_attribute"
_OTHERS = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def run(url: str, statement: str) -> Any:
    """Run one statement by itself."""
    with _connected(url, autocommit=True) as connection:
        return connection.execute(statement)


def database(url: str, name: str) -> str:
    """The URL of another database of the same server."""
    base, _, query = url.partition("?")
    return base.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")


@dataclass
class Lent:
    """A database copied from a template, and what the template holds."""

    server: str
    template: str
    name: str = field(default_factory=lambda: f"desk_{next(_NUMBERS)}")
    times: int = 0

    def __post_init__(self) -> None:
        run(self.server, f"CREATE DATABASE {self.name} TEMPLATE {self.template}")
        self.connection = _connected(self.url, autocommit=True, prepare_threshold=None)
        self.connection.execute("SET session_replication_role = replica")  # no foreign key is looked at here
        self.shape = self._value(_SHAPE)
        tables = self.connection.execute(_TABLES).fetchall()
        self.rows = {name: held for (name,) in tables if (held := self._copied_out(name))}
        emptied = [f'DELETE FROM "{name}"' for (name,) in tables]
        counted = [self._counted(name) for (name,) in self.connection.execute(_COUNTERS).fetchall()]
        self.refill = ";".join([*emptied, *counted])

    @cached_property
    def url(self) -> str:
        """Where the store is."""
        return database(self.server, self.name)

    def put_back(self) -> bool:
        """Make it what the template is; whether it may be lent again."""
        self.times += 1
        self.connection.execute(_OTHERS)
        if self.times < MOST and self._value(_SHAPE) == self.shape:
            with self.connection.transaction():
                self._refill()
            return True
        self.connection.close()
        run(self.server, f"DROP DATABASE {self.name} WITH (FORCE)")
        return False

    def _refill(self) -> None:
        self.connection.execute(self.refill)
        for name, held in self.rows.items():
            with self.connection.cursor().copy(f'COPY "{name}" FROM STDIN') as copy:
                copy.write(held)

    def _value(self, sql: str) -> Any:
        return self.connection.execute(sql).fetchone()

    def _counted(self, name: str) -> str:
        """What sets a sequence to where it stands now."""
        last, is_called = self._value(f'SELECT last_value, is_called FROM "{name}"')
        return f"SELECT setval('\"{name}\"', {last}, {is_called})"

    def _copied_out(self, name: str) -> bytes:
        with self.connection.cursor().copy(f'COPY "{name}" TO STDOUT') as copy:
            return b"".join(bytes(one) for one in copy)


def _connected(url: str, **named: Any) -> Any:
    import psycopg  # where there is no PostgreSQL, there need be no driver

    return psycopg.connect(url, **named)


class Shelf:
    """The databases of one session that wait to be lent, by template."""

    def __init__(self, server: str) -> None:
        self.server = server
        self._waiting: dict[str, list[Lent]] = {}

    def lend(self, template: str) -> Lent:
        """One that is as the template, a new one if none waits."""
        waiting = self._waiting.setdefault(template, [])
        return waiting.pop() if waiting else Lent(self.server, template)

    def take_back(self, lent: Lent) -> None:
        """Empty one that a test is done with."""
        if lent.put_back():
            self._waiting[lent.template].append(lent)

    def close(self) -> None:
        """Let go of all that wait; they end with their server."""
        for waiting in self._waiting.values():
            for lent in waiting:
                lent.connection.close()
