"""Customers as lists show them, one customer whole, and what happened with them, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agentdesk.domain.near import near_names
from agentdesk.domain.search_words import beginning
from agentdesk.queries import tickets
from agentdesk.queries.past import chunks
from agentdesk.queries.tickets import Key, Sort, TicketRow, Where
from agentdesk.queries.timelines import Timeline, TimelineRow, timeline
from agentdesk.store.reader import Reader

__all__ = [
    "SORTS",
    "ContactRow",
    "CustomerDetail",
    "CustomerRow",
    "FormerRow",
    "Timeline",
    "TimelineRow",
    "by_id",
    "contacts",
    "count",
    "customer_detail",
    "find",
    "formers",
    "ids",
    "key_of",
    "near_customers",
    "open_tickets_of",
    "page",
    "some",
    "timeline",
]


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer in a list."""

    id: int
    version: int
    name: str
    email: str | None
    phone: str | None
    organization: str | None
    tier: str
    tags: tuple[str, ...]
    owner: str | None
    external_id: str | None
    open_tickets: int
    created_at: datetime
    updated_at: datetime
    name_key: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One way to reach a customer; `source` is what told of it, `batch_id` the import that brought it."""

    id: int
    kind: str
    value: str
    label: str
    is_primary: bool
    source: str
    """What told of it: an importer, `mail`; empty where a person typed it."""
    batch_id: int | None
    """The import that told of it."""


@dataclass(frozen=True, slots=True)
class FormerRow:
    """Somebody who was merged into another customer."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class CustomerDetail:
    """Everything about a customer that needs no list of its own."""

    id: int
    version: int
    name: str
    email: str | None
    phone: str | None
    organization_id: int | None
    organization: str | None
    title: str
    language: str
    time_zone: str
    tier: str
    owner_id: int | None
    owner: str | None
    owner_since: datetime | None
    owner_until: datetime | None
    do_not_contact: bool
    warning: str
    notes: str
    tags: tuple[str, ...]
    external_id: str | None
    merged_into_id: int | None
    created_at: datetime
    updated_at: datetime
    open_tickets: int
    all_tickets: int
    last_message_at: datetime | None
    extra: dict[str, Any]


SORTS: dict[str, Sort] = {
    "name": Sort("name", ("name_key",), "name"),
    "created": Sort("created", (), "created"),
}
"""Every order a list of customers can have; each is served by an index (ids rise with creation)."""

_OPEN_OF = (
    "(SELECT count(*) FROM ticket WHERE ticket.customer_id = customer.id AND ticket.is_open) AS open_tickets"
)
_COLUMNS = (
    "SELECT customer.id, customer.version, customer.name, customer.email, customer.phone, "
    "organization.name AS organization, customer.tier, customer.tags, agent.handle AS owner, customer.external_id, "
    f"{_OPEN_OF}, customer.created_at, customer.updated_at, customer.name_key "
)
_JOINS = (
    "LEFT JOIN organization ON organization.id = customer.organization_id "
    "LEFT JOIN agent ON agent.id = customer.owner_id "
)
_DETAIL = (
    "SELECT customer.id, customer.version, customer.name, customer.email, customer.phone, customer.organization_id, "
    "organization.name AS organization, customer.title, customer.language, customer.time_zone, customer.tier, "
    "customer.owner_id, agent.handle AS owner, customer.owner_since, customer.owner_until, customer.do_not_contact, "
    "customer.warning, customer.notes, "
    "customer.tags, customer.external_id, customer.merged_into_id, customer.created_at, customer.updated_at, "
    f"{_OPEN_OF}, (SELECT count(*) FROM ticket WHERE ticket.customer_id = customer.id) AS all_tickets, "
    "(SELECT max(message.at) FROM message WHERE message.customer_id = customer.id) AS last_message_at, "
    f"customer.extra FROM customer {_JOINS}WHERE customer.id = :id"
)
_CONTACTS = (
    "SELECT id, kind, value, label, is_primary, source, batch_id FROM contact_point WHERE customer_id = :id "
    "ORDER BY is_primary DESC, kind, id"
)


