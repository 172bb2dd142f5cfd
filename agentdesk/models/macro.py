"""A macro: text to say and fields to set in one step; a template is a macro that sets nothing."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from agentdesk.domain.vocabulary import Visibility
from agentdesk.models.base import Versioned, json_field, one_of, text_field


class Macro(Versioned, table=True):
    """One macro; `agent_id` None is shared by the desk. `changes` holds ticket fields by their public names."""

    __table_args__ = (one_of("visibility", Visibility),)

    agent_id: int | None = Field(default=None, foreign_key="agent.id", index=True)
    name: str = text_field()
    category: str = text_field(default="")
    visibility: str = text_field(default=Visibility.PUBLIC.value)
    body: str = text_field(default="")
    changes: dict[str, Any] = json_field(dict)
    is_active: bool = Field(default=True, nullable=False)
    reviewed_at: datetime | None = None
