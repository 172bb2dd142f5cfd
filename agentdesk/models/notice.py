"""What the desk tells an agent: a promise at risk, an escalation nobody answers, a ticket they cover for somebody."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from agentdesk.models.base import Record, text_field


class Notice(Record, table=True):
    """One notice to one agent; `seen_at` is when they put it away."""

    __table_args__ = (Index("ix_notice_agent", "agent_id", "seen_at", "id"),)

    agent_id: int = Field(foreign_key="agent.id")
    ticket_id: int = Field(foreign_key="ticket.id", index=True, ondelete="CASCADE")
    kind: str = text_field()
    words: str = text_field()
    seen_at: datetime | None = None
