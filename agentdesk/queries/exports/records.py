"""What other systems know of customers, and what the desk knows: orders, calls, feedback and articles as an export has them."""

from typing import Final

from agentdesk.domain.vocabulary import InteractionKind
from agentdesk.queries.exports.listing import (
    CUSTOMER,
    KEPT,
    Column,
    Kind,
    Listing,
    instants,
    joined,
    numbers,
    texts,
)

_CALLS = (InteractionKind.CALL_IN, InteractionKind.CALL_OUT, InteractionKind.VOICEMAIL)


ORDERS: Final = Listing(
    "sales_order",
    (
        Column("id", Kind.NUMBER),
        *texts("source", "external_id"),
        *CUSTOMER,
        Column("status"),
        *instants("at"),
        Column("amount_minor", Kind.NUMBER),
        *texts("currency", "summary"),
        Column("extra", Kind.OBJECT),
        *KEPT,
    ),
    joined("customer", table="sales_order"),
    belongs="sales_order.customer_id IN ({ids})",
)
CALLS: Final = Listing(
    "interaction",
    (
        Column("id", Kind.NUMBER),
        *texts("source", "external_id"),
        *CUSTOMER,
        Column("ticket_id", Kind.NUMBER),
        Column("agent", sql="agent.handle"),
        *texts("kind", "channel"),
        *instants("at"),
        *numbers("wait_seconds", "talk_seconds", "hold_seconds", "wrap_seconds"),
        Column("summary"),
        Column("extra", Kind.OBJECT),
        *KEPT,
    ),
    joined("customer", "agent", table="interaction"),
    f"interaction.kind IN ({', '.join(repr(kind.value) for kind in _CALLS)})",
    belongs="interaction.customer_id IN ({ids})",
)
FEEDBACK: Final = Listing(
    "feedback",
    (
        Column("id", Kind.NUMBER),
        *texts("source", "external_id"),
        *CUSTOMER,
        Column("ticket_id", Kind.NUMBER),
        Column("agent", sql="agent.handle"),
        *texts("kind", "channel"),
        *instants("at", "answered_at"),
        *numbers("score", "scale_min", "scale_max"),
        *texts("verbatim", "theme", "language"),
        Column("extra", Kind.OBJECT),
        *KEPT,
    ),
    joined("customer", "agent", table="feedback"),
    belongs="feedback.customer_id IN ({ids})",
)
ARTICLES: Final = Listing(
    "kb_article",
    (
        Column("id", Kind.NUMBER),
        Column("ref", sql="'KB-' || kb_article.id"),
        *texts("source", "external_id", "title", "category"),
        Column("tags", Kind.TAGS),
        Column("audience"),
        Column("is_published", Kind.FLAG),
        Column("is_active", Kind.FLAG),
        Column("author", sql="agent.handle"),
        *instants("reviewed_at"),
        Column("body"),
        Column("extra", Kind.OBJECT),
        *KEPT,
    ),
    joined("author", table="kb_article"),
    asks="kb_article",
)
