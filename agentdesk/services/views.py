"""Saved views: a query with its order and columns, an agent's own or the desk's."""

from collections.abc import Sequence

from agentdesk.domain.actor import Permission
from agentdesk.domain.events import Event
from agentdesk.domain.names import checked_name
from agentdesk.models import SavedView
from agentdesk.store.change import Change


def save_view(
    change: Change,
    *,
    name: str,
    query: str,
    sort: str = "attention",
    columns: Sequence[str] = (),
    shared: bool = False,
) -> SavedView:
    """Save a view under a name; the same name again replaces it.

    Raises:
        InvalidValueError: the name is empty or none that can be shown.
    """
    change.actor.require(Permission.WORK)
    called = checked_name(name, "A view")
    owner = None if shared else change.actor.id
    view = change.find(SavedView, SavedView.name == called, SavedView.agent_id == owner)
    if view is None:
        view = change.add(SavedView(name=called, agent_id=owner, created_at=change.at, updated_at=change.at))
    view.query, view.sort, view.columns = query, sort, list(columns)
    change.record(Event.VIEW_CHANGED, view)
    return view


def remove_view(change: Change, view_id: int) -> None:
    """Delete a view; no ticket is touched."""
    change.actor.require(Permission.WORK)
    view = change.get(SavedView, view_id)
    change.remove(view)
    change.record(Event.VIEW_CHANGED, view)
