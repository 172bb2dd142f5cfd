"""Tickets as lists show them: keyset pages in every offered order, exact totals, one ticket whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from agentdesk.domain.attention import Band, band
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import UNSOLVED
from agentdesk.queries import bands
from agentdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Where:
    """A condition over `ticket` as SQL with named parameters; empty means every ticket.

    Attributes:
        filters: pieces of `sql` whose index would give rows out of order: a page, which is read in order and ends
            early, keeps SQLite off those; a count may use them.
        is_open: only unsolved tickets can match.
        bands: the only ones a match can be in; a page in the order of the bands looks for it in no other.
    """

    sql: str = "1 = 1"
    params: Mapping[str, Any] = field(default_factory=dict)
    filters: tuple[str, ...] = ()
    is_open: bool = False
    bands: frozenset[Band] = frozenset(Band)


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket in a list."""

    id: int
    version: int
    subject: str
    type: str
    status: str
    priority: str
    channel: str
    category: str
    queue: str | None
    assignee: str | None
    customer_id: int | None
    customer: str | None
    organization: str | None
    tier: str | None
    tags: tuple[str, ...]
    due_at: datetime | None
    next_due_at: datetime | None
    next_metric: str
    at_risk_at: datetime | None
    critical_at: datetime | None
    breach_at: datetime | None
    waiting_since: datetime | None
    wake_at: datetime | None
    is_escalated: bool
    created_at: datetime
    updated_at: datetime
    priority_rank: int
    attention_key: str

    @property
    def ref(self) -> str:
        """`T-1042`."""
        return ticket_ref(self.id)


@dataclass(frozen=True, slots=True)
class Sort:
    """An offered order: the columns of its index, all in one direction; `by_band` puts the band before them."""

    name: str
    columns: tuple[str, ...]
    label: str
    by_band: bool = False


SORTS: dict[str, Sort] = {
    "attention": Sort("attention", ("attention_key",), "what needs attention", by_band=True),
    "due": Sort("due", ("attention_key",), "due"),
    "priority": Sort("priority", ("priority_rank", "attention_key"), "priority"),
    "created": Sort("created", ("created_at",), "created"),
    "updated": Sort("updated", ("updated_at",), "last change"),
}
"""Every order a list can have; each is served by an index."""

_COLUMNS = (
    "SELECT ticket.id, ticket.version, ticket.subject, ticket.type, ticket.status, ticket.priority, ticket.channel, "
    "ticket.category, queue.name AS queue, agent.handle AS assignee, ticket.customer_id, customer.name AS customer, "
    "organization.name AS organization, customer.tier, ticket.tags, ticket.due_at, ticket.next_due_at, "
    "ticket.next_metric, ticket.at_risk_at, ticket.critical_at, ticket.breach_at, ticket.waiting_since, "
    "ticket.wake_at, ticket.is_escalated, ticket.created_at, ticket.updated_at, ticket.priority_rank, "
    "ticket.attention_key "
)
_JOINS = (
    "LEFT JOIN queue ON queue.id = ticket.queue_id "
    "LEFT JOIN agent ON agent.id = ticket.assignee_id "
    "LEFT JOIN customer ON customer.id = ticket.customer_id "
    "LEFT JOIN organization ON organization.id = ticket.organization_id "
)


@dataclass(frozen=True, slots=True)
class Key:
    """Where a page starts: the sort values and id of the row before it, and that row where the order has bands."""

    values: tuple[Any, ...]
    id: int
    row: TicketRow | None = None


def key_of(row: TicketRow, sort: Sort) -> Key:
    """The key of the page that follows `row`."""
    values = tuple(getattr(row, column) for column in sort.columns)
    return Key(values, row.id, row if sort.by_band else None)


def page(
    read: Reader,
    where: Where,
    sort: Sort,
    *,
    descending: bool = False,
    after: Key | None = None,
    limit: int = 50,
) -> list[TicketRow]:
    """The `limit` tickets that follow `after` in the order of `sort`; every page costs the same however deep."""
    rows: list[TicketRow] = []
    for part, key in parts_after(read, where, sort, after, descending=descending):
        rows += _part(read, part, sort, descending=descending, after=key, limit=limit - len(rows))
        if len(rows) == limit:
            break
    return rows


_IN_BANDS = (*bands.WARNED, Band.RUNNING)
"""The parts of the queue in their order; the last one holds everything that is in none of the others."""


