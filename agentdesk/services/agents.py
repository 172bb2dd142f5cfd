"""Agents: who works at the desk, by which handle, under which login, in which role."""

from collections.abc import Mapping
from typing import Any

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.events import Event
from agentdesk.domain.vocabulary import Role
from agentdesk.models import Agent
from agentdesk.store.change import Change

EDITABLE = frozenset({"name", "email", "login", "role", "is_active"})


def add_agent(
    change: Change,
    *,
    handle: str,
    name: str = "",
    role: str = Role.AGENT,
    login: str | None = None,
    email: str | None = None,
) -> Agent:
    """Add an agent; the handle is what people type and see.

    Raises:
        InvalidValueError: the handle is empty, has a space, or is taken; the role is unknown.
    """
    change.actor.require(Permission.CONFIGURE)
    handle = handle.strip()
    if not handle or any(c.isspace() or c == "," for c in handle):
        raise InvalidValueError("handle", handle, hint="A handle is one word.")
    if change.find(Agent, Agent.handle == handle):
        raise InvalidValueError("handle", handle, hint="It is taken.")
    _check_role(role)
    agent = Agent(
        handle=handle,
        name=name.strip() or handle,
        role=role,
        login=login,
        email=email,
        created_at=change.at,
        updated_at=change.at,
    )
    change.add(agent)
    change.record(Event.AGENT_CHANGED, agent)
    return agent


def edit_agent(change: Change, agent_id: int, values: Mapping[str, Any]) -> Agent:
    """Set fields of an agent; one who leaves is set inactive, never deleted."""
    change.actor.require(Permission.CONFIGURE)
    agent = change.get(Agent, agent_id)
    if unknown := set(values) - EDITABLE:
        raise InvalidValueError("field", min(unknown), sorted(EDITABLE))
    if "role" in values:
        _check_role(values["role"])
    for name, value in values.items():
        setattr(agent, name, value)
    change.record(Event.AGENT_CHANGED, agent)
    return agent


def _check_role(role: str) -> None:
    if role not in set(Role):
        raise InvalidValueError("role", role, [str(one) for one in Role])
