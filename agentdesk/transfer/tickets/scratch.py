"""Where the tickets of a file lie between reading and writing: a private database in a temporary folder.

A ticket is decided when all its rows, and all that name it, were read: so all are read first, and memory does not grow
with them. Its rows, what they name, who stands beside them and what was rejected lie here, tickets in the order of the
file.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from agentdesk.store import sqlite

_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -8000;
PRAGMA temp_store = FILE;
CREATE TABLE ticket (id INTEGER PRIMARY KEY, key BLOB UNIQUE, line TEXT, known_id INTEGER);
CREATE TABLE run (id INTEGER PRIMARY KEY, ticket_id INTEGER, data BLOB);
CREATE INDEX by_ticket ON run (ticket_id, id);
CREATE TABLE also (key BLOB PRIMARY KEY, ticket_id INTEGER) WITHOUT ROWID;
CREATE TABLE said (id INTEGER PRIMARY KEY, key BLOB);
CREATE TABLE word (place TEXT, key BLOB, data TEXT, PRIMARY KEY (place, key)) WITHOUT ROWID;
CREATE TABLE seen (key BLOB, sign BLOB, PRIMARY KEY (key, sign)) WITHOUT ROWID;
CREATE TABLE broken (id INTEGER PRIMARY KEY, key BLOB UNIQUE, line TEXT);
CREATE TABLE fault (id INTEGER PRIMARY KEY, line INTEGER, data BLOB);
CREATE TABLE link (id INTEGER PRIMARY KEY, one BLOB, other BLOB, kind TEXT, is_news INTEGER,
  UNIQUE (one, other, kind));
CREATE TABLE thing (id INTEGER PRIMARY KEY, data TEXT, made INTEGER);
CREATE TABLE called (place TEXT, key BLOB, id INTEGER, PRIMARY KEY (place, key, id)) WITHOUT ROWID;
CREATE TABLE comment (id INTEGER PRIMARY KEY, key BLOB, is_used INTEGER, data TEXT);
CREATE INDEX by_key ON comment (key, id);
"""


class TicketScratch:
    """The private database of one import; close it at the end."""

    def __init__(self) -> None:
        """Make it."""
        self._folder = tempfile.TemporaryDirectory(prefix="agentdesk-")  # 0700
        self._connection = sqlite.driver().connect(
            f"{self._folder.name}/tickets.db", isolation_level=None, check_same_thread=False
        )
        self._connection.executescript(_TABLES)
        self._connection.execute("BEGIN")

    def close(self) -> None:
        """Throw it away."""
        self._connection.close()
        self._folder.cleanup()

    def run(self, sql: str, *values: Any) -> int:
        """Do one statement; the number of the row it made."""
        return int(self._connection.execute(sql, values).lastrowid)

    def run_all(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Do one statement for each of some rows."""
        self._connection.executemany(sql, rows)

    def one(self, sql: str, *values: Any) -> Any:
        """The first row that is found, or None."""
        return self._connection.execute(sql, values).fetchone()

    def value(self, sql: str, *values: Any) -> Any:
        """The first column of the first row that is found, or None."""
        found = self._connection.execute(sql, values).fetchone()
        return None if found is None else found[0]

    def walk(self, sql: str, *values: Any) -> Iterator[Any]:
        """Every row that is found, one by one."""
        return iter(self._connection.execute(sql, values))


def key_of(text: str) -> bytes:
    """A foreign text as a key: whatever it holds."""
    return text.encode("utf-8", "surrogatepass")


def text_of(key: bytes) -> str:
    """The text of `key_of`."""
    return key.decode("utf-8", "surrogatepass")
