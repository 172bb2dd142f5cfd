"""A person who writes, calls or buys."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field

from agentdesk.models.base import Versioned, json_field, text_field


class Customer(Versioned, table=True):
    """One person; `email` and `phone` repeat the primary contact points so that lists need no join.

    `owner_id` is the single point of contact, from `owner_since` until `owner_until`, open-ended where they are None.
    """

    __table_args__ = (
        Index(None, "name_key", "id"),
        Index(None, "organization_id", "id"),
        # Asked for each customer who is deleted; hardly a row is merged, so that an import pays nothing for it.
        Index(
            "ix_customer_merged_into_id",
            "merged_into_id",
            sqlite_where=text("merged_into_id IS NOT NULL"),
            postgresql_where=text("merged_into_id IS NOT NULL"),
        ),
    )

    external_id: str | None = text_field(default=None, unique=True)
    name: str = text_field()
    name_key: str = text_field()
    email: str | None = text_field(default=None)
    phone: str | None = text_field(default=None)
    organization_id: int | None = Field(default=None, foreign_key="organization.id")
    title: str = text_field(default="")
    language: str = text_field(default="")
    time_zone: str = text_field(default="")
    tier: str = text_field(default="")
    owner_id: int | None = Field(default=None, foreign_key="agent.id", index=True)
    owner_since: datetime | None = None
    owner_until: datetime | None = None
    do_not_contact: bool = Field(default=False, nullable=False)
    warning: str = text_field(default="")
    notes: str = text_field(default="")
    tags: list[str] = json_field(list)
    extra: dict[str, Any] = json_field(dict)
    merged_into_id: int | None = Field(default=None, foreign_key="customer.id")
