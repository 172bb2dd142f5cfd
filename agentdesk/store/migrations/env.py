"""What Alembic runs: upgrade through the connection it is given, batch mode where SQLite needs it."""

from alembic import context
from sqlmodel import SQLModel

import agentdesk.models  # noqa: F401  fills the metadata
from agentdesk.store.migrations import env_options

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    **env_options(),
)
with context.begin_transaction():
    context.run_migrations()
