"""An empty store takes in a whole desk: in one transaction, with its numbers, its journal and its counters, or not at all.

No change tells of it and nothing is derived anew, because the journal and the clocks that come in are the desk's own.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Connection

from agentdesk.domain.errors import AgentDeskError, StoreError
from agentdesk.domain.instants import from_iso, to_store
from agentdesk.domain.safe_text import REPLACEMENT, line
from agentdesk.store import fulltext
from agentdesk.store.store import Store
from agentdesk.store.whole import APART, Cell, columns, counted, tables

_SET_UP: Final = ("queue_member", "setting", "ticket_seen", "queue", "agent", "journal", "change")
"""What a desk has that was just made, or only looked at: its first admin, a queue, and how that came to be."""
Row = Mapping[str, Any]


class NotEmptyError(AgentDeskError):
    """A whole desk was to go into a store that holds one already."""

    def __init__(self, place: object) -> None:
        super().__init__(
            f"{place} is not empty, and a whole desk is imported into an empty store. Name a new one with --store."
        )


class UnfitRowError(AgentDeskError):
    """A row that no store of ours can hold.

    Attributes:
        why: what is wrong with it, as it reads after its place.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(slots=True)
class Refill:
    """One store being filled.

    Attributes:
        is_older: the rows were written before some columns were there.
        replaced: texts in which a NUL became U+FFFD, because PostgreSQL holds none.
    """

    connection: Connection
    is_sqlite: bool
    is_older: bool
    replaced: int = 0

    def put(self, table: str, rows: Iterable[Row], data: Callable[[str], bytes]) -> None:
        """Insert every row of a table.

        Args:
            table: which.
            rows: as `whole.rows` tells them; columns that are left out get their default.
            data: the bytes of a file by its SHA-256.

        Raises:
            UnfitRowError: a value is of another kind than its column.
        """
        made = self._made(table, rows, data)
        names = [*columns(table), *([APART[1]] if table == APART[0] else [])]
        cursor = self.connection.connection.cursor()
        if self.is_sqlite:
            marks = ", ".join("?" * len(names))
            insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"
            cursor.executemany(insert, cast("Sequence[Sequence[Any]]", made))  # read one by one
            return
        with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
            for values in made:
                copy.write_row(values)

    def count(self, counters: Mapping[str, int]) -> None:
        """Let new rows get numbers after the last ones that were ever given out."""
        cursor = self.connection.connection.cursor()
        for name, table in tables().items():
            if "id" not in table.c or (self.is_sqlite and name not in counted()):
                continue
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {name}")
            (highest,) = cursor.fetchone() or (0,)
            last = max(int(highest), counters.get(name, 0))
            if self.is_sqlite:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, last))
            else:
                cursor.execute(f"SELECT setval('{name}_id_seq', {max(last, 1)}, {last > 0})")

    def _made(self, table: str, rows: Iterable[Row], data: Callable[[str], bytes]) -> Iterator[Sequence[Any]]:
        takers = [(name, self._taker(table, name, cell)) for name, cell in columns(table).items()]
        for row in rows:
            if unknown := row.keys() - columns(table).keys():
                raise UnfitRowError(f"{line(min(unknown))} is no column")
            values = [take(row.get(name, _MISSING)) for name, take in takers]
            yield [*values, data(str(row["sha256"]))] if table == APART[0] else values

    def _taker(self, table: str, name: str, cell: Cell) -> Callable[[Any], Any]:
        """What makes a value of a column of what JSON holds.

        Raises:
            UnfitRowError: the value is of another kind.
        """
        column = tables()[table].c[name]
        kinds, make = _KINDS[cell], self._maker(cell)

        def take(value: Any) -> Any:
            if value is _MISSING:
                value = self._default(table, name)
            if value is None and cell is not Cell.JSON and column.nullable:
                return None
            if value is None and cell is Cell.JSON:
                return None if column.nullable else "null"
            if not isinstance(value, kinds) or (cell is Cell.NUMBER and isinstance(value, bool)):
                raise UnfitRowError(f"{name} cannot be {line(json.dumps(value))[:60]}")
            try:
                return make(value)
            except (ValueError, binascii.Error):
                raise UnfitRowError(f"{name} cannot be {line(json.dumps(value))[:60]}") from None

        return take

    def _default(self, table: str, name: str) -> Any:
        """The value of a column that was not there yet when the rows were written.

        Raises:
            UnfitRowError: it was, or has none.
        """
        column = tables()[table].c[name]
        default: Any = column.default if self.is_older else None
        if default is not None:
            return default.arg if default.is_scalar else default.arg(None)
        if self.is_older and column.nullable:
            return None
        raise UnfitRowError(f"{name} is missing")

    def _maker(self, cell: Cell) -> Callable[[Any], Any]:
        makers: dict[Cell, Callable[[Any], Any]] = {
            Cell.INSTANT: lambda text: self._instant(from_iso(text)),
            Cell.JSON: json.dumps,
            Cell.BYTES: lambda text: base64.b64decode(text, validate=True),
            Cell.FLAG: int if self.is_sqlite else bool,
            Cell.NUMBER: int,
            Cell.TEXT: str if self.is_sqlite else self._text,
        }
        return makers[cell]

    def _instant(self, at: datetime) -> Any:
        return to_store(at) if self.is_sqlite else at

    def _text(self, text: str) -> str:
        if "\0" not in text:
            return text
        self.replaced += 1
        return text.replace("\0", REPLACEMENT)


