"""The questions an agent has asked, so that they can be asked again.

Like what was read, what was asked is nothing that happened to a ticket: it goes past the journal, and undo takes back
the last thing an agent did.
"""

from typing import Final

from sqlalchemy import Table
from sqlmodel import SQLModel, and_, insert, select, update

from agentdesk.domain.fields import Entity
from agentdesk.queries.questions import key_of
from agentdesk.store.change import Change

MOST: Final = 100
LONGEST: Final = 2_000
"""Characters of a question worth keeping."""


def remember_question(change: Change, text: str, entity: Entity = "ticket") -> None:
    """Keep a question as the actor's newest, once; the oldest goes where there are more than `MOST`."""
    asked = text.strip()
    if change.actor.id is None or not asked or len(asked) > LONGEST:
        return
    table: Table = SQLModel.metadata.tables["setting"]
    connection = change.session.connection()
    own = and_(table.c.agent_id == change.actor.id, table.c.key == key_of(entity))
    row = connection.execute(select(table.c.value).where(own)).first()
    kept = [asked, *(one for one in (row.value if row else None) or () if one != asked)][:MOST]
    if row is None:
        values = {"agent_id": change.actor.id, "key": key_of(entity), "value": kept}
        connection.execute(insert(table).values(**values))
    else:
        connection.execute(update(table).where(own).values(value=kept))
