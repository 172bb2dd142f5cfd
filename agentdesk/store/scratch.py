"""A private database beside the store, for work that would not fit into memory: keys that rows share, and the pairs.

It lies in a temporary folder of its user alone and goes when it is closed.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from types import TracebackType
from typing import Final, Self

from agentdesk.store import sqlite

Pair = tuple[int, int]
Scored = tuple[int, int, int, tuple[str, ...]]
"""Score, both ids, reasons."""
_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -16000;
PRAGMA temp_store = FILE;
CREATE TABLE key (key INTEGER, id INTEGER);
CREATE TABLE pair (one INTEGER, other INTEGER, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE wanted (id INTEGER PRIMARY KEY);
CREATE TABLE scored (score INTEGER, one INTEGER, other INTEGER, reasons TEXT);
"""


class PairScratch:
    """Keys go in, blocks of ids that share one come out; pairs go in, and come out scored, the best first."""

    def __init__(self) -> None:
        """Make the database."""
        self._folder = tempfile.TemporaryDirectory(prefix="agentdesk-")  # 0700
        self._connection = sqlite.driver().connect(
            f"{self._folder.name}/pairs.db", isolation_level=None, check_same_thread=False
        )
        self._connection.executescript(_TABLES)
        self._connection.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Throw it away."""
        self._connection.close()
        self._folder.cleanup()

    def add_keys(self, rows: Sequence[tuple[int, int]]) -> None:
        """Let ids be found by keys, each pair of them once; both are numbers of 63 bits."""
        self._connection.executemany("INSERT INTO key VALUES (?, ?)", rows)

    def blocks(self) -> Iterator[tuple[int, list[int]]]:
        """Every key that several ids share, with the ids, ascending; call it once all keys are there."""
        self._connection.execute("CREATE INDEX by_key ON key (key, id)")
        walk = self._connection.cursor().execute("SELECT key, id FROM key ORDER BY key, id")
        for key, rows in groupby(
            walk, key=lambda row: row[0]
        ):  # in the order of the index: nothing is sorted
            ids = [row_id for _, row_id in rows]
            if len(ids) > 1:
                yield key, ids

    def sharers(self, key: int) -> int:
        """How many ids share a key."""
        found = self._connection.execute("SELECT count(DISTINCT id) FROM key WHERE key = ?", (key,))
        return int(found.fetchone()[0])

    def add_pairs(self, pairs: Iterable[Pair]) -> None:
        """Remember pairs, the smaller id first; one that is known already is no second one."""
        self._connection.executemany("INSERT OR IGNORE INTO pair VALUES (?, ?)", pairs)

    def drop_pairs(self, pairs: Iterable[Pair]) -> None:
        """Forget pairs."""
        self._connection.executemany("DELETE FROM pair WHERE one = ? AND other = ?", pairs)

    def keep_pairs_of(self, ids: Iterable[int]) -> None:
        """Forget every pair of which neither is among these ids."""
        self._connection.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((one,) for one in ids))
        self._connection.execute(
            "DELETE FROM pair WHERE one NOT IN (SELECT id FROM wanted) AND other NOT IN (SELECT id FROM wanted)"
        )

    def pairs(self, size: int) -> Iterator[list[Pair]]:
        """All pairs by their ids, some at a time."""
        cursor = self._connection.cursor().execute("SELECT one, other FROM pair ORDER BY one, other")
        while some := cursor.fetchmany(size):
            yield some

    def add_scored(self, rows: Iterable[Scored]) -> None:
        """Remember what pairs are worth."""
        self._connection.executemany(
            "INSERT INTO scored VALUES (?, ?, ?, ?)",
            ((score, one, other, json.dumps(reasons)) for score, one, other, reasons in rows),
        )

    def scored(self) -> Iterator[Scored]:
        """The best first, then by ids."""
        cursor = self._connection.cursor().execute(
            "SELECT score, one, other, reasons FROM scored ORDER BY score DESC, one, other"
        )
        for score, one, other, reasons in cursor:
            yield score, one, other, tuple(json.loads(reasons))

    def count_scored(self) -> int:
        """How many pairs are worth telling."""
        return int(self._connection.execute("SELECT count(*) FROM scored").fetchone()[0])
