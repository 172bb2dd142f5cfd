"""What an export of one noun is: stable columns of one table, read whole in the order of ids.

Rows come in blocks of some hundred, each a list of whole columns, because an export of a million rows is measured against
the database driver itself, and what is done to a column at once costs a fraction of what is done cell by cell. Every
cell is one a program can write down at once: text, number, truth, list, object, None; an instant is ISO 8601 in UTC.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from agentdesk.domain.instants import to_iso
from agentdesk.queries.orders import Where
from agentdesk.store.reader import Reader

Block = list[Sequence[Any]]
"""Some rows: the cells of each column."""


_DECODE: Final[Callable[[str, int], tuple[Any, int]]] = getattr(json.JSONDecoder(), "scan_once")  # noqa: B009  untyped
"""The decoder itself: what the database kept as JSON has nothing around it."""


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
        fill: completes a block as it was read, in place.
    """

    table: str
    columns: tuple[Column, ...]
    joins: str = ""
    only: str = ""
    asks: str = "customer"
    belongs: str = ""
    fill: Callable[[Reader, Block], None] | None = None
    places: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        places = {column.key: place for place, column in enumerate(self.columns)}
        object.__setattr__(self, "places", places)


def blocks(read: Reader, listing: Listing, where: Where) -> Iterator[Block]:
    """Every row that meets the condition, by id, in constant memory.

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
        block: Block = list(zip(*some, strict=True))
        if listing.fill:
            listing.fill(read, block)
        for place, column in enumerate(listing.columns):
            if column.kind in _READ:
                block[place] = each(_READ[column.kind], block[place])
        yield block


def records(listing: Listing, found: Iterable[Block]) -> Iterator[dict[str, Any]]:
    """Rows by the names of their columns, one by one."""
    keys = [column.key for column in listing.columns]
    for block in found:
        for row in zip(*block, strict=True):
            yield dict(zip(keys, row, strict=True))


def each(convert: Callable[[Any], Any], column: Sequence[Any]) -> Sequence[Any]:
    """A column of converted cells; a value that comes again is not converted again, so nobody may change one."""
    try:
        known = {value: convert(value) for value in set(column)}
        return list(map(known.__getitem__, column))
    except TypeError:  # lists and objects: the very same come again
        known = {key: convert(value) for key, value in {id(value): value for value in column}.items()}
        return list(map(known.__getitem__, map(id, column)))


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
        return {} if value == "{}" else _DECODE(value, 0)[0]
    return None if value is None else value


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
