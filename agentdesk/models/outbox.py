"""What leaves the desk: one row a message to somebody outside, handed over exactly once."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from agentdesk.domain.vocabulary import OutboxState
from agentdesk.models.base import Versioned, one_of, text_field


class Outbox(Versioned, table=True):
    """One message on its way; `key` becomes its Message-ID, `release_at` is when its send window ends.

    `underway` is the place from which a message that was handed over has still to be let go; empty before and after.
    """

    __table_args__ = (
        one_of("state", OutboxState),
        Index("ix_outbox_state", "state", "release_at", "id"),
    )

    key: str = text_field(unique=True)
    message_id: int = Field(foreign_key="message.id", unique=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    to_name: str = text_field(default="")
    to_address: str = text_field()
    subject: str = text_field(default="")
    state: str = text_field(default=OutboxState.QUEUED.value)
    release_at: datetime
    handed_over_at: datetime | None = None
    underway: str = text_field(default="")
