"""What has to be known before a ticket of a category may be solved."""

from typing import Any

from sqlmodel import Field

from agentdesk.models.base import Versioned, json_field, text_field


class IntakeForm(Versioned, table=True):
    """The form of one category: `fields` is a list of `{name, label, required, choices, question}`."""

    __tablename__ = "intake_form"

    category: str = text_field()
    category_key: str = text_field(unique=True)
    fields: list[Any] = json_field(list)
    is_active: bool = Field(default=True, nullable=False)
