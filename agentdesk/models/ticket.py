"""A piece of work for a customer.

`is_open`, `priority_rank` and, for a ticket without clocks, the columns from `next_due_at` on are derived from the other
fields by `store/derived.py` whenever a ticket is written; those of a ticket with clocks by `services/clocks.py` at the
end of the change. They exist so that every offered sort and every count is served by an index.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field

from agentdesk.domain.vocabulary import Channel, Level3, Priority, Resolution, Status, TicketType
from agentdesk.models.base import Versioned, json_field, one_of, text_field

_OPEN = text("is_open")
_WAITING = text("waiting_since IS NOT NULL")
_SOLVED = text("status = 'solved'")


def _open_index(name: str, *columns: str) -> Index:
    return Index(name, *columns, "id", sqlite_where=_OPEN, postgresql_where=_OPEN)


class Ticket(Versioned, table=True):
    """One ticket; its reference is `T-` and the id, which is never used twice."""

    __table_args__ = (
        one_of("type", TicketType),
        one_of("status", Status),
        one_of("priority", Priority),
        one_of("impact", Level3, null=True),
        one_of("urgency", Level3, null=True),
        one_of("channel", Channel),
        one_of("resolution_code", Resolution, null=True),
        _open_index("ix_ticket_open_attention", "attention_key"),
        _open_index("ix_ticket_open_risk", "at_risk_at", "critical_at", "breach_at", "attention_key"),
        _open_index("ix_ticket_open_created", "created_at"),
        _open_index("ix_ticket_open_updated", "updated_at"),
        _open_index("ix_ticket_open_mine", "assignee_id", "attention_key"),
        _open_index("ix_ticket_open_queue", "queue_id", "attention_key"),
        _open_index("ix_ticket_open_status", "status", "attention_key"),
        _open_index("ix_ticket_open_priority", "priority_rank", "attention_key"),
        _open_index("ix_ticket_open_message", "last_message_at"),
        _open_index("ix_ticket_open_number"),
        Index("ix_ticket_waiting", "waiting_since", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index(
            "ix_ticket_escalated",
            "attention_key",
            "id",
            sqlite_where=text("is_escalated"),
            postgresql_where=text("is_escalated"),
        ),
        Index("ix_ticket_attention", "attention_key", "id"),
        Index("ix_ticket_priority", "priority_rank", "attention_key", "id"),
        Index("ix_ticket_created", "created_at", "id"),
        Index("ix_ticket_updated", "updated_at", "id"),
        Index("ix_ticket_customer", "customer_id", "updated_at", "id"),
        Index("ix_ticket_external", "source", "external_id", unique=True),
        Index(  # what the desk closes after its days
            "ix_ticket_solved", "solved_at", "id", sqlite_where=_SOLVED, postgresql_where=_SOLVED
        ),
        Index(  # asked for each ticket that is deleted
            "ix_ticket_follow_up_of_id",
            "follow_up_of_id",
            sqlite_where=text("follow_up_of_id IS NOT NULL"),
            postgresql_where=text("follow_up_of_id IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    external_id: str | None = text_field(default=None)
    source: str = text_field(default="")
    subject: str = text_field()
    type: str = text_field(default=TicketType.QUESTION.value)
    status: str = text_field(default=Status.NEW.value)
    priority: str = text_field(default=Priority.NORMAL.value)
    impact: str | None = text_field(default=None)
    urgency: str | None = text_field(default=None)
    channel: str = text_field(default=Channel.OTHER.value)
    category: str = text_field(default="")
    queue_id: int | None = Field(default=None, foreign_key="queue.id")
    assignee_id: int | None = Field(default=None, foreign_key="agent.id")
    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    organization_id: int | None = Field(default=None, foreign_key="organization.id", index=True)
    tags: list[str] = json_field(list)
    due_at: datetime | None = None
    wake_at: datetime | None = Field(default=None, index=True)
    waiting_for: str = text_field(default="")
    waiting_since: datetime | None = None
    last_message_at: datetime | None = None
    last_reply_at: datetime | None = None
    first_replied_at: datetime | None = None
    solved_at: datetime | None = None
    closed_at: datetime | None = None
    resolution_code: str | None = text_field(default=None)
    reopen_count: int = Field(default=0, nullable=False)
    reply_count: int = Field(default=0, nullable=False)
    is_spam: bool = Field(default=False, nullable=False)
    is_escalated: bool = Field(default=False, nullable=False)
    merged_into_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    follow_up_of_id: int | None = Field(default=None, foreign_key="ticket.id")
    policy_id: int | None = Field(default=None, foreign_key="sla_policy.id")
    calendar_id: int | None = Field(default=None, foreign_key="calendar.id")
    agreement_id: int | None = Field(default=None, foreign_key="agreement.id")
    intake: dict[str, Any] = json_field(dict)
    extra: dict[str, Any] = json_field(dict)
    is_open: bool = Field(default=True, nullable=False)
    priority_rank: int = Field(default=3, nullable=False)
    attention_key: str = text_field(default="")
    tier_rank: int = Field(default=9, nullable=False)
    next_due_at: datetime | None = None
    next_metric: str = text_field(default="")
    at_risk_at: datetime | None = None
    critical_at: datetime | None = None
    breach_at: datetime | None = None
