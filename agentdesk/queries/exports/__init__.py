"""What can be exported, by the word that people type; a new noun is a `Listing` and a line here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, cast
from zoneinfo import ZoneInfo

from agentdesk.domain.fields import FIELDS, Entity
from agentdesk.queries.exports.listing import Listing
from agentdesk.queries.exports.people import CONTACTS, ORGANIZATIONS
from agentdesk.queries.exports.records import ARTICLES, CALLS, FEEDBACK, ORDERS
from agentdesk.queries.exports.work import JOURNAL, MESSAGES, TICKETS
from agentdesk.queries.filters import compile_query
from agentdesk.queries.orders import Where
from agentdesk.store.reader import Reader

LISTINGS: Final[Mapping[str, Listing]] = {
    "contacts": CONTACTS,
    "organizations": ORGANIZATIONS,
    "tickets": TICKETS,
    "messages": MESSAGES,
    "feedback": FEEDBACK,
    "orders": ORDERS,
    "calls": CALLS,
    "articles": ARTICLES,
    "journal": JOURNAL,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query asks for; `names_order` says that it named an order, which an export has not."""

    where: Where
    names_order: bool = False


def asked(read: Reader, what: str, query: str, zone: ZoneInfo) -> Asked:
    """The rows of a noun that a query stands for.

    Args:
        read: the snapshot.
        what: a key of `LISTINGS`.
        query: of the query language where rows belong to customers or tickets, words of the text elsewhere; empty is all.
        zone: whose midnights bound `today`.

    Raises:
        QueryError: the text is no query.
    """
    listing = LISTINGS[what]
    if not query.strip() and (listing.belongs or listing.asks not in FIELDS):
        return Asked(Where())
    if listing.asks not in FIELDS:
        term = read.search_term(query)
        return Asked(Where(read.matching(listing.asks, "term") if term else "1 = 0", {"term": term}))
    found = compile_query(read, query, zone, entity=cast("Entity", listing.asks))
    where = found.where
    if listing.belongs:
        ids = f"SELECT {listing.asks}.id FROM {listing.asks} WHERE {where.sql}"
        where = replace(where, sql=listing.belongs.format(ids=ids))
    return Asked(where, found.sort is not None)
