"""The reading side: portable SQL in, frozen rows out, from one consistent snapshot; it cannot write.

It speaks to the database driver itself, because reads decide how fast the desk opens and the ORM alone takes longer
to import than the console to paint. Parameters are named `:name` in both databases.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache, lru_cache
from itertools import count
from typing import Any, TypeVar, cast, get_type_hints

from agentdesk.domain.errors import StoreError
from agentdesk.domain.instants import from_store, to_store
from agentdesk.store import fulltext

Row = TypeVar("Row")
Params = Mapping[str, Any]
WALK_ROWS = 300
"""Rows that `Reader.walk` holds at a time."""
_WALKS = count()
_NAMED = re.compile(r"(?<![:\w]):([a-z_]\w*)")


@dataclass(slots=True)
class Reader:
    """One snapshot of the store.

    Attributes:
        now: the instant this read is about; aware UTC.
        agent_id: the agent who looks, None for the desk.
    """

    connection: Any
    is_sqlite: bool
    now: datetime
    agent_id: int | None = None

    def rows(self, row: type[Row], sql: str, params: Params | None = None) -> list[Row]:
        """Every result as a `row` dataclass; the selected columns are its fields, in order."""
        cursor = self._execute(sql, params)
        make = _maker(cast("Any", row), tuple(column[0] for column in cursor.description))
        return [make(values) for values in cursor]

    def row(self, row: type[Row], sql: str, params: Params | None = None) -> Row | None:
        """The first result, or None."""
        found = self.rows(row, sql, params)
        return found[0] if found else None

    def tuples(self, sql: str, params: Params | None = None) -> list[tuple[Any, ...]]:
        """Every result as the driver gives it: instants of SQLite are text, see `instant`."""
        return list(self._execute(sql, params))

    def stream(self, sql: str, params: Params | None = None) -> Iterator[tuple[Any, ...]]:
        """The same, one by one, in constant memory."""
        # Not `yield from`: that would close the cursor of a stream left half read, which a store closed since refuses.
        for row in self._execute(sql, params):  # noqa: UP028
            yield row

    def walk(self, sql: str, params: Params | None = None) -> Iterator[list[tuple[Any, ...]]]:
        """The same in lists of at most `WALK_ROWS`, for what may be larger than memory on either side of the wire."""
        with self._opened(sql, params) as cursor:
            while some := cursor.fetchmany(WALK_ROWS):
                yield some

    @contextmanager
    def _opened(self, sql: str, params: Params | None) -> Iterator[Any]:
        """A cursor whose rows stay in the database until they are asked for."""
        if self.is_sqlite:
            yield self._execute(sql, params)
            return
        with self.connection.cursor(name=f"walk_{next(_WALKS)}") as cursor:
            cursor.execute(_percent(sql), dict(params or {}))
            yield cursor

    def value(self, sql: str, params: Params | None = None) -> Any:
        """The first column of the first result, or None."""
        found = self._execute(sql, params).fetchone()
        return None if found is None else found[0]

    def matching(self, entity: str, param: str) -> str:
        """SQL that is true for rows of `entity` whose text matches the search term in `:param`."""
        return fulltext.condition(entity, param, is_sqlite=self.is_sqlite)

    def search_term(self, text: str) -> str:
        """What to bind for `matching`: every word quoted, so that no input is an error."""
        return fulltext.term(text, is_sqlite=self.is_sqlite)

    def phrase_term(self, text: str) -> str:
        """What to bind for `matching` to find the words of `text` side by side."""
        return fulltext.phrase(text, is_sqlite=self.is_sqlite)

    def all_of(self, terms: Sequence[str]) -> str:
        """What to bind for `matching` to find what matches every one of the terms."""
        return fulltext.all_of(terms, is_sqlite=self.is_sqlite)

    def ranked(self, entity: str, param: str, window: str) -> str:
        """SQL for id and score of the newest `:window` matches of `entity`, the best first."""
        return fulltext.ranked(entity, param, window, is_sqlite=self.is_sqlite)

    def newest(self, entity: str, param: str, limit: str) -> str:
        """SQL for the ids of the newest matches of `entity`, at most `:limit`, newest first."""
        return fulltext.newest(entity, param, limit, is_sqlite=self.is_sqlite)

    def holders(self, entity: str, words: Sequence[str], limit: int) -> dict[str, list[int]]:
        """The newest rows of `entity` that hold each word, at most `limit` each: as bounded as one page of a search.

        Args:
            entity: a table of `store.fulltext`.
            words: in small letters, without signs.
            limit: a word in so many rows is told as such and not counted on.
        """
        if self.is_sqlite:
            sql = fulltext.newest(entity, "word", "limit", is_sqlite=True)
            asked = (
                (word, {"word": fulltext.phrase(word, is_sqlite=True), "limit": limit}) for word in words
            )
            return {word: [int(one) for (one,) in self.tuples(sql, params)] for word, params in asked}
        found: dict[str, list[int]] = {word: [] for word in words}
        for word, row_id in self.tuples(fulltext.holders(entity), {"words": list(words)}):
            if len(found[word]) < limit:
                found[word].append(int(row_id))
        return found

    def _execute(self, sql: str, params: Params | None) -> Any:
        bound = {name: _bind(value, is_sqlite=self.is_sqlite) for name, value in (params or {}).items()}
        return self.connection.execute(sql, bound) if self.is_sqlite else self._postgres(sql, bound)

    def _postgres(self, sql: str, bound: dict[str, Any]) -> Any:
        return self.connection.execute(_percent(sql), bound)


@contextmanager
def snapshot(connection: Any, *, is_sqlite: bool, now: datetime, agent_id: int | None) -> Iterator[Reader]:
    """The transaction that was begun: it sees one state of the store, however many queries it takes."""
    try:
        yield Reader(connection, is_sqlite, now, agent_id)
    except Exception as error:
        if is_lost(connection):
            raise StoreError("The store went away while it was read. Try again in a moment.") from error
        raise
    finally:
        if not is_lost(connection):
            connection.execute("ROLLBACK")


def begin(connection: Any, *, is_sqlite: bool) -> None:
    """Begin what `snapshot` ends."""
    connection.execute("BEGIN" if is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")


def is_lost(connection: Any) -> bool:
    """Whether the server went away under a connection; a file does not."""
    return bool(getattr(connection, "closed", False))


def instant(value: Any) -> datetime | None:
    """An instant of `tuples` or `stream`, whatever the driver gave."""
    return from_store(value) if isinstance(value, str) else value


@lru_cache(maxsize=512)
def _percent(sql: str) -> str:
    return _NAMED.sub(r"%(\1)s", sql.replace("%", "%%"))


def _bind(value: Any, *, is_sqlite: bool) -> Any:
    if is_sqlite and isinstance(value, datetime):
        return to_store(value)
    return value


def _json_list(value: Any) -> tuple[Any, ...]:
    return tuple(json.loads(value) if isinstance(value, str) else value or ())


def _mapping(value: Any) -> dict[str, Any]:
    return dict(json.loads(value) if isinstance(value, str) else value or {})


def _converter(hint: Any) -> Callable[[Any], Any] | None:
    names = str(hint)
    if "datetime" in names:
        return instant
    if hint is bool:
        return bool
    if names.startswith(("tuple[str", "tuple[dict")):
        return _json_list
    if names.startswith("dict["):
        return _mapping
    return None


@cache
def _maker(row: Any, columns: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    names = tuple(field.name for field in fields(row))
    if names != tuple(columns):
        raise TypeError(f"{row.__name__} has {names}, the query selects {tuple(columns)}")
    hints = get_type_hints(row)
    converters = [(place, made) for place, name in enumerate(names) if (made := _converter(hints[name]))]

    def make(values: Sequence[Any]) -> Any:
        cells = list(values)
        for place, convert in converters:
            cells[place] = convert(cells[place])
        return row(*cells)

    return make
