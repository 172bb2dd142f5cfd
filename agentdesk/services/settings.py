"""Choices kept in the store: the desk's or one agent's."""

from typing import Any

from sqlalchemy import insert, update
from sqlmodel import col

from agentdesk.domain.actor import Permission
from agentdesk.domain.desk_settings import desk_setting_of
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


def remember(change: Change, key: str, value: Any) -> None:
    """Keep something about the actor that is no change: how far they came, where they were.

    The statements go past the session, so nothing of it is journaled, and undo takes back what an agent did last.
    """
    connection = change.session.connection()
    mine = (col(Setting.agent_id) == change.actor.id) & (col(Setting.key) == key)
    if not connection.execute(update(Setting).where(mine).values(value=value)).rowcount:
        connection.execute(insert(Setting).values(agent_id=change.actor.id, key=key, value=value))


def set_desk_setting(change: Change, key: str, text: str) -> None:
    """Choose something for everybody.

    Raises:
        NotFoundError: there is no such key.
        InvalidValueError: the key cannot have this value.
    """
    change.actor.require(Permission.CONFIGURE)
    known = desk_setting_of(key)
    put_setting(change, known.key, known.parse(text), own=False)


def unset_desk_setting(change: Change, key: str) -> None:
    """Bring the default of a key back.

    Raises:
        NotFoundError: there is no such key.
    """
    change.actor.require(Permission.CONFIGURE)
    known = desk_setting_of(key)
    row = change.find(Setting, Setting.key == known.key, Setting.agent_id == None)  # noqa: E711  SQL's own None
    if row is not None:
        change.remove(row)
        change.record(Event.SETTING_CHANGED, row)
