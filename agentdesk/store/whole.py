"""A whole store as plain rows: every table in an order that keeps its references, every column as JSON holds it.

What is read is the same on SQLite and PostgreSQL, so that a desk can move from one to the other; see `refill`.
"""

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, Final

from sqlalchemy import JSON, Boolean, DateTime, Integer, LargeBinary, Table
from sqlmodel import SQLModel

import agentdesk.models  # noqa: F401  every table is known by it
from agentdesk.domain.instants import to_iso
from agentdesk.store.reader import Reader, instant

FLEETING: Final = frozenset({"looking"})
"""Who is at a ticket now: nothing of it is true elsewhere."""
APART: Final = ("blob", "data")
"""The column whose values are files: each is kept beside the rows."""


class Cell(StrEnum):
    """What the cells of a column are, as JSON holds them."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    INSTANT = "instant"
    JSON = "json"
    BYTES = "bytes"


@cache
def tables() -> Mapping[str, Table]:
    """Every table that moves, those first that others refer to."""
    return {one.name: one for one in SQLModel.metadata.sorted_tables if one.name not in FLEETING}


@cache
def columns(table: str) -> Mapping[str, Cell]:
    """The columns of a table that are in its rows."""
    return {one.name: _cell(one) for one in tables()[table].columns if (table, one.name) != APART}


def _cell(column: Any) -> Cell:
    kind = getattr(column.type, "impl", column.type)
    kinds: tuple[tuple[type[Any], Cell], ...] = (
        (Boolean, Cell.FLAG),
        (Integer, Cell.NUMBER),
        (DateTime, Cell.INSTANT),
        (JSON, Cell.JSON),
        (LargeBinary, Cell.BYTES),
    )
    return next((cell for known, cell in kinds if isinstance(kind, known)), Cell.TEXT)


def rows(read: Reader, table: str) -> Iterator[list[dict[str, Any]]]:
    """Every row of a table by its key, some at a time."""
    held = columns(table)
    order = ", ".join(_ordered(one, is_sqlite=read.is_sqlite) for one in tables()[table].primary_key)
    # PostgreSQL's driver has read JSON already, and a text in it would be taken for more of it.
    tell = [
        (name, _TELL.get(cell) if read.is_sqlite or cell is not Cell.JSON else None)
        for name, cell in held.items()
    ]
    for some in read.walk(f"SELECT {', '.join(held)} FROM {table} ORDER BY {order}"):
        yield [
            {name: told(value) if told else value for (name, told), value in zip(tell, row, strict=True)}
            for row in some
        ]


def _ordered(column: Any, *, is_sqlite: bool) -> str:
    """A key sorts by the bytes of its text in both databases."""
    is_text = _cell(column) is Cell.TEXT
    return f'{column.name} COLLATE "C"' if is_text and not is_sqlite else str(column.name)


def blob(read: Reader, sha256: str) -> bytes:
    """The bytes of a file."""
    return bytes(read.value("SELECT data FROM blob WHERE sha256 = :sha256", {"sha256": sha256}))


def counters(read: Reader) -> dict[str, int]:
    """The last number each table gave out: none is given out again, also where its row was taken back."""
    return {name: _last(read, name) for name in counted()}


@cache
def counted() -> tuple[str, ...]:
    """The tables whose numbers are never given out again."""
    return tuple(name for name, table in tables().items() if table.dialect_options["sqlite"]["autoincrement"])


def _last(read: Reader, table: str) -> int:
    if read.is_sqlite:
        sql = "SELECT max(seq) FROM sqlite_sequence WHERE name = :name"
        return int(read.value(sql, {"name": table}) or 0)
    ((last, is_called),) = read.tuples(f"SELECT last_value, is_called FROM {table}_id_seq")
    return int(last) if is_called else int(last) - 1


def _flag(value: Any) -> bool | None:
    return None if value is None else bool(value)


def _instant(value: Any) -> str | None:
    at = instant(value)
    return None if at is None else to_iso(at)


def _json(value: Any) -> Any:
    return None if value is None else json.loads(value)


def _bytes(value: Any) -> str | None:
    return None if value is None else base64.b64encode(value).decode()


_TELL: Final[Mapping[Cell, Callable[[Any], Any]]] = {
    Cell.FLAG: _flag,
    Cell.INSTANT: _instant,
    Cell.JSON: _json,
    Cell.BYTES: _bytes,
}
