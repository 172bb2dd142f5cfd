"""A request for more expertise or more authority; the owner of the ticket stays the owner."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from agentdesk.domain.vocabulary import (
    EscalationKind,
    EscalationLevel,
    EscalationReason,
    EscalationState,
    EscalationTrigger,
)
from agentdesk.models.base import Versioned, one_of, text_field


class Escalation(Versioned, table=True):
    """One step of a chain: who asks whom for what, by when, and what came of it.

    `previous_id` is the step before it, where the one who was asked asked further; `ack_due_at` is by when somebody has
    to have answered at all.
    """

    __table_args__ = (
        one_of("kind", EscalationKind),
        one_of("trigger", EscalationTrigger),
        one_of("level", EscalationLevel, null=True),
        one_of("reason_code", EscalationReason),
        one_of("state", EscalationState),
        Index(None, "state", "created_at"),
    )

    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    kind: str = text_field()
    trigger: str = text_field(default=EscalationTrigger.MANUAL.value)
    level: str | None = text_field(default=None)
    from_agent_id: int | None = Field(default=None, foreign_key="agent.id")
    to_queue_id: int | None = Field(default=None, foreign_key="queue.id")
    to_agent_id: int | None = Field(default=None, foreign_key="agent.id")
    to_party: str = text_field(default="")
    reason_code: str = text_field()
    ask: str = text_field()
    needed_by: datetime | None = None
    state: str = text_field(default=EscalationState.REQUESTED.value)
    acknowledged_at: datetime | None = None
    ack_due_at: datetime | None = None
    previous_id: int | None = Field(default=None, foreign_key="escalation.id", index=True)
    outcome: str = text_field(default="")
