"""How tickets belong together, apart from merging."""

from sqlalchemy import Index
from sqlmodel import Field

from agentdesk.domain.vocabulary import LinkKind
from agentdesk.models.base import Record, one_of, text_field


class TicketLink(Record, table=True):
    """`ticket` is a duplicate of, related to, caused by or split from `other`."""

    __tablename__ = "ticket_link"
    __table_args__ = (
        one_of("kind", LinkKind),
        Index("uq_ticket_link", "ticket_id", "other_id", "kind", unique=True),
    )

    ticket_id: int = Field(foreign_key="ticket.id")
    other_id: int = Field(foreign_key="ticket.id", index=True)
    kind: str = text_field()
