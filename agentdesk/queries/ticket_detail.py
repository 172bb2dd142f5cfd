"""One ticket whole: its fields with names, what was said, and which tickets are near it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agentdesk.domain.references import ticket_ref
from agentdesk.queries.histories import HistoryRow, history
from agentdesk.queries.tickets import TicketRow, by_ids
from agentdesk.store.reader import Reader

__all__ = [
    "HistoryRow",
    "MessageRow",
    "TicketDetail",
    "history",
    "messages",
    "related",
    "ticket_detail",
]


@dataclass(frozen=True, slots=True)
class TicketDetail:
    """Every field of a ticket, with the names that its ids stand for."""

    id: int
    version: int
    subject: str
    type: str
    status: str
    priority: str
    impact: str | None
    urgency: str | None
    channel: str
    category: str
    queue_id: int | None
    queue: str | None
    assignee_id: int | None
    assignee: str | None
    assignee_name: str | None
    customer_id: int | None
    customer: str | None
    customer_email: str | None
    customer_phone: str | None
    tier: str | None
    organization_id: int | None
    organization: str | None
    tags: tuple[str, ...]
    due_at: datetime | None
    next_due_at: datetime | None
    next_metric: str
    at_risk_at: datetime | None
    critical_at: datetime | None
    breach_at: datetime | None
    policy_id: int | None
    calendar_id: int | None
    agreement_id: int | None
    wake_at: datetime | None
    waiting_for: str
    waiting_since: datetime | None
    last_message_at: datetime | None
    last_reply_at: datetime | None
    first_replied_at: datetime | None
    solved_at: datetime | None
    closed_at: datetime | None
    resolution_code: str | None
    reopen_count: int
    reply_count: int
    is_open: bool
    is_spam: bool
    is_escalated: bool
    merged_into_id: int | None
    follow_up_of_id: int | None
    external_id: str | None
    source: str
    created_at: datetime
    updated_at: datetime
    priority_rank: int
    attention_key: str
    extra: dict[str, Any]

    @property
    def ref(self) -> str:
        """`T-1042`."""
        return ticket_ref(self.id)


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message; `author` is the name as it was when it was said.

    `recipient` is the third party it was forwarded to; `from_id` the ticket it was said on, where that is another one:
    one merged into this, or one it was split from.
    """

    id: int
    at: datetime
    author: str
    author_kind: str
    visibility: str
    channel: str
    body: str
    from_id: int | None
    recipient: str
    extra: dict[str, Any]

    @property
    def flags(self) -> tuple[str, ...]:
        """What is to be said of how it came in: `no date, the time of arrival was taken`."""
        return tuple(str(flag) for flag in self.extra.get("flags", ()))


PARTS = (
    "WITH RECURSIVE part(id) AS (SELECT id FROM ticket WHERE id = :id "
    "UNION SELECT ticket.id FROM ticket JOIN part ON ticket.merged_into_id = part.id) "
)
"""A ticket and all that are merged into it, however indirectly."""
_DETAIL = (
    "SELECT ticket.id, ticket.version, ticket.subject, ticket.type, ticket.status, ticket.priority, ticket.impact, "
    "ticket.urgency, ticket.channel, ticket.category, ticket.queue_id, queue.name AS queue, ticket.assignee_id, "
    "agent.handle AS assignee, agent.name AS assignee_name, ticket.customer_id, customer.name AS customer, "
    "customer.email AS customer_email, customer.phone AS customer_phone, customer.tier, ticket.organization_id, "
    "organization.name AS organization, ticket.tags, ticket.due_at, ticket.next_due_at, ticket.next_metric, "
    "ticket.at_risk_at, ticket.critical_at, ticket.breach_at, ticket.policy_id, ticket.calendar_id, "
    "ticket.agreement_id, ticket.wake_at, ticket.waiting_for, "
    "ticket.waiting_since, ticket.last_message_at, ticket.last_reply_at, ticket.first_replied_at, "
    "ticket.solved_at, ticket.closed_at, ticket.resolution_code, ticket.reopen_count, ticket.reply_count, "
    "ticket.is_open, ticket.is_spam, ticket.is_escalated, ticket.merged_into_id, ticket.follow_up_of_id, "
    "ticket.external_id, ticket.source, ticket.created_at, ticket.updated_at, ticket.priority_rank, "
    "ticket.attention_key, ticket.extra FROM ticket "
    "LEFT JOIN queue ON queue.id = ticket.queue_id "
    "LEFT JOIN agent ON agent.id = ticket.assignee_id "
    "LEFT JOIN customer ON customer.id = ticket.customer_id "
    "LEFT JOIN organization ON organization.id = ticket.organization_id "
    "WHERE ticket.id = :id"
)
_MESSAGES = (
    f"{PARTS}SELECT message.id, message.at, coalesce(nullif(message.author_name, ''), agent.name, '') AS author, "
    "message.author_kind, message.visibility, message.channel, message.body, "
    "CASE WHEN message.ticket_id <> :id THEN message.ticket_id ELSE origin.ticket_id END AS from_id, message.recipient, "
    "message.extra "
    "FROM part JOIN message ON message.ticket_id = part.id LEFT JOIN agent ON agent.id = message.agent_id "
    "LEFT JOIN message origin ON origin.id = message.origin_id ORDER BY message.at, message.id"
)
_RELATED = (
    "SELECT id FROM ticket WHERE customer_id = (SELECT customer_id FROM ticket WHERE id = :id) AND id <> :id "
    "ORDER BY updated_at DESC, id DESC LIMIT :limit"
)


def ticket_detail(read: Reader, ticket_id: int) -> TicketDetail | None:
    """One ticket, or None."""
    return read.row(TicketDetail, _DETAIL, {"id": ticket_id})


def messages(read: Reader, ticket_id: int) -> list[MessageRow]:
    """What was said on a ticket and on all that are merged into it, oldest first."""
    return read.rows(MessageRow, _MESSAGES, {"id": ticket_id})


def related(read: Reader, ticket_id: int, limit: int = 10) -> list[TicketRow]:
    """Other tickets of the same customer, the last changed first."""
    found = read.tuples(_RELATED, {"id": ticket_id, "limit": limit})
    return by_ids(read, [int(one) for (one,) in found])
