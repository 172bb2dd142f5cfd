"""Unsent text, kept until the sending is committed. Not journaled: it is not yet said."""

from sqlmodel import col, delete

from agentdesk.domain.vocabulary import Visibility
from agentdesk.models import Draft
from agentdesk.store.change import Change


def save_draft(change: Change, ticket_id: int, body: str, visibility: str, base_version: int) -> None:
    """Keep what the actor has typed on a ticket; an empty text drops the draft."""
    if not body.strip() or change.actor.id is None:
        drop_draft(change, ticket_id)
        return
    draft = change.find(Draft, Draft.agent_id == change.actor.id, Draft.ticket_id == ticket_id)
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
