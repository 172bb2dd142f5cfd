"""How far an import has come, in the same transaction as its rows, so that one that was killed goes on where it was."""

from typing import Any

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from agentdesk.models.base import json_field


class ImportChunk(SQLModel, table=True):
    """One portion of a file that was dealt with; outside the journal, because it tells of the import, not of the desk.

    `rows` counts the rows of the file in it; `touched` holds the ids its rows were about; `faults` its rejected rows.
    """

    __tablename__ = "import_chunk"
    __table_args__ = (UniqueConstraint("batch_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="import_batch.id")
    number: int
    rows: int
    touched: bytes = Field(default=b"", sa_type=LargeBinary, nullable=False)
    faults: list[Any] = json_field(list)