def parts_after(
    read: Reader, where: Where, sort: Sort, after: Key | None, *, descending: bool
) -> Iterator[tuple[Where, Key | None]]:
    """What follows a key, in stretches that one index has in order: the condition of each, and the key it starts at."""
    if not sort.by_band:
        yield where, after
        return
    begin = None if after is None or after.row is None else _place(_stands(after.row, read.now))
    for place, one in sorted(enumerate(_IN_BANDS), reverse=descending):
        if not (where.bands & {one} if one in bands.WARNED else where.bands - set(bands.WARNED)):
            continue
        if begin is None or (place <= begin if descending else place >= begin):
            yield _within(where, one, read.now), after if place == begin else None


def _stands(row: TicketRow, now: datetime) -> Band:
    """The band of a row; what is solved keeps its instants and is warned of no more."""
    return band(row, now) if row.status in UNSOLVED else Band.NONE


def _place(one: Band) -> int:
    return _IN_BANDS.index(one) if one in bands.WARNED else len(bands.WARNED)


def _within(where: Where, one: Band, now: datetime) -> Where:
    params = dict(where.params)

    def bind(value: Any) -> str:
        name = f"band_{len(params)}"
        params[name] = value
        return f":{name}"

    told = bands.conditions(one, now, bind)
    warned = ["ticket.is_open"] if one in bands.WARNED else []
    if not warned and not where.is_open:  # what is solved keeps its instants, and is in no other part
        told = [f"(NOT ticket.is_open OR {' AND '.join(told)})"]
    asked = where.sql if " OR " not in where.sql else f"({where.sql})"
    return replace(where, sql=" AND ".join([asked, *warned, *told]), params=params, bands=frozenset({one}))


def _part(
    read: Reader, where: Where, sort: Sort, *, descending: bool, after: Key | None, limit: int
) -> list[TicketRow]:
    columns = in_order(read, where, sort)
    params = {**where.params, "limit": limit}
    condition = _unhelped(where, sort) if read.is_sqlite else where.sql
    if after is not None:
        names = [f"key_{place}" for place in range(len(columns))]
        params |= dict(zip(names, (*after.values, after.id), strict=True))
        marks = ", ".join(f":{name}" for name in names)
        condition = f"({condition}) AND ({', '.join(columns)}) {'<' if descending else '>'} ({marks})"
    order = ", ".join(f"{column}{' DESC' if descending else ''}" for column in columns)
    if "SELECT" not in condition:
        sql = f"{_COLUMNS}FROM ticket {_JOINS}WHERE {condition} ORDER BY {order} LIMIT :limit"
        return read.rows(TicketRow, sql, params)
    # A condition that looks into other tables passes many rows over: only those of the page are joined to names.
    chosen = f"SELECT ticket.id FROM ticket WHERE {condition} ORDER BY {order} LIMIT :limit"
    sql = f"{_COLUMNS}FROM ticket {_JOINS}WHERE ticket.id IN (SELECT chosen.id FROM ({chosen}) AS chosen) ORDER BY {order}"
    return read.rows(TicketRow, sql, params)


_FEW = frozenset({Band.CRITICAL, Band.AT_RISK})


def in_order(read: Reader, where: Where, sort: Sort) -> list[str]:
    """The columns of an order.

    In the whole queue the few that are warned of lie far apart: SQLite finds them by their instants and sorts them,
    which the plus tells it.
    """
    plus = "+" if read.is_sqlite and sort.by_band and where.bands <= _FEW else ""
    return [f"{plus}ticket.{column}" for column in (*sort.columns, "id")]


def _unhelped(where: Where, sort: Sort) -> str:
    """The condition with a plus before each filter: SQLite's way to say that a column's index is of no use here."""
    condition = where.sql
    for piece in where.filters:
        if not piece.startswith(f"ticket.{sort.columns[0]} "):
            condition = condition.replace(piece, f"+{piece}")
    return condition


def count(read: Reader, where: Where) -> int:
    """Exactly how many tickets meet the condition."""
    return int(read.value(f"SELECT count(*) FROM ticket WHERE {where.sql}", where.params))


def ids(read: Reader, where: Where) -> list[int]:
    """The id of every ticket that meets the condition: what "all" means."""
    return [
        int(one)
        for (one,) in read.tuples(f"SELECT id FROM ticket WHERE {where.sql} ORDER BY id", where.params)
    ]


def by_ids(read: Reader, wanted: Sequence[int]) -> list[TicketRow]:
    """The tickets with these ids that exist, in the order asked for."""
    if not wanted:
        return []
    listed = ",".join(str(int(one)) for one in wanted)
    rows = read.rows(TicketRow, f"{_COLUMNS}FROM ticket {_JOINS}WHERE ticket.id IN ({listed})")
    place = {ticket_id: at for at, ticket_id in enumerate(wanted)}
    return sorted(rows, key=lambda row: place[row.id])
