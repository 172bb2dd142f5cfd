"""What a customer says about us: a rating, an answer to a survey, a review."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from agentdesk.domain.vocabulary import Channel, FeedbackKind
from agentdesk.models.base import Versioned, json_field, one_of, text_field


class Feedback(Versioned, table=True):
    """One answer, or one question nobody answered: then `score` and `answered_at` are None, so that rates can be told.

    `score` lies between `scale_min` and `scale_max`; kinds are never mixed into one figure.
    """

    __table_args__ = (
        one_of("kind", FeedbackKind),
        one_of("channel", Channel),
        CheckConstraint("score IS NULL OR score BETWEEN scale_min AND scale_max", name="score"),
        Index("ix_feedback_external", "source", "external_id", unique=True),
        Index(None, "customer_id", "at", "id"),
        Index(None, "kind", "at"),
    )

    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    agent_id: int | None = Field(default=None, foreign_key="agent.id")
    kind: str = text_field()
    channel: str = text_field(default=Channel.OTHER.value)
    source: str = text_field(default="")
    external_id: str | None = text_field(default=None)
    at: datetime
    answered_at: datetime | None = None
    score: int | None = None
    scale_min: int = Field(default=1, nullable=False)
    scale_max: int = Field(default=5, nullable=False)
    verbatim: str = text_field(default="")
    theme: str = text_field(default="")
    language: str = text_field(default="")
    extra: dict[str, Any] = json_field(dict)
