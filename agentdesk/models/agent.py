"""A person who works at the desk."""

from sqlmodel import Field

from agentdesk.domain.vocabulary import Role
from agentdesk.models.base import Versioned, one_of, text_field


class Agent(Versioned, table=True):
    """One agent; `handle` is typed and shown, `login` is the operating-system user it answers to."""

    __table_args__ = (one_of("role", Role),)

    handle: str = text_field(unique=True)
    name: str = text_field()
    email: str | None = text_field(default=None)
    login: str | None = text_field(default=None, unique=True)
    role: str = text_field(default=Role.AGENT.value)
    is_active: bool = Field(default=True, nullable=False)
