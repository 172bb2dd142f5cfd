"""Files that came or go with a message. Content is kept once by its hash, so the store stays one thing to copy."""

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from agentdesk.models.base import Record, text_field


class Blob(SQLModel, table=True):
    """The bytes of a file, named by their SHA-256 in hexadecimal; outside the journal, because a name says it all."""

    sha256: str = text_field(primary_key=True)
    size: int
    data: bytes = Field(sa_type=LargeBinary)


class Attachment(Record, table=True):
    """One file on one message; `name` is what its sender called it: data, never a path."""

    message_id: int = Field(foreign_key="message.id", index=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    name: str = text_field()
    media_type: str = text_field(default="application/octet-stream")
    size: int = Field(default=0, nullable=False)
    sha256: str = text_field(foreign_key="blob.sha256")
