"""A saved query with its order and columns: a tab of the queue."""

from sqlmodel import Field

from agentdesk.models.base import Versioned, json_field, text_field


class SavedView(Versioned, table=True):
    """One view; `agent_id` None is shared by the desk."""

    __tablename__ = "saved_view"

    agent_id: int | None = Field(default=None, foreign_key="agent.id", index=True)
    name: str = text_field()
    query: str = text_field(default="")
    sort: str = text_field(default="attention")
    columns: list[str] = json_field(list)
    group_by: str = text_field(default="")
    position: int = Field(default=0, nullable=False)
