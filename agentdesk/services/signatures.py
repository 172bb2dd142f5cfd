"""An agent's signature: kept as their own choice, and put below the replies that no editor showed them."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from agentdesk.domain.actor import Permission
from agentdesk.domain.events import Event
from agentdesk.domain.signatures import SIGNATURE, checked_signature, signed
from agentdesk.models import Setting
from agentdesk.queries.signatures import signature_on
from agentdesk.services.settings import put_setting
from agentdesk.store.change import Change


def set_signature(change: Change, text: str) -> None:
    """Let the actor's replies end with this.

    Raises:
        InvalidValueError: it is empty or too long.
        UnknownPlaceholderError: something in double braces means nothing.
    """
    change.actor.require(Permission.WORK)
    put_setting(change, SIGNATURE, checked_signature(text))


def clear_signature(change: Change) -> None:
    """Let the actor's replies end with their text."""
    change.actor.require(Permission.WORK)
    row = change.find(Setting, Setting.key == SIGNATURE, Setting.agent_id == change.actor.id)
    if row is not None:
        change.remove(row)
        change.record(Event.SETTING_CHANGED, row)


def sign(change: Change, ticket_id: int, text: str, *, zone: ZoneInfo) -> str:
    """A reply with the actor's signature, as it stands on the ticket; a text that is signed already stays as it is."""
    read = replace(change.reader(), agent_id=change.actor.id)
    return signed(text, signature_on(read, ticket_id, zone)) if text.strip() else text
