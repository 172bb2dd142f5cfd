"""Who is at a ticket now, and what of it an agent has seen: outside the journal, because nothing happens by it."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from agentdesk.domain.vocabulary import Doing
from agentdesk.models.base import one_of, text_field


class Looking(SQLModel, table=True):
    """One agent at one ticket in one console (`door`), as of `at`; old rows mean nothing.

    `since` is when they began to do what they do.
    """

    __table_args__ = (one_of("doing", Doing),)

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True, ondelete="CASCADE")
    agent_id: int = Field(foreign_key="agent.id", primary_key=True)
    door: str = text_field(primary_key=True)
    doing: str = text_field()
    since: datetime
    at: datetime


class Seen(SQLModel, table=True):
    """Until when an agent has read a ticket."""

    __tablename__ = "ticket_seen"
    __table_args__ = (Index("ix_ticket_seen_at", "agent_id", "at"),)

    agent_id: int = Field(foreign_key="agent.id", primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True, ondelete="CASCADE", index=True)
    at: datetime
