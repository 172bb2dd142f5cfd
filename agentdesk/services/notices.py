"""What the desk tells its agents: kept until they put it away, because nobody looks at a screen all the time."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, update
from sqlmodel import col, select

from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.safe_text import clip
from agentdesk.domain.vocabulary import Role
from agentdesk.models import Agent, Notice
from agentdesk.store.change import Change

LONGEST: Final = 160
"""Cells of a notice; what is quoted in it is whole a key away."""
ASKED: Final = "escalation"
"""Somebody is asked for something."""
ABOUT: Final = "escalation_of_yours"
"""Somebody else is asked about a ticket of one's own."""
ANSWERED: Final = "escalation_answer"
"""Whoever asked is told what came of it."""


def tell(change: Change, agent_ids: Iterable[int], ticket_id: int, *, kind: str, words: str) -> int:
    """Leave a notice for each agent, once each; the next `record` journals them.

    Args:
        change: the transaction.
        agent_ids: whom to tell.
        ticket_id: the ticket it is about.
        kind: what sort of notice, for lists: `at_risk`, `escalation`, `cover`.
        words: one sentence, read after the ticket's reference; what is too long for a notice is cut.

    Returns:
        How many were told.
    """
    told = sorted(set(agent_ids))
    sentence = clip(" ".join(words.split()), LONGEST)
    for agent_id in told:
        change.add(
            Notice(
                agent_id=agent_id,
                ticket_id=ticket_id,
                kind=kind,
                words=sentence,
                created_at=change.at,
                updated_at=change.at,
            )
        )
    return len(told)


def leads(change: Change) -> list[int]:
    """The active leads; where there is none, the active admins."""
    for role in (Role.LEAD, Role.ADMIN):
        wanted = (
            select(Agent.id).where(Agent.role == role.value, col(Agent.is_active)).order_by(col(Agent.id))
        )
        if found := [one for one in change.session.exec(wanted).all() if one is not None]:
            return found
    return []


def put_away(change: Change, notice_ids: Collection[int] | None = None) -> int:
    """Mark notices of the actor as seen; all of them unless some are named.

    The statement goes past the session, so nothing of it is journaled: who has read what is not what happened to a
    ticket, and undo must take back the last thing an agent did, not the last thing they looked at.

    Returns:
        How many were not put away before.

    Raises:
        NotFoundError: one of them is no notice of the actor; none was put away.
    """
    mine = col(Notice.agent_id) == change.actor.id
    unseen: list[ColumnElement[bool]] = [mine, col(Notice.seen_at).is_(None)]
    if notice_ids is not None:
        wanted = set(notice_ids)
        known = set(change.session.exec(select(Notice.id).where(mine, col(Notice.id).in_(wanted))).all())
        if missing := sorted(wanted - known):
            raise NotFoundError("notice", missing[0], "Yours are listed by: agentdesk notice list")
        unseen.append(col(Notice.id).in_(wanted))
    return _mark_seen(change, *unseen)


def settle(change: Change, ticket_id: int, *, kind: str, told_at: datetime) -> int:
    """Mark the notices that one change left about a ticket as seen, whoever has them: they are no longer true.

    Returns:
        How many were not put away before.
    """
    return _mark_seen(
        change,
        col(Notice.ticket_id) == ticket_id,
        col(Notice.kind) == kind,
        col(Notice.created_at) == told_at,
        col(Notice.seen_at).is_(None),
    )


def _mark_seen(change: Change, *conditions: ColumnElement[bool]) -> int:
    statement = update(Notice).where(*conditions).values(seen_at=change.at, updated_at=change.at)
    return int(change.session.connection().execute(statement).rowcount)
