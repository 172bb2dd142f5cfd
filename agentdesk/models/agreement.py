"""A product and service agreement: what a customer, or everybody of an organization, is entitled to, and how long."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from agentdesk.models.base import Versioned, text_field


class Agreement(Versioned, table=True):
    """One agreement; `starts_on` and `ends_on` are dates as `2026-03-02`, both inside it, `ends_on` empty for no end.

    `policy` is the name of the policy that its tickets get.
    """

    __table_args__ = (CheckConstraint("(customer_id IS NULL) <> (organization_id IS NULL)", name="party"),)

    customer_id: int | None = Field(default=None, foreign_key="customer.id", index=True)
    organization_id: int | None = Field(default=None, foreign_key="organization.id", index=True)
    product: str = text_field(default="")
    plan: str = text_field(default="")
    policy: str = text_field()
    starts_on: str = text_field()
    ends_on: str = text_field(default="")
