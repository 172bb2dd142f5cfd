"""A contact with a customer that is not a message: a call, a visit, an order, a survey."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from agentdesk.domain.vocabulary import Channel, InteractionKind
from agentdesk.models.base import Versioned, json_field, one_of, text_field


class Interaction(Versioned, table=True):
    """One contact; `at` is when it took place, the seconds are those of a call."""

    __table_args__ = (
        one_of("kind", InteractionKind),
        one_of("channel", Channel),
        Index(None, "customer_id", "at", "id"),
        Index("ix_interaction_external", "source", "external_id", unique=True),
    )

    customer_id: int = Field(foreign_key="customer.id")
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    agent_id: int | None = Field(default=None, foreign_key="agent.id")
    kind: str = text_field()
    channel: str = text_field(default=Channel.OTHER.value)
    at: datetime
    summary: str = text_field(default="")
    source: str = text_field(default="")
    external_id: str | None = text_field(default=None)
    wait_seconds: int | None = None
    talk_seconds: int | None = None
    hold_seconds: int | None = None
    wrap_seconds: int | None = None
    extra: dict[str, Any] = json_field(dict)
