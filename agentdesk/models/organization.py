"""A company, school or office that customers belong to."""

from typing import Any

from sqlmodel import Field

from agentdesk.models.base import Versioned, json_field, text_field


class Organization(Versioned, table=True):
    """One organization; `name_key` is its name folded for matching, and unique."""

    external_id: str | None = text_field(default=None, index=True)
    name: str = text_field()
    name_key: str = text_field(unique=True)
    domains: list[str] = json_field(list)
    tier: str = text_field(default="")
    owner_id: int | None = Field(default=None, foreign_key="agent.id", index=True)
    notes: str = text_field(default="")
    tags: list[str] = json_field(list)
    extra: dict[str, Any] = json_field(dict)
