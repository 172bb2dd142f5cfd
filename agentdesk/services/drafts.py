"""Unsent text, kept until the sending is committed. Not journaled: it is not yet said."""

from sqlmodel import col, delete

from agentdesk.domain.vocabulary import Visibility
from agentdesk.models import Draft, Message, Ticket
from agentdesk.store.change import Change


def save_draft(change: Change, ticket_id: int, body: str, visibility: str, base_version: int) -> None:
    """Keep what the actor has typed on a ticket; an empty text drops the draft."""
    if not body.strip() or change.actor.id is None:
        drop_draft(change, ticket_id)
        return
    draft = _draft_of(change, change.actor.id, ticket_id)
    if draft is None:
        draft = Draft(
            agent_id=change.actor.id, ticket_id=ticket_id, base_version=base_version, saved_at=change.at
        )
        change.session.add(draft)
    draft.body = body
    draft.visibility = Visibility(visibility).value
    draft.base_version = base_version
    draft.saved_at = change.at
    change.session.flush()


def drop_draft(change: Change, ticket_id: int) -> None:
    """Forget the actor's draft on a ticket."""
    change.session.connection().execute(
        delete(Draft).where(col(Draft.agent_id) == change.actor.id, col(Draft.ticket_id) == ticket_id)
    )


def bring_back_draft(change: Change, message: Message) -> bool:
    """Make what was said the draft of its author again, unless another draft of theirs waits on the ticket.

    Returns:
        Whether the text is a draft now.
    """
    if message.agent_id is None or _draft_of(change, message.agent_id, message.ticket_id) is not None:
        return False
    change.session.add(
        Draft(
            agent_id=message.agent_id,
            ticket_id=message.ticket_id,
            visibility=message.visibility,
            body=message.body,
            base_version=change.get(Ticket, message.ticket_id).version,
            saved_at=change.at,
        )
    )
    change.session.flush()
    return True


def drop_said_draft(change: Change, message: Message) -> None:
    """Forget the draft of a text that is said after all."""
    if message.agent_id is None:
        return
    draft = _draft_of(change, message.agent_id, message.ticket_id)
    if draft is not None and draft.body == message.body:
        change.session.delete(draft)
        change.session.flush()


def _draft_of(change: Change, agent_id: int, ticket_id: int) -> Draft | None:
    return change.find(Draft, Draft.agent_id == agent_id, Draft.ticket_id == ticket_id)
