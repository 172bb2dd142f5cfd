"""Choices kept in the store: the desk's or one agent's."""

from typing import Any

from agentdesk.domain.events import Event
from agentdesk.models import Setting
from agentdesk.store.change import Change


def put_setting(change: Change, key: str, value: Any, *, own: bool = True) -> None:
    """Keep a choice, the actor's own unless told otherwise."""
    agent_id = change.actor.id if own else None
    row = change.find(Setting, Setting.key == key, Setting.agent_id == agent_id)
    if row is None:
        row = change.add(Setting(agent_id=agent_id, key=key, value=value))
    row.value = value
    change.record(Event.SETTING_CHANGED, row)
