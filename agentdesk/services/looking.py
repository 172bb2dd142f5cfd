"""Who is at a ticket now, and what of it the actor has seen. Nothing happens to a ticket by it: no journal, no version.

The statements go past the session, as with notices put away; what a console left behind is swept by whoever comes next.
"""

from typing import Any

from sqlalchemy import Table, bindparam, text
from sqlmodel import SQLModel, and_, col, delete, insert, or_, select

from agentdesk.domain.looking import HOLDS
from agentdesk.domain.vocabulary import Doing
from agentdesk.models import Looking
from agentdesk.store.change import Change

_SEEN = (
    "INSERT INTO ticket_seen (agent_id, ticket_id, at) VALUES (:agent_id, :ticket_id, :at) "
    "ON CONFLICT (agent_id, ticket_id) DO UPDATE SET at = excluded.at WHERE ticket_seen.at < excluded.at"
)


def look_at(change: Change, ticket_id: int, door: str, doing: str) -> None:
    """Say that the actor is at a ticket in the console `door`, `reading` or `writing`; a console is at one ticket.

    The desk itself looks at nothing. Asks for no permission: whoever may read may be seen reading.
    """
    if change.actor.id is None:
        return
    was = _where(change, door)
    since = change.at
    if was is not None and (was.ticket_id, was.doing) == (ticket_id, doing) and was.at >= change.at - HOLDS:
        since = was.since
    look_away(change, door)
    change.session.connection().execute(
        insert(_table("looking")).values(
            ticket_id=ticket_id,
            agent_id=change.actor.id,
            door=door,
            doing=Doing(doing).value,
            since=since,
            at=change.at,
        )
    )


def look_away(change: Change, door: str) -> None:
    """Say that the actor is at no ticket any more in the console `door`; sweep out what means nothing any more."""
    mine = and_(col(Looking.agent_id) == change.actor.id, col(Looking.door) == door)
    stale = col(Looking.at) < change.at - HOLDS
    change.session.connection().execute(delete(Looking).where(or_(mine, stale)))


def mark_seen(change: Change, ticket_id: int) -> None:
    """Remember that the actor has read a ticket until now; never taken back, and never set to an earlier instant."""
    if change.actor.id is not None:
        typed = text(_SEEN).bindparams(bindparam("at", type_=_table("ticket_seen").c.at.type))
        params = {"agent_id": change.actor.id, "ticket_id": ticket_id, "at": change.at}
        change.session.connection().execute(typed, params)


def _where(change: Change, door: str) -> Any:
    """The row of a console, or None."""
    mine = select(Looking).where(Looking.agent_id == change.actor.id, Looking.door == door)
    return change.session.connection().execute(mine).first()


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]
