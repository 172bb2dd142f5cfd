"""Saved views: a question with its order, columns and headings, an agent's own or the desk's. No ticket is touched.

The desk's views stand before an agent's own, each in an order that is theirs alone, so that nobody's tabs move because
somebody else put theirs in another order.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlmodel import col

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidValueError, NotFoundError
from agentdesk.domain.events import Event
from agentdesk.domain.names import checked_name
from agentdesk.domain.query import parse
from agentdesk.models import SavedView
from agentdesk.queries.tickets import SORTS
from agentdesk.queries.views import BUILT_IN
from agentdesk.store.change import Change

EDITABLE: Final = frozenset({"name", "query", "sort", "columns", "group_by"})
MOST_COLUMNS: Final = 30
_WORD = re.compile(r"[a-z][a-z_]{0,29}")
_SEE = "See: agentdesk view list"


def save_view(
    change: Change,
    *,
    name: str,
    query: str,
    sort: str = "attention",
    columns: Sequence[str] = (),
    group_by: str = "",
    shared: bool = False,
) -> SavedView:
    """Save a view under a name; the same name again replaces it where it stands.

    Args:
        change: the transaction.
        name: what its tab says.
        query: what it shows; an order it names becomes that of the view.
        sort: a key of `tickets.SORTS`, with `-` in front for descending.
        columns: which columns in this order; none are those of every list.
        group_by: what its headings are; empty is none.
        shared: for everybody, not only for the actor.

    Raises:
        InvalidValueError: the name is empty, none that can be shown or that of another view; or no such order.
        QueryError: the query cannot be read.
    """
    change.actor.require(Permission.WORK)
    values = _checked({"query": query, "sort": sort, "columns": columns, "group_by": group_by})
    owner = None if shared else change.actor.id
    called = checked_name(name, "A view")
    same = _named(change, called)
    if same is not None and same.agent_id != owner:
        raise _taken(called)
    if same is not None:
        return edit_view(change, same.id or 0, values)
    _refuse_built_in(called)
    last = max((one.position for one in _beside(change, owner)), default=-1)
    view = change.add(
        SavedView(
            name=called,
            agent_id=owner,
            position=last + 1,
            created_at=change.at,
            updated_at=change.at,
            **values,
        )
    )
    change.record(Event.VIEW_CHANGED, view)
    return view


def edit_view(
    change: Change, view_id: int, values: Mapping[str, Any], *, expected_version: int | None = None
) -> SavedView:
    """Set fields of a saved view.

    Raises:
        ConflictError: the view changed since `expected_version`.
        InvalidValueError: a field that a view does not have, or a value as in `save_view`.
        NotFoundError: the actor has no such view.
        QueryError: the query cannot be read.
    """
    change.actor.require(Permission.WORK)
    view = _get(change, view_id, expected_version)
    if unknown := set(values) - EDITABLE:
        raise InvalidValueError("field", min(unknown), sorted(EDITABLE))
    told = _checked(values)
    if "name" in told:
        told["name"] = called = checked_name(told["name"], "A view")
        same = _named(change, called)
        if same is not None and same is not view:
            raise _taken(called)
        _refuse_built_in(called)
    for name, value in told.items():
        setattr(view, name, value)
    change.record(Event.VIEW_CHANGED, view)
    return view


def move_view(change: Change, view_id: int, place: int, *, expected_version: int | None = None) -> SavedView:
    """Put a view to a place among the desk's or among the actor's own, counted from 1; a place too far is the last.

    Raises:
        ConflictError: the view changed since `expected_version`.
        InvalidValueError: no such place.
        NotFoundError: the actor has no such view.
    """
    change.actor.require(Permission.WORK)
    view = _get(change, view_id, expected_version)
    if place < 1:
        raise InvalidValueError("place", place, hint="The first one is 1.")
    others = [one for one in _beside(change, view.agent_id) if one is not view]
    others.insert(place - 1, view)
    for position, one in enumerate(others):
        if one.position != position:
            one.position = position
    change.record(Event.VIEW_CHANGED, view)
    return view


def remove_view(change: Change, view_id: int, *, expected_version: int | None = None) -> None:
    """Delete a view; no ticket is touched.

    Raises:
        ConflictError: the view changed since `expected_version`.
        NotFoundError: the actor has no such view.
    """
    change.actor.require(Permission.WORK)
    view = _get(change, view_id, expected_version)
    change.remove(view)
    change.record(Event.VIEW_CHANGED, view)


def _get(change: Change, view_id: int, expected_version: int | None) -> SavedView:
    view = change.get(SavedView, view_id, expected_version)
    if view.agent_id not in (None, change.actor.id):
        raise NotFoundError("saved view", view_id, _SEE)
    return view


def _beside(change: Change, owner: int | None) -> list[SavedView]:
    """The views of one owner in their order."""
    found = change.find_all(SavedView, col(SavedView.agent_id) == owner)
    return sorted(found, key=lambda one: (one.position, one.id or 0))


def _named(change: Change, name: str) -> SavedView | None:
    """The view of this name that the actor sees, whatever its case."""
    seen = [*_beside(change, change.actor.id), *_beside(change, None)]
    return next((one for one in seen if one.name.casefold() == name.casefold()), None)


def _refuse_built_in(name: str) -> None:
    if name.casefold() in {word.casefold() for one in BUILT_IN for word in (one.id, one.name)}:
        raise _taken(name)


def _taken(name: str) -> InvalidValueError:
    return InvalidValueError("name", name, hint=f"There is another view of this name. {_SEE}")


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    told = dict(values)
    if "query" in told:
        asked = parse(told["query"])
        told["query"] = told["query"].strip()
        if asked.sort is not None:
            told["query"] = str(replace(asked, sort=None, descending=False))
            told["sort"] = f"{'-' if asked.descending else ''}{asked.sort}"
    if "sort" in told and told["sort"].removeprefix("-") not in SORTS:
        raise InvalidValueError("sort", told["sort"], list(SORTS))
    if "columns" in told:
        told["columns"] = list(dict.fromkeys(told["columns"]))
        wrong = [one for one in told["columns"] if not _WORD.fullmatch(one)]
        if wrong or len(told["columns"]) > MOST_COLUMNS:
            raise InvalidValueError(
                "columns", ",".join(wrong or told["columns"]), hint="Name them as in: due,subject"
            )
    if told.get("group_by") and not _WORD.fullmatch(told["group_by"]):
        raise InvalidValueError("group", told["group_by"], hint="Name one word, as in: queue")
    return told
