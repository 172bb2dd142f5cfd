"""Macros: kept, checked when they are saved, and applied as one change that one undo takes back."""

from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlmodel import col, or_

from agentdesk.domain import macro as rules
from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidValueError, NotFoundError
from agentdesk.domain.events import Event
from agentdesk.domain.identity import name_key
from agentdesk.domain.names import checked_name
from agentdesk.domain.near import suggest
from agentdesk.domain.placeholders import EmptyPlaceholderError, check_placeholders, fill
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import Visibility
from agentdesk.models import Macro, Queue, Ticket
from agentdesk.queries.placeholder_values import values_of
from agentdesk.services.edits import parse_edits
from agentdesk.services.messages import add_note, reply_to_ticket
from agentdesk.services.signatures import sign
from agentdesk.services.tickets import edit_ticket
from agentdesk.store.change import Change

EDITABLE: Final = frozenset(
    {"name", "body", "category", "visibility", "changes", "shared", "reviewed", "is_active"}
)
_ZONE: Final = ZoneInfo("UTC")


def add_macro(
    change: Change,
    *,
    name: str,
    body: str = "",
    changes: Mapping[str, str] | None = None,
    category: str = "",
    visibility: str = Visibility.PUBLIC,
    shared: bool = False,
) -> Macro:
    """Add a macro, or a template where it sets nothing; it counts as looked at today.

    Args:
        change: the transaction.
        name: what people call it.
        body: what it says, with placeholders.
        changes: what it sets, as it is typed: `{"status": "pending", "tags": "+vat"}`.
        category: the tickets it is offered for first.
        visibility: who reads the text.
        shared: everybody's, not the actor's own.

    Raises:
        InvalidValueError: the name is taken or none that can be shown, it neither says nor sets anything, or a field
            cannot be set like this.
        NotFoundError: it names no agent or queue of the desk.
        UnknownPlaceholderError: the text holds a placeholder that nobody knows.
    """
    change.actor.require(Permission.WORK)
    row = Macro(
        name="",
        agent_id=None if shared else change.actor.id,
        created_at=change.at,
        updated_at=change.at,
        reviewed_at=change.at,
    )
    told = {
        "name": name,
        "body": body,
        "changes": changes or {},
        "category": category,
        "visibility": visibility,
    }
    _put(change, row, told)
    change.add(row)
    change.record(Event.MACRO_CHANGED, row)
    return row


def edit_macro(
    change: Change, macro_id: int, values: Mapping[str, Any], *, expected_version: int | None = None
) -> Macro:
    """Set parts of a macro, as in `add_macro`; `reviewed` alone says that somebody has looked at it.

    Raises:
        ConflictError: it changed since `expected_version`.
        InvalidValueError: a part that a macro does not have, or as in `add_macro`.
    """
    change.actor.require(Permission.WORK)
    row = _usable(change, macro_id, expected_version)
    if unknown := set(values) - EDITABLE:
        raise InvalidValueError("field", min(unknown), sorted(EDITABLE))
    _put(change, row, values)
    if "shared" in values:
        row.agent_id = None if values["shared"] else change.actor.id
    if {"body", "changes", "reviewed"} & set(values):
        row.reviewed_at = change.at
    change.record(Event.MACRO_CHANGED, row)
    return row


def retire_macro(change: Change, macro_id: int) -> Macro:
    """Offer a macro no more; what it was used for stays told."""
    return edit_macro(change, macro_id, {"is_active": False})


def apply_macro(
    change: Change, macro_id: int, ticket_id: int, *, zone: ZoneInfo, expected_version: int | None = None
) -> Ticket:
    """Say what a macro says and set what it sets, on one ticket.

    Raises:
        ConflictError: something happened on the ticket since `expected_version`.
        EmptyPlaceholderError: the text would go out with a placeholder in it.
        InvalidTransitionError: the status it sets cannot be reached.
        UnfilledError: it solves a ticket whose form is not complete.
    """
    change.actor.require(Permission.WORK)
    change.get(Ticket, ticket_id, expected_version)
    row = _usable(change, macro_id)
    if row.body.strip():
        values = values_of(change.reader(), [ticket_id], change.actor.id, zone)[ticket_id]
        filled = fill(row.body, values)
        if filled.empty:
            names = tuple(dict.fromkeys(one.name for one in filled.empty))
            raise EmptyPlaceholderError(ticket_ref(ticket_id), names)
        say = reply_to_ticket if row.visibility == Visibility.PUBLIC else add_note
        is_signed = row.visibility == Visibility.PUBLIC
        say(change, ticket_id, sign(change, ticket_id, filled.text, zone=zone) if is_signed else filled.text)
    return set_macro_fields(change, macro_id, ticket_id, zone=zone)


