"""The journal: what happened, who did it, and every field before and after. Rows are only ever added.

A change is one transaction; its journal rows say what it did. Audit, timeline, undo, conflicts and reports of past
instants all read from here, and nothing else keeps a history.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field, SQLModel

from agentdesk.domain.vocabulary import Origin
from agentdesk.models.base import one_of, text_field

_DIFF: Any = JSON(none_as_null=True)  # a missing side is SQL NULL, not the JSON word


def _index(name: str, *columns: str, where: str) -> Index:
    """An index over the rows that queries look for; SQLite uses it only where a query says `where` itself."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class ChangeRow(SQLModel, table=True):
    """One transaction: its number is what `undo N` takes back."""

    __tablename__ = "change"
    __table_args__ = (one_of("origin", Origin), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(index=True)
    actor_id: int | None = Field(default=None, foreign_key="agent.id")
    origin: str = text_field()
    summary: str = text_field(default="")
    key: str | None = text_field(default=None, unique=True)
    undo_of_id: int | None = Field(default=None, foreign_key="change.id", index=True)
    undone_by_id: int | None = Field(default=None, foreign_key="change.id")
    batch_id: int | None = Field(default=None, foreign_key="import_batch.id", index=True)


class Journal(SQLModel, table=True):
    """One row touched by a change.

    `at` is when it happened in the world (an imported history keeps its own instants; `change.at` says when it was
    written). `before` and `after` hold only the fields that changed. `is_main` marks the row an event is about.
    """

    __table_args__ = (
        Index("ix_journal_entity", "entity", "entity_id", "id"),
        # An import pays for each index of each row it journals, and most of those are ways to reach somebody.
        _index("ix_journal_ticket", "ticket_id", "at", "id", where="ticket_id IS NOT NULL"),
        _index("ix_journal_customer", "customer_id", "id", where="is_main"),
        _index("ix_journal_entity_at", "entity", "at", where="entity <> 'contact_point'"),
    )

    id: int | None = Field(default=None, primary_key=True)
    change_id: int = Field(foreign_key="change.id", index=True)
    at: datetime
    actor_id: int | None = Field(default=None, foreign_key="agent.id")
    event: str = text_field()
    is_main: bool = Field(default=True, nullable=False)
    entity: str = text_field()
    entity_id: int
    version: int | None = None
    ticket_id: int | None = None
    customer_id: int | None = None
    before: dict[str, Any] | None = Field(default=None, sa_type=_DIFF)
    after: dict[str, Any] | None = Field(default=None, sa_type=_DIFF)
    reason: str = text_field(default="")
