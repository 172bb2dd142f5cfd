"""Tags as an index: one row a tag on a thing.

The list on the ticket or customer is what is journaled; these rows are derived from it by `store/derived.py`.
"""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from agentdesk.models.base import text_field


class Tag(SQLModel, table=True):
    """One tag on one ticket, customer or organization (`entity`)."""

    __table_args__ = (Index(None, "entity", "name", "entity_id"),)

    entity: str = text_field(primary_key=True)
    entity_id: int = Field(primary_key=True)
    name: str = text_field(primary_key=True)
