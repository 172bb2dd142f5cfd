"""What the desk or one agent has chosen."""

from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from agentdesk.models.base import text_field


class Setting(SQLModel, table=True):
    """One choice; `agent_id` None is the desk's own."""

    __table_args__ = (UniqueConstraint("agent_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int | None = Field(default=None, foreign_key="agent.id")
    key: str = text_field()
    value: Any = Field(default=None, sa_type=JSON)
