"""Agents that a note names are told; taking the note back takes the telling back."""

from typing import Final

from sqlmodel import col

from agentdesk.domain.mentions import handles_in
from agentdesk.domain.safe_text import line
from agentdesk.models import Agent, Mention, Message
from agentdesk.services.notices import tell
from agentdesk.store.change import Change

MENTION: Final = "mention"


def mention(change: Change, message: Message) -> None:
    """Note down whom a message names, and tell them; naming oneself tells nobody. The next `record` journals it."""
    named = {one.lower() for one in handles_in(message.body)}
    if not named:
        return
    everybody = change.find_all(Agent, col(Agent.is_active))
    told = [one.id for one in everybody if one.handle.lower() in named and one.id is not None]
    assert message.id is not None
    for agent_id in told:
        change.add(
            Mention(
                message_id=message.id,
                ticket_id=message.ticket_id,
                agent_id=agent_id,
                created_at=change.at,
                updated_at=change.at,
            )
        )
    others = [one for one in told if one != change.actor.id]
    words = f"{change.actor.name} names you in a note: “{line(' '.join(message.body.split()))}”"
    tell(change, others, message.ticket_id, kind=MENTION, words=words)
