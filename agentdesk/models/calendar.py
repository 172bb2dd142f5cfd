"""Business hours of a team, one row a version: an edit adds the next one, and promises keep the one they began with."""

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from agentdesk.models.base import Versioned, json_field, text_field

_CURRENT = text("is_current")


class CalendarVersion(Versioned, table=True):
    """One version; `name_key` is its name folded for matching, `number` counts the versions of a name from 1.

    `hours` is spelled as `domain.sla.parse_week` reads it, `exceptions` is a day spelled by date; `holidays` holds
    `{"date": ..., "name": ...}` in order. Nothing but `is_current` ever changes, and one version of a name has it.
    """

    __tablename__ = "calendar"
    __table_args__ = (
        UniqueConstraint("name_key", "number"),
        Index(
            "uq_calendar_current", "name_key", unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT
        ),
    )

    name: str = text_field()
    name_key: str = text_field()
    number: int = Field(nullable=False)
    zone: str = text_field()
    hours: str = text_field()
    holidays: list[dict[str, str]] = json_field(list)
    exceptions: dict[str, str] = json_field(dict)
    is_current: bool = Field(default=True, nullable=False)
