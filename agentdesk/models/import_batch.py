"""One file taken in: what it was, what came of each of its rows, and who did it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from agentdesk.models.base import json_field, text_field


class ImportBatch(SQLModel, table=True):
    """One import; rows = created + updated + unchanged + duplicates + rejected, always."""

    __tablename__ = "import_batch"
    __table_args__ = (
        CheckConstraint("state IN ('running', 'done', 'undone', 'interrupted')", name="state"),
        CheckConstraint(
            "state = 'running' OR rows = created + updated + unchanged + duplicates + rejected",
            name="reconciles",
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = text_field()
    source: str = text_field()
    file_name: str = text_field()
    file_hash: str = text_field(default="", index=True)
    encoding: str = text_field(default="")
    delimiter: str = text_field(default="")
    rows: int = Field(default=0, nullable=False)
    created: int = Field(default=0, nullable=False)
    updated: int = Field(default=0, nullable=False)
    unchanged: int = Field(default=0, nullable=False)
    duplicates: int = Field(default=0, nullable=False)
    rejected: int = Field(default=0, nullable=False)
    rejects_file: str | None = text_field(default=None)
    state: str = text_field(default="running")
    actor_id: int | None = Field(default=None, foreign_key="agent.id")
    started_at: datetime
    finished_at: datetime | None = None
    details: dict[str, Any] = json_field(dict)
