"""How an agent has a list arranged, kept view by view. Nothing happens to a ticket by it: no journal, and no undo."""

from sqlalchemy import Table
from sqlmodel import SQLModel, and_, insert, select, update

from agentdesk.queries.arrangements import KEY, Arrangement
from agentdesk.store.change import Change


def arrange_list(change: Change, view: str, chosen: Arrangement) -> None:
    """Keep what the actor chose for a view, in place of what they chose before."""
    if change.actor.id is None:
        return
    table: Table = SQLModel.metadata.tables["setting"]
    connection = change.session.connection()
    own = and_(table.c.agent_id == change.actor.id, table.c.key == KEY)
    row = connection.execute(select(table.c.value).where(own)).first()
    kept = dict(row.value) if row is not None and isinstance(row.value, dict) else {}
    kept[view] = chosen.kept()
    if row is None:
        connection.execute(insert(table).values(agent_id=change.actor.id, key=KEY, value=kept))
    else:
        connection.execute(update(table).where(own).values(value=kept))
