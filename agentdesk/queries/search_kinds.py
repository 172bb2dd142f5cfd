"""The kinds of things that are searched: where each is read, and which rows of it match."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from agentdesk.store.reader import Reader

TICKETS: Final = (
    "SELECT 'ticket' AS kind, ticket.id, ticket.id AS ticket_id, ticket.customer_id, ticket.subject AS title, "
    "coalesce(customer.name, '') AS excerpt, '' AS who, coalesce(ticket.last_message_at, ticket.created_at) AS at "
    "FROM ticket LEFT JOIN customer ON customer.id = ticket.customer_id WHERE ticket.id IN "
)
_MESSAGES = (
    "SELECT 'message' AS kind, message.id, message.ticket_id, message.customer_id, ticket.subject AS title, "
    "message.body AS excerpt, message.author_name AS who, message.at "
    "FROM message JOIN ticket ON ticket.id = message.ticket_id WHERE message.id IN "
)
_CUSTOMERS = (
    "SELECT 'customer' AS kind, customer.id, NULL AS ticket_id, customer.id AS customer_id, customer.name AS title, "
    "coalesce(customer.email, customer.phone, '') AS excerpt, '' AS who, customer.updated_at AS at "
    "FROM customer WHERE customer.id IN "
)
_ORGANIZATIONS = (
    "SELECT 'organization' AS kind, organization.id, NULL AS ticket_id, NULL AS customer_id, "
    "organization.name AS title, CAST((SELECT count(*) FROM customer WHERE customer.organization_id = organization.id) "
    "AS TEXT) || ' in it' AS excerpt, '' AS who, organization.updated_at AS at "
    "FROM organization WHERE organization.id IN "
)
_ARTICLES = (
    "SELECT 'article' AS kind, kb_article.id, NULL AS ticket_id, NULL AS customer_id, kb_article.title, "
    "kb_article.body AS excerpt, kb_article.category AS who, kb_article.updated_at AS at "
    "FROM kb_article WHERE kb_article.id IN "
)
KINDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "ticket": ("ticket", TICKETS),
        "message": ("message", _MESSAGES),
        "customer": ("customer", _CUSTOMERS),
        "organization": ("organization", _ORGANIZATIONS),
        "article": ("kb_article", _ARTICLES),
    }
)
"""Table and statement of each kind, which a list of ids follows; the order is that of the tabs."""
INSTANTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ticket": "coalesce(ticket.last_message_at, ticket.created_at)",
        "message": "message.at",
        "customer": "customer.updated_at",
        "organization": "organization.updated_at",
        "article": "kb_article.updated_at",
    }
)
"""What newest means of each kind."""
MATCHING: Final[Mapping[str, str]] = MappingProxyType(
    {"customer": " AND customer.merged_into_id IS NULL", "article": " AND kb_article.is_active"}
)
"""What a row must be besides."""


def people(read: Reader) -> str:
    """SQL for the ids of the customers that match `:term`."""
    return f"SELECT customer.id FROM customer WHERE {read.matching('customer', 'term')}"


def ids_sql(read: Reader, kind: str) -> str:
    """SQL for the id of every hit of a kind: what matches `:term`, for a ticket also the one numbered `:id`."""
    table = KINDS[kind][0]
    matching = f"SELECT {table}.id FROM {table} WHERE {read.matching(table, 'term')}{MATCHING.get(kind, '')}"
    if kind != "ticket":
        return matching
    theirs = f"SELECT ticket.id FROM ticket WHERE ticket.customer_id IN ({people(read)})"
    return f"SELECT ticket.id FROM ticket WHERE ticket.id = :id UNION {matching} UNION {theirs}"


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article as it is read."""

    id: int
    title: str
    body: str
    category: str
    audience: str
    updated_at: datetime


def found_article(read: Reader, article_id: int) -> FoundArticle | None:
    """One article, or None."""
    sql = (
        "SELECT id, title, body, category, audience, updated_at FROM kb_article WHERE id = :id AND is_active"
    )
    return read.row(FoundArticle, sql, {"id": article_id})
