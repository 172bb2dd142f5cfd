"""What Alembic runs: upgrade through the connection it is given, batch mode where SQLite needs it."""

from alembic import context
from sqlmodel import SQLModel

import agentdesk.models  # noqa: F401  fills the metadata


def _include(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and name is not None and "_text" in name)


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    include_name=_include,
)
with context.begin_transaction():
    context.run_migrations()
