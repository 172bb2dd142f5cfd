"""What is promised to whom by when, one row a version: an edit adds the next one, and promises keep the one they began with."""

from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field

from agentdesk.models.base import Versioned, json_field, text_field

_CURRENT = text("is_current")


class PolicyVersion(Versioned, table=True):
    """One version; `name_key` is its name folded for matching, `number` counts the versions of a name from 1.

    `targets` holds minutes by metric and priority (`{"frt": {"urgent": 30}}`), `ladder` the steps of
    `domain.sla.ladder`, `conditions` a query over tickets, empty for all. `calendar` is the name of a calendar: which
    version of it counts is decided, and kept on the ticket, when the policy is chosen. Nothing but `is_current` ever
    changes, and one version of a name has it; none has it once the policy is retired.
    """

    __tablename__ = "sla_policy"
    __table_args__ = (
        UniqueConstraint("name_key", "number"),
        Index(
            "uq_sla_policy_current", "name_key", unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT
        ),
    )

    name: str = text_field()
    name_key: str = text_field()
    number: int = Field(nullable=False)
    position: int = Field(default=0, nullable=False)
    conditions: str = text_field(default="")
    calendar: str = text_field()
    targets: dict[str, dict[str, int]] = json_field(dict)
    ladder: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON, nullable=False)
    by_agreement: bool = Field(default=False, nullable=False)
    is_current: bool = Field(default=True, nullable=False)
