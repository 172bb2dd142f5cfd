"""What an export of one noun is: stable columns of one table, read whole in the order of ids.

Rows are plain tuples, in lists of some hundred, because an export of a million of them is measured against the
database driver itself. Every cell is one a program can write down at once: text, number, truth, list, object, None;
an instant is ISO 8601 in UTC.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from agentdesk.domain.instants import to_iso
from agentdesk.queries.orders import Where
from agentdesk.store.reader import Reader

Rows = Sequence[tuple[Any, ...]]


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    PHONE = "phone"
    NUMBER = "number"
    FLAG = "flag"
    INSTANT = "instant"
    TAGS = "tags"
    LIST = "list"
    """Of texts that may hold anything."""
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `sql` is what it is read from, the column of the table unless given."""

    key: str
    kind: Kind = Kind.TEXT
    sql: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One noun.

    Attributes:
        table: each of its rows is one row of the export.
        columns: in their order, which only ever grows at the end.
        joins: SQL between the table and the condition.
        only: SQL that holds for each row.
        asks: what the query is asked of: the customers or tickets the rows belong to, or the words of a full text.
        belongs: SQL with `{ids}` for a statement that gives the ids of those; empty where they are the rows themselves.
        fill: completes a list of rows as they were read.
    """

    table: str
    columns: tuple[Column, ...]
    joins: str = ""
    only: str = ""
    asks: str = "customer"
    belongs: str = ""
    fill: Callable[[Reader, Rows], Rows] | None = None
    places: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        places = {column.key: place for place, column in enumerate(self.columns)}
        object.__setattr__(self, "places", places)


def rows(read: Reader, listing: Listing, where: Where) -> Iterator[Rows]:
    """Every row that meets the condition, by id, in lists, in constant memory.

    Args:
        read: the snapshot.
        listing: what of.
        where: a condition over its table.
    """
    selected = ", ".join(one.sql or f"{listing.table}.{one.key}" for one in listing.columns)
    conditions = [f"({where.sql})", *filter(None, [listing.only])]
    sql = (
        f"SELECT {selected} FROM {listing.table} {listing.joins} WHERE {' AND '.join(conditions)} "
        f"ORDER BY {listing.table}.id"
    )
    for some in read.walk(sql, where.params):
        yield _told(listing.columns, listing.fill(read, some) if listing.fill else some)


def _told(columns: Sequence[Column], some: Rows) -> Rows:
    """The rows with cells of the kinds their columns promise; whole columns at a time, which is quicker."""
    by_column: list[Iterable[Any]] = list(zip(*some, strict=True))
    for place, column in enumerate(columns):
        if column.kind in _READ:
            by_column[place] = map(_READ[column.kind], by_column[place])
    return list(zip(*by_column, strict=True))


def iso(value: Any) -> str | None:
    """An instant as text, whatever the driver gave."""
    if value is None:
        return None
    if value.__class__ is str:
        fraction = "" if value.endswith(".000000") else value[19:]
        return f"{value[:10]}T{value[11:19]}{fraction}+00:00"
    return to_iso(value)


def listed(value: Any) -> list[Any]:
    """A list kept as JSON."""
    if value.__class__ is str:
        return [] if value == "[]" else list(json.loads(value))
    return list(value or ())


def mapped(value: Any) -> dict[str, Any] | None:
    """An object kept as JSON; None for none."""
    if value.__class__ is str:
        return {} if value == "{}" else json.loads(value)
    return None if value is None else dict(value)


def _flag(value: Any) -> bool | None:
    return None if value is None else bool(value)


_READ: Final[Mapping[Kind, Callable[[Any], Any]]] = {
    Kind.INSTANT: iso,
    Kind.TAGS: listed,
    Kind.LIST: listed,
    Kind.OBJECT: mapped,
    Kind.FLAG: _flag,
}


def numbers(*keys: str) -> tuple[Column, ...]:
    """Columns of numbers."""
    return tuple(Column(key, Kind.NUMBER) for key in keys)


def instants(*keys: str) -> tuple[Column, ...]:
    """Columns of instants."""
    return tuple(Column(key, Kind.INSTANT) for key in keys)


def texts(*keys: str) -> tuple[Column, ...]:
    """Columns of text."""
    return tuple(map(Column, keys))


KEPT: Final = (*instants("created_at", "updated_at"), *numbers("version"))
"""What ends the columns of everything that people change."""
CUSTOMER: Final = (
    Column("customer_id", Kind.NUMBER),
    Column("customer", sql="customer.name"),
    Column("customer_email", sql="customer.email"),
)
"""Whose it is; see `joined`."""


def joined(*names: str, table: str) -> str:
    """SQL that brings in what has a name: `customer`, `organization`, `agent`, `queue`, `owner`."""
    told = {
        "customer": f"LEFT JOIN customer ON customer.id = {table}.customer_id",
        "organization": f"LEFT JOIN organization ON organization.id = {table}.organization_id",
        "agent": f"LEFT JOIN agent ON agent.id = {table}.agent_id",
        "owner": f"LEFT JOIN agent ON agent.id = {table}.owner_id",
        "assignee": f"LEFT JOIN agent ON agent.id = {table}.assignee_id",
        "author": f"LEFT JOIN agent ON agent.id = {table}.author_id",
        "queue": f"LEFT JOIN queue ON queue.id = {table}.queue_id",
    }
    return " ".join(told[name] for name in names)