def page(
    read: Reader,
    where: Where,
    sort: Sort = SORTS["name"],
    *,
    descending: bool = False,
    after: Key | None = None,
    limit: int = 50,
) -> list[CustomerRow]:
    """The `limit` customers that follow `after`; every page costs the same however deep."""
    columns = [f"customer.{column}" for column in (*sort.columns, "id")]
    params = {**where.params, "limit": limit}
    condition = where.sql
    if after is not None:
        names = [f"key_{place}" for place in range(len(columns))]
        params |= dict(zip(names, (*after.values, after.id), strict=True))
        marks = ", ".join(f":{name}" for name in names)
        condition = f"({condition}) AND ({', '.join(columns)}) {'<' if descending else '>'} ({marks})"
    order = ", ".join(f"{column}{' DESC' if descending else ''}" for column in columns)
    sql = f"{_COLUMNS}FROM customer {_JOINS}WHERE {condition} ORDER BY {order} LIMIT :limit"
    return read.rows(CustomerRow, sql, params)


def key_of(row: CustomerRow, sort: Sort = SORTS["name"]) -> Key:
    """The key of the page that follows `row`."""
    return Key(tuple(getattr(row, column) for column in sort.columns), row.id)


def count(read: Reader, where: Where) -> int:
    """Exactly how many customers meet the condition."""
    return int(read.value(f"SELECT count(*) FROM customer WHERE {where.sql}", where.params))


def ids(read: Reader, where: Where) -> list[int]:
    """The id of every customer that meets the condition."""
    sql = f"SELECT customer.id FROM customer WHERE {where.sql} ORDER BY customer.id"
    return [int(one) for (one,) in read.tuples(sql, where.params)]


def by_id(read: Reader, customer_id: int) -> CustomerRow | None:
    """One customer as a list shows them, or None."""
    sql = f"{_COLUMNS}FROM customer {_JOINS}WHERE customer.id = :id"
    return read.row(CustomerRow, sql, {"id": customer_id})


def some(read: Reader, wanted: Iterable[int]) -> dict[int, CustomerRow]:
    """Customers as a list shows them, by id; those that are not there are left out."""
    sql = f"{_COLUMNS}FROM customer {_JOINS}WHERE customer.id IN ({{ids}})"
    return {one.id: one for ids in chunks(wanted) for one in read.rows(CustomerRow, sql.format(ids=ids))}


def find(read: Reader, text: str, limit: int = 20) -> list[CustomerRow]:
    """Customers whose name, e-mail or phone has every word of `text`; words of three letters may be beginnings."""
    words = " ".join(beginning(word) for word in text.split())
    if not (term := read.search_term(words)):
        return []
    sql = (
        f"{_COLUMNS}FROM customer {_JOINS}WHERE {read.matching('customer', 'term')} "
        "AND customer.merged_into_id IS NULL ORDER BY customer.name_key, customer.id LIMIT :limit"
    )
    return read.rows(CustomerRow, sql, {"term": term, "limit": limit})


def near_customers(read: Reader, text: str) -> list[str]:
    """The names, or for an address the addresses, of up to three customers that are most like `text`.

    It looks at every customer, so it is for the moment when nothing was found.
    """
    column = "email" if "@" in text else "name"
    sql = f"SELECT DISTINCT {column} FROM customer WHERE merged_into_id IS NULL AND {column} <> '' ORDER BY {column}"
    return near_names(text, ((name, name) for (name,) in read.stream(sql)))


def customer_detail(read: Reader, customer_id: int) -> CustomerDetail | None:
    """One customer whole, or None."""
    return read.row(CustomerDetail, _DETAIL, {"id": customer_id})


def living(read: Reader, customer_id: int) -> int:
    """The customer, or the one it was merged into."""
    sql = "SELECT merged_into_id FROM customer WHERE id = :id"
    return int(read.value(sql, {"id": customer_id}) or customer_id)


def contacts(read: Reader, customer_id: int) -> list[ContactRow]:
    """Every way to reach a customer, the primary ones first."""
    return read.rows(ContactRow, _CONTACTS, {"id": customer_id})


def formers(read: Reader, customer_id: int) -> list[FormerRow]:
    """Who was merged into a customer, by id."""
    sql = "SELECT id, name FROM customer WHERE merged_into_id = :id ORDER BY id"
    return read.rows(FormerRow, sql, {"id": customer_id})


def open_tickets_of(read: Reader, customer_id: int, limit: int = 50) -> list[TicketRow]:
    """The unsolved tickets of a customer, what needs attention first."""
    # IS TRUE hides the predicate of the partial indexes: the customer's own tickets are few, the open queue is long.
    where = Where("ticket.customer_id = :of AND ticket.is_open IS TRUE", {"of": customer_id})
    return tickets.page(read, where, tickets.SORTS["attention"], limit=limit)
