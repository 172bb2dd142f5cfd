"""What every table shares: types that read the same in both databases, checks from vocabularies, versions.

No relationships and no behaviour: joins belong to `queries/`, decisions to `domain/`.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Text
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING


def one_of(column: str, values: Iterable[StrEnum], *, null: bool = False) -> CheckConstraint:
    """A CHECK that a column holds one word of a vocabulary."""
    listed = ", ".join(f"'{value}'" for value in values)
    either = f"{column} IS NULL OR " if null else ""
    return CheckConstraint(f"{either}{column} IN ({listed})", name=column)


def text_field(**options: Any) -> Any:
    """A text column without a length."""
    return Field(sa_type=Text, **options)


def json_field(factory: type[list[Any] | dict[str, Any]]) -> Any:
    """A JSON column that is never null."""
    return Field(default_factory=factory, sa_type=JSON, nullable=False)


class Record(SQLModel):
    """A row with an identity and times."""

    id: int | None = Field(default=None, primary_key=True)
    created_at: datetime
    updated_at: datetime


class Versioned(Record):
    """A row people change: `version` counts its changes and guards against stale hands."""

    version: int = Field(default=1, nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805  SQLAlchemy calls it with the class
        """Let SQLAlchemy refuse an update when the row has moved on since it was loaded."""
        return {"version_id_col": cls.version}
