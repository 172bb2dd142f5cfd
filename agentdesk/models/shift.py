"""When an agent works: weekly hours in their zone, and dates with hours of their own."""

from sqlmodel import Field

from agentdesk.models.base import Versioned, json_field, text_field


class Shift(Versioned, table=True):
    """The hours of one agent; who has none is taken to be there.

    `hours` is spelled as `domain.sla.parse_week` reads it, `exceptions` is a day spelled by date: `closed` is a day off.
    """

    agent_id: int = Field(foreign_key="agent.id", unique=True)
    zone: str = text_field()
    hours: str = text_field()
    exceptions: dict[str, str] = json_field(dict)
