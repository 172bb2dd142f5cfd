"""Two customers who look alike and are not: somebody looked and said so."""

from sqlalchemy import Index
from sqlmodel import Field

from agentdesk.models.base import Record, text_field


class DistinctPair(Record, table=True):
    """A pair that is not offered as duplicates again; `customer_id` is the smaller id."""

    __tablename__ = "distinct_pair"
    __table_args__ = (Index("uq_distinct_pair", "customer_id", "other_id", unique=True),)

    customer_id: int = Field(foreign_key="customer.id")
    other_id: int = Field(foreign_key="customer.id", index=True)
    agent_id: int | None = Field(default=None, foreign_key="agent.id")
    reason: str = text_field(default="")
