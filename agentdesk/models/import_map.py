"""A mapping that is kept by name: which column of a foreign file is what, and their words in ours."""

from sqlmodel import Field

from agentdesk.models.base import Versioned, text_field


class ImportMap(Versioned, table=True):
    """One mapping; `text` is its TOML as it was saved, `kind` what it imports (tickets, orders, ...)."""

    __tablename__ = "import_map"

    name: str = text_field()
    name_key: str = text_field(unique=True)
    kind: str = text_field()
    text: str = text_field()
    is_active: bool = Field(default=True, nullable=False)
