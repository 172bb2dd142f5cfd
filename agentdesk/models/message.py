"""What was said on a ticket."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field

from agentdesk.domain.vocabulary import AuthorKind, Channel, Visibility
from agentdesk.models.base import Record, json_field, one_of, text_field


class Message(Record, table=True):
    """One message; `at` is when it was said, `created_at` when the desk learnt of it.

    `recipient` is the third party that a forwarded message went to; `origin_id` the message that this one is a copy of.
    `external_id` is its Message-ID or its number in the system it comes from, `extra` what else that said of it.
    """

    __table_args__ = (
        one_of("author_kind", AuthorKind),
        one_of("visibility", Visibility),
        one_of("channel", Channel),
        Index(None, "ticket_id", "at", "id"),
        Index(None, "customer_id", "at", "id"),
        Index(
            "ix_message_origin_id",
            "origin_id",
            sqlite_where=text("origin_id IS NOT NULL"),
            postgresql_where=text("origin_id IS NOT NULL"),
        ),
        Index(
            "ix_message_external_id",
            "external_id",
            sqlite_where=text("external_id IS NOT NULL"),
            postgresql_where=text("external_id IS NOT NULL"),
        ),
    )

    ticket_id: int = Field(foreign_key="ticket.id")
    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    at: datetime
    author_kind: str = text_field()
    author_name: str = text_field(default="")
    agent_id: int | None = Field(default=None, foreign_key="agent.id", index=True)
    visibility: str = text_field(default=Visibility.PUBLIC.value)
    channel: str = text_field(default=Channel.OTHER.value)
    body: str = text_field()
    recipient: str = text_field(default="")
    origin_id: int | None = Field(default=None, foreign_key="message.id")
    external_id: str | None = text_field(default=None)
    extra: dict[str, Any] = json_field(dict)