_MISSING: Final = object()
_KINDS: Final[Mapping[Cell, Any]] = {
    Cell.TEXT: str,
    Cell.NUMBER: int,
    Cell.FLAG: bool,
    Cell.INSTANT: str,
    Cell.JSON: object,
    Cell.BYTES: str,
}


@contextmanager
def refill(store: Store, *, is_older: bool = False) -> Iterator[Refill]:
    """A transaction in which an empty store is filled; leave the block normally to commit.

    Args:
        store: which.
        is_older: the rows may lack columns that came later.

    Raises:
        NotEmptyError: there is more in it than what a new store has.
        StoreError: the rows do not fit together, or the disk does not take them; nothing was written.
    """
    try:
        with store.engine.begin() as connection:
            done = Refill(connection, store.location.is_sqlite, is_older)
            _empty(done, store)
            yield done
            if done.is_sqlite:
                _learn(connection)
    except _driver_errors(store) as error:
        told = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise StoreError(f"{store.location} took nothing: {told}.") from None


def _empty(done: Refill, store: Store) -> None:
    """Make sure that nothing is in the store, and take out what its making put there."""
    connection = done.connection
    if done.is_sqlite:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")  # a row may refer to a later one
    else:
        connection.exec_driver_sql(f"LOCK TABLE {', '.join(tables())} IN ACCESS EXCLUSIVE MODE")
    told = connection.exec_driver_sql("SELECT origin, actor_id FROM change LIMIT 2").all()
    is_new = not told or [tuple(one) for one in told] == [("system", None)]
    others = [name for name in tables() if name not in _SET_UP]
    if not is_new or any(
        connection.exec_driver_sql(f"SELECT 1 FROM {name} LIMIT 1").first() for name in others
    ):
        raise NotEmptyError(store.location)
    for name in ("looking", *_SET_UP):
        connection.exec_driver_sql(f"DELETE FROM {name}")


def _learn(connection: Connection) -> None:
    for entity in fulltext.COLUMNS:
        connection.exec_driver_sql(f"INSERT INTO {entity}_text({entity}_text) VALUES ('rebuild')")


def _driver_errors(store: Store) -> tuple[type[Exception], ...]:
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415  beside the driver's own

    if store.location.is_sqlite:
        from agentdesk.store.sqlite import driver  # noqa: PLC0415  the one that is in use

        return (DBAPIError, driver().Error)
    import psycopg  # noqa: PLC0415  only a PostgreSQL store needs it

    return (DBAPIError, psycopg.Error)
