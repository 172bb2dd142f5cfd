"""What the desk tells its agents: kept until they put it away, because nobody looks at a screen all the time."""

from collections.abc import Iterable

from sqlmodel import col, select

from agentdesk.domain.vocabulary import Role
from agentdesk.models import Agent, Notice
from agentdesk.store.change import Change


def tell(change: Change, agent_ids: Iterable[int], ticket_id: int, *, kind: str, words: str) -> int:
    """Leave a notice for each agent, once each; the next `record` journals them.

    Args:
        change: the transaction.
        agent_ids: whom to tell.
        ticket_id: the ticket it is about.
        kind: what sort of notice, for lists: `at_risk`, `escalation`, `cover`.
        words: one sentence, read after the ticket's reference.

    Returns:
        How many were told.
    """
    told = sorted(set(agent_ids))
    for agent_id in told:
        change.add(
            Notice(
                agent_id=agent_id,
                ticket_id=ticket_id,
                kind=kind,
                words=words,
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
