"""A queue: where work of one kind waits, and who takes from it."""

from sqlmodel import Field, SQLModel

from agentdesk.models.base import Versioned, text_field


class Queue(Versioned, table=True):
    """One queue; `name_key` is its name folded for matching, and unique."""

    name: str = text_field()
    name_key: str = text_field(unique=True)
    description: str = text_field(default="")
    is_active: bool = Field(default=True, nullable=False)


class QueueMember(SQLModel, table=True):
    """One agent who takes from one queue."""

    __tablename__ = "queue_member"

    queue_id: int = Field(foreign_key="queue.id", primary_key=True)
    agent_id: int = Field(foreign_key="agent.id", primary_key=True, index=True)
