"""The clocks of a ticket as they stood after its last change: what `domain.sla.clock_state` says, kept so that lists can sort.

They follow from the journal, so they are never journaled themselves; time passing changes none of them. An instant
that lies ahead, such as `breached_at` of a running clock, comes true unless something happens first.
"""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from agentdesk.models.base import text_field

_RUNNING = text("is_running")


class SlaClock(SQLModel, table=True):
    """One clock instance (R3); `number` counts those of a metric from 1, `used_minutes` is set once it has ended.

    `is_sticky` says that the breach happened under a target that was replaced since (R9), so that it stands whatever
    the target in force says; of a clock that has ended, that this one does not show it. `changed_at` is when its target or calendar last became another one.
    """

    __tablename__ = "sla_clock"
    __table_args__ = (
        Index("ix_sla_clock_fulfilled", "fulfilled_at", "metric"),
        Index(
            "ix_sla_clock_running",
            "is_paused",
            "at_risk_at",
            sqlite_where=_RUNNING,
            postgresql_where=_RUNNING,
        ),
    )

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True, ondelete="CASCADE")
    metric: str = text_field(primary_key=True)
    number: int = Field(primary_key=True)
    started_at: datetime
    target_minutes: int = Field(nullable=False)
    policy_id: int = Field(foreign_key="sla_policy.id")
    calendar_id: int | None = Field(default=None, foreign_key="calendar.id")
    priority_at_start: str = text_field()
    due_at: datetime | None = None
    at_risk_at: datetime | None = None
    critical_at: datetime | None = None
    breached_at: datetime | None = None
    breach_cause: str | None = text_field(default=None)
    is_sticky: bool = Field(default=False, nullable=False)
    changed_at: datetime | None = None
    is_running: bool = Field(default=True, nullable=False)
    is_paused: bool = Field(default=False, nullable=False)
    fulfilled_at: datetime | None = None
    fulfilled_by: str | None = text_field(default=None)
    cancelled_at: datetime | None = None
    cancel_reason: str | None = text_field(default=None)
    used_minutes: int | None = None


class SlaPause(SQLModel, table=True):
    """A stretch that a clock does not count; `ended_at` is None while it lasts."""

    __tablename__ = "sla_pause"

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True, ondelete="CASCADE")
    metric: str = text_field(primary_key=True)
    number: int = Field(primary_key=True)
    started_at: datetime = Field(primary_key=True)
    ended_at: datetime | None = None
    status: str = text_field()


class SlaStep(SQLModel, table=True):
    """A step of the ladder that was taken for a clock: its key is why none is ever taken twice."""

    __tablename__ = "sla_step"

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True, ondelete="CASCADE")
    metric: str = text_field(primary_key=True)
    number: int = Field(primary_key=True)
    step: str = text_field(primary_key=True)
    taken_at: datetime
