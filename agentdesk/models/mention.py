"""Agents that a note names with `@`."""

from sqlalchemy import Index
from sqlmodel import Field

from agentdesk.models.base import Record


class Mention(Record, table=True):
    """One agent named in one note."""

    __table_args__ = (
        Index("uq_mention", "message_id", "agent_id", unique=True),
        Index("ix_mention_agent", "agent_id", "ticket_id"),
    )

    message_id: int = Field(foreign_key="message.id")
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    agent_id: int = Field(foreign_key="agent.id")
