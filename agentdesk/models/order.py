"""Something a customer bought, as the shop or the ERP tells it."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from agentdesk.models.base import Versioned, json_field, text_field


class Order(Versioned, table=True):
    """One order; `status` is a word of the system it comes from, `amount_minor` counts cents of `currency`.

    The table is `sales_order` because `order` is a word of SQL.
    """

    __tablename__ = "sales_order"
    __table_args__ = (
        Index("ix_sales_order_external", "source", "external_id", unique=True),
        Index(None, "customer_id", "at", "id"),
    )

    customer_id: int = Field(foreign_key="customer.id")
    source: str = text_field(default="")
    external_id: str | None = text_field(default=None)
    status: str = text_field(default="")
    at: datetime
    amount_minor: int | None = Field(default=None, sa_type=BigInteger)
    currency: str = text_field(default="")
    summary: str = text_field(default="")
    extra: dict[str, Any] = json_field(dict)
