"""Which queue a new ticket goes to when nobody named one."""

from sqlmodel import Field

from agentdesk.models.base import Versioned, text_field


class RoutingRule(Versioned, table=True):
    """One rule: `conditions` is a query over tickets; the first by `position` (then id) that matches decides."""

    __tablename__ = "routing_rule"

    name: str = text_field()
    name_key: str = text_field(unique=True)
    position: int = Field(default=0, nullable=False)
    conditions: str = text_field()
    queue_id: int = Field(foreign_key="queue.id")
    is_active: bool = Field(default=True, nullable=False)
