"""Search over everything: subjects, messages and customers, newest first, each hit with the place that matched.

Newest first is the order the full-text index can be read in without reading all of it; see the budgets in `bench/`.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from agentdesk.domain.references import ticket_ref
from agentdesk.store.reader import Reader

_BEFORE, _WIDTH = 40, 160
_COMMON = 5_000
"""Matching customers from which on walking the newest tickets is cheaper than looking up those of each customer."""
_REFERENCE = re.compile(r"(?:T-|#)?(\d{1,18})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that matched.

    Attributes:
        kind: `ticket` (its subject or its customer), `message` or `customer`.
        id: of the ticket, the message or the customer.
        ticket_id: of the ticket, for a message too; None for a customer.
        excerpt: one line around the first word that matched.
    """

    kind: str
    id: int
    ticket_id: int | None
    title: str
    excerpt: str
    at: datetime

    @property
    def ref(self) -> str:
        """What other commands take: `T-1042`, for a message its ticket's; the number of a customer."""
        return str(self.id) if self.ticket_id is None else ticket_ref(self.ticket_id)


_TICKETS = (
    "SELECT 'ticket' AS kind, ticket.id, ticket.id AS ticket_id, ticket.subject AS title, coalesce(customer.name, '') AS excerpt, "
    "coalesce(ticket.last_message_at, ticket.created_at) AS at "
    "FROM ticket LEFT JOIN customer ON customer.id = ticket.customer_id WHERE ticket.id IN "
)
_MESSAGES = (
    "SELECT 'message' AS kind, message.id, message.ticket_id, ticket.subject AS title, message.body AS excerpt, "
    "message.at "
    "FROM message JOIN ticket ON ticket.id = message.ticket_id WHERE message.id IN "
)
_CUSTOMERS = (
    "SELECT 'customer' AS kind, customer.id, NULL AS ticket_id, customer.name AS title, "
    "coalesce(customer.email, customer.phone, '') AS excerpt, customer.updated_at AS at "
    "FROM customer WHERE customer.merged_into_id IS NULL AND customer.id IN "
)


def search(read: Reader, text: str, limit: int = 50) -> list[Hit]:
    """What matches every word of `text`, newest first; a ticket's number or reference comes before all.

    Words in quotes must stand side by side; a word that ends in `*` is a beginning.

    Args:
        read: the snapshot.
        text: as people type it; blank finds nothing.
        limit: how many hits.
    """
    term = _term(read, text)
    if not term:
        return []
    tickets = [*_found(read, "ticket", _TICKETS, term, limit), *_of_customers(read, term, limit)]
    found = list({hit.id: hit for hit in tickets}.values())
    found += _found(read, "customer", _CUSTOMERS, term, limit)
    found += _found(read, "message", _MESSAGES, term, limit)
    found.sort(key=lambda hit: (hit.at, hit.kind, hit.id), reverse=True)
    words = [word.strip('"*').casefold() for word in text.split()]
    first = _referred(read, text)
    hits = [
        *first,
        *(hit for hit in found if not first or (hit.kind, hit.id) != (first[0].kind, first[0].id)),
    ]
    return [_told(hit, words) for hit in hits[:limit]]


def count(read: Reader, text: str) -> int:
    """Exactly how many hits `search` has without a limit."""
    term = _term(read, text)
    if not term:
        return 0
    match = _REFERENCE.fullmatch(text.strip())
    params = {"term": term, "id": int(match[1]) if match else -1}
    subjects = f"SELECT ticket.id FROM ticket WHERE ticket.id = :id OR {read.matching('ticket', 'term')}"
    theirs = f"SELECT ticket.id FROM ticket WHERE ticket.customer_id IN ({_people(read)})"
    counts = (
        f"SELECT count(*) FROM ({subjects} UNION {theirs}) AS tickets",
        f"SELECT count(*) FROM message WHERE {read.matching('message', 'term')}",
        f"SELECT count(*) FROM customer WHERE customer.merged_into_id IS NULL AND {read.matching('customer', 'term')}",
    )
    return sum(int(read.value(one, params)) for one in counts)


def _of_customers(read: Reader, term: str, limit: int) -> list[Hit]:
    """The newest tickets of the customers that match."""
    some = read.newest("customer", "term", "limit")
    counted = f"SELECT count(*) FROM ({some}) AS matching"
    is_common = read.value(counted, {"term": term, "limit": _COMMON}) == _COMMON
    # The plus keeps SQLite off the index of customers; PostgreSQL decides by itself.
    column = "+ticket.customer_id" if is_common and read.is_sqlite else "ticket.customer_id"
    ids = (
        f"SELECT ticket.id FROM ticket WHERE {column} IN ({_people(read)}) "
        "ORDER BY ticket.id DESC LIMIT :limit"
    )
    sql = f"{_TICKETS}(SELECT * FROM ({ids}) AS newest)"
    return read.rows(Hit, sql, {"term": term, "limit": limit})


def _people(read: Reader) -> str:
    return f"SELECT customer.id FROM customer WHERE {read.matching('customer', 'term')}"


def _term(read: Reader, text: str) -> str:
    if not any(char.isalnum() for char in text):
        return ""
    whole = text.strip()
    is_phrase = len(whole) > 2 and whole[0] == whole[-1] == '"' and '"' not in whole[1:-1]
    return read.phrase_term(whole[1:-1]) if is_phrase else read.search_term(text.replace('"', " "))


def _found(read: Reader, entity: str, select: str, term: str, limit: int) -> list[Hit]:
    ids = read.newest(entity, "term", "limit")
    # Named in a table of its own, because PostgreSQL allows no LIMIT in some places an IN may stand.
    sql = f"{select}(SELECT * FROM ({ids}) AS newest)"
    return read.rows(Hit, sql, {"term": term, "limit": limit})


def _referred(read: Reader, text: str) -> list[Hit]:
    match = _REFERENCE.fullmatch(text.strip())
    return read.rows(Hit, f"{_TICKETS}(:id)", {"id": int(match[1])}) if match else []


def _told(hit: Hit, words: list[str]) -> Hit:
    title = hit.title if hit.ticket_id is None else f"{hit.ref} {hit.title}"
    return replace(hit, title=title, excerpt=excerpt(hit.excerpt, words))


def excerpt(text: str, words: list[str]) -> str:
    """One line of `text` around the first of the words in it, with an ellipsis where something is left out."""
    flat = " ".join(text.split())
    folded = flat.casefold()
    places = [place for word in words if word and (place := folded.find(word)) >= 0]
    start = max(0, min(places, default=0) - _BEFORE)
    piece = flat[start : start + _WIDTH]
    return f"{'…' if start else ''}{piece}{'…' if start + _WIDTH < len(flat) else ''}"
