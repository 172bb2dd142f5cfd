"""An article of the knowledge base."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from agentdesk.domain.vocabulary import Audience
from agentdesk.models.base import Versioned, json_field, one_of, text_field


class Article(Versioned, table=True):
    """One article; what is not published yet is a draft of the team's, what is not active is told no more."""

    __tablename__ = "kb_article"
    __table_args__ = (
        one_of("audience", Audience),
        Index("ix_kb_article_external", "source", "external_id", unique=True),
    )

    external_id: str | None = text_field(default=None)
    source: str = text_field(default="")
    title: str = text_field()
    body: str = text_field(default="")
    category: str = text_field(default="")
    tags: list[str] = json_field(list)
    audience: str = text_field(default=Audience.PUBLIC.value)
    is_published: bool = Field(default=True, nullable=False)
    author_id: int | None = Field(default=None, foreign_key="agent.id")
    reviewed_at: datetime | None = None
    is_active: bool = Field(default=True, nullable=False)
    extra: dict[str, Any] = json_field(dict)
