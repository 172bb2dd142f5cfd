"""Tickets as lists show them: keyset pages in every offered order, exact totals, one ticket whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import UNSOLVED
from agentdesk.queries.orders import SORTS, Key, OrderError, Sort, Where, check_order, key_of
from agentdesk.queries.stretches import Stretch, stretches
from agentdesk.store.reader import Reader

__all__ = [
    "SORTS",
    "Key",
    "OrderError",
    "Sort",
    "TicketRow",
    "Where",
    "by_ids",
    "check_order",
    "count",
    "ids",
    "key_of",
    "page",
]


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
    last_message_at: datetime | None
    seen_at: datetime | None

    @property
    def ref(self) -> str:
        """`T-1042`."""
        return ticket_ref(self.id)

    @property
    def is_unread(self) -> bool:
        """Whether something was said since whoever looks last had it open, or they never had."""
        return self.seen_at is None or (
            self.last_message_at is not None and self.seen_at < self.last_message_at
        )

    @property
    def is_their_turn(self) -> bool:
        """Whether the customer spoke last and waits for an answer."""
        return self.waiting_since is not None and self.status in UNSOLVED


_COLUMNS = (
    "SELECT ticket.id, ticket.version, ticket.subject, ticket.type, ticket.status, ticket.priority, ticket.channel, "
    "ticket.category, queue.name AS queue, agent.handle AS assignee, ticket.customer_id, customer.name AS customer, "
    "organization.name AS organization, customer.tier, ticket.tags, ticket.due_at, ticket.next_due_at, "
    "ticket.next_metric, ticket.at_risk_at, ticket.critical_at, ticket.breach_at, ticket.waiting_since, "
    "ticket.wake_at, ticket.is_escalated, ticket.created_at, ticket.updated_at, ticket.priority_rank, "
    "ticket.attention_key, ticket.last_message_at, ticket_seen.at AS seen_at "
)
_JOINS = (
    "LEFT JOIN queue ON queue.id = ticket.queue_id "
    "LEFT JOIN agent ON agent.id = ticket.assignee_id "
    "LEFT JOIN customer ON customer.id = ticket.customer_id "
    "LEFT JOIN organization ON organization.id = ticket.organization_id "
    "LEFT JOIN ticket_seen ON ticket_seen.ticket_id = ticket.id AND ticket_seen.agent_id = "
)


def _joins(read: Reader) -> str:
    return f"{_JOINS}{int(read.agent_id or 0)} "


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
    for part in stretches(read, where, sort, after, descending=descending):
        rows += _part(read, part, descending=descending, limit=limit - len(rows))
        if len(rows) == limit:
            break
    return rows


def _part(read: Reader, part: Stretch, *, descending: bool, limit: int) -> list[TicketRow]:
    columns = part.in_order(is_sqlite=read.is_sqlite)
    params = {**part.where.params, "limit": limit}
    condition = _unhelped(part) if read.is_sqlite else part.where.sql
    if part.after is not None:
        names = [f"key_{place}" for place in range(len(columns))]
        params |= dict(zip(names, (*part.after.values, part.after.id), strict=True))
        marks = ", ".join(f":{name}" for name in names)
        condition = f"({condition}) AND ({', '.join(columns)}) {'<' if descending else '>'} ({marks})"
    order = ", ".join(f"{column}{' DESC' if descending else ''}" for column in columns)
    if "SELECT" not in condition:
        sql = f"{_COLUMNS}FROM ticket {_joins(read)}WHERE {condition} ORDER BY {order} LIMIT :limit"
        return read.rows(TicketRow, sql, params)
    # A condition that looks into other tables passes many rows over: only those of the page are joined to names.
    chosen = f"SELECT ticket.id FROM ticket WHERE {condition} ORDER BY {order} LIMIT :limit"
    sql = (
        f"{_COLUMNS}FROM ticket {_joins(read)}"
        f"WHERE ticket.id IN (SELECT chosen.id FROM ({chosen}) AS chosen) ORDER BY {order}"
    )
    return read.rows(TicketRow, sql, params)


def _unhelped(part: Stretch) -> str:
    """The condition with a plus before each filter: SQLite's way to say that a column's index is of no use here."""
    condition = part.where.sql
    for piece in part.where.filters:
        if not piece.startswith(f"ticket.{part.columns[0] if part.columns else 'id'} "):
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
    rows = read.rows(TicketRow, f"{_COLUMNS}FROM ticket {_joins(read)}WHERE ticket.id IN ({listed})")
    place = {ticket_id: at for at, ticket_id in enumerate(wanted)}
    return sorted(rows, key=lambda row: place[row.id])