def set_macro_fields(change: Change, macro_id: int, ticket_id: int, *, zone: ZoneInfo) -> Ticket:
    """Set what a macro sets, where its text went out by another hand; the ticket's history names the macro.

    Raises:
        InvalidTransitionError: the status it sets cannot be reached.
        UnfilledError: it solves a ticket whose form is not complete.
    """
    row = _usable(change, macro_id)
    values = parse_edits(change, rules.as_texts(row.changes), zone)
    ticket = edit_ticket(change, ticket_id, values, reason=f"macro {row.name}")
    if change.id is not None:  # what left everything as it was is not told as having been used
        note_use(change, macro_id, ticket_id)
    return ticket


def note_use(change: Change, macro_id: int, ticket_id: int) -> None:
    """Tell on the history of a ticket that a macro was used; it is counted under the macro."""
    row, ticket = change.session.get(Macro, macro_id), change.get(Ticket, ticket_id)
    if row is not None:
        use = {
            "entity": "macro",
            "entity_id": macro_id,
            "ticket_id": ticket_id,
            "before": None,
            "after": None,
        }
        told = {**use, "customer_id": ticket.customer_id, "reason": row.name}
        change.write_journal([told], Event.MACRO_APPLIED)


def macro_by_name(change: Change, name: str) -> Macro:
    """The actor's own macro of this name, else the one of the desk.

    Raises:
        NotFoundError: there is none, or it was retired; the sentence offers the nearest names.
    """
    known = _known(change)
    same = [one for one in known if name_key(one.name) == name_key(name)]
    found = next((one for one in same if one.is_active), None)
    if found is not None:
        return found
    if same:
        raise NotFoundError("macro", name, "It was retired; agentdesk undo takes that back.")
    names = [(one.name, one.name) for one in known if one.is_active]
    raise NotFoundError("macro", name, suggest(name, names) or "Add one: agentdesk macro add --help")


def _known(change: Change) -> list[Macro]:
    mine = or_(col(Macro.agent_id).is_(None), Macro.agent_id == change.actor.id)
    return sorted(change.find_all(Macro, mine), key=lambda one: one.agent_id is None)


def _usable(change: Change, macro_id: int, expected_version: int | None = None) -> Macro:
    row = change.get(Macro, macro_id, expected_version)
    if row.agent_id not in (None, change.actor.id):
        raise NotFoundError("macro", macro_id, "See: agentdesk macro list")
    return row


def _put(change: Change, row: Macro, values: Mapping[str, Any]) -> None:
    if "name" in values:
        row.name = _free_name(change, values["name"], row)
    if "body" in values:
        check_placeholders(values["body"])
        row.body = values["body"].strip("\n")
    if "category" in values:
        row.category = checked_name(values["category"], "A category") if values["category"].strip() else ""
    if "visibility" in values:
        if values["visibility"] not in set(Visibility):
            raise InvalidValueError("visibility", values["visibility"], [str(one) for one in Visibility])
        row.visibility = str(values["visibility"])
    if "changes" in values:
        row.changes = _checked_changes(change, values["changes"])
    if "is_active" in values:
        row.is_active = values["is_active"]
    if not row.body.strip() and not row.changes:
        raise InvalidValueError("macro", "", hint="Write what it says, or name what it sets: status=pending")


def _free_name(change: Change, name: str, row: Macro) -> str:
    called = checked_name(name, "A macro")
    for one in _known(change):
        is_same = name_key(one.name) == name_key(called) and one.agent_id == row.agent_id
        if is_same and one.is_active and one is not row:
            raise InvalidValueError(
                "name", called, hint="There is such a macro already; see: agentdesk macro list"
            )
    return called


def _checked_changes(change: Change, texts: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, each word as the desk spells it."""
    changes = rules.checked_changes(texts)
    values = parse_edits(change, rules.as_texts(changes), _ZONE)
    for name in ("status", "priority", "type"):
        changes |= {name: values[name]} if name in values else {}
    if "resolution_code" in values:
        changes["resolution"] = values["resolution_code"]
    if values.get("queue_id") is not None:
        changes["queue"] = change.get(Queue, values["queue_id"]).name
    rules.check_together(changes)
    return changes
