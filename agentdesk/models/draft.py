"""What an agent has typed and not sent; kept until the sending is committed. Not journaled: it is not yet said."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from agentdesk.domain.vocabulary import LetterKind, Visibility
from agentdesk.models.base import json_field, one_of, text_field


class Draft(SQLModel, table=True):
    """One unsent text of one kind by one agent on one ticket, with the version of the ticket it answers.

    `extra` holds what goes with the text: its recipient, the status to leave, the macro, the files.
    """

    __table_args__ = (
        UniqueConstraint("agent_id", "ticket_id", "kind"),
        one_of("kind", LetterKind),
        one_of("visibility", Visibility),
    )

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="agent.id")
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    kind: str = text_field(default=LetterKind.REPLY.value)
    visibility: str = text_field(default=Visibility.PUBLIC.value)
    body: str = text_field(default="")
    extra: dict[str, Any] = json_field(dict)
    base_version: int
    saved_at: datetime
