"""A way to reach a customer, with the form it is matched by."""

from sqlalchemy import Index, text
from sqlmodel import Field

from agentdesk.domain.vocabulary import PointKind
from agentdesk.models.base import Record, one_of, text_field


class ContactPoint(Record, table=True):
    """One e-mail address, phone number or other address; an e-mail belongs to one customer only.

    `source` is what told of it (an importer, `mail`; empty where a person typed it), `batch_id` the import, not a foreign
    key because each row of an import would pay for it.
    """

    __tablename__ = "contact_point"
    __table_args__ = (
        one_of("kind", PointKind),
        Index(
            "uq_contact_point_email",
            "normalised",
            unique=True,
            sqlite_where=text("kind = 'email'"),
            postgresql_where=text("kind = 'email'"),
        ),
        Index(
            "ix_contact_point_phone",
            "normalised",
            sqlite_where=text("kind = 'phone'"),
            postgresql_where=text("kind = 'phone'"),
        ),
    )

    customer_id: int = Field(foreign_key="customer.id", index=True)
    kind: str = text_field()
    value: str = text_field()
    normalised: str = text_field()
    label: str = text_field(default="")
    is_primary: bool = Field(default=False, nullable=False)
    source: str = text_field(default="")
    batch_id: int | None = None
