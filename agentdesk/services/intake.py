"""Intake forms, and filling them in: a ticket is not solved before its form is complete."""

from collections.abc import Mapping, Sequence

from sqlmodel import col

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidValueError, NotFoundError
from agentdesk.domain.events import Event
from agentdesk.domain.identity import name_key
from agentdesk.domain.intake import FormField, UnfilledError, checked_values, fields_of, missing
from agentdesk.domain.lifecycle import refuse_closed
from agentdesk.domain.names import checked_name
from agentdesk.domain.near import suggest
from agentdesk.domain.references import ticket_ref
from agentdesk.models import IntakeForm, Ticket
from agentdesk.store.change import Change


def set_form(change: Change, category: str, fields: Sequence[FormField]) -> IntakeForm:
    """Say what has to be known of the tickets of a category; what it asked for before is replaced.

    Raises:
        InvalidValueError: the category is none that can be shown, there is no field, or one is there twice.
    """
    change.actor.require(Permission.CONFIGURE)
    called = checked_name(category, "A category")
    if not fields:
        raise InvalidValueError("form", "", hint="Name a field: --field 'order_number:Order number:required'")
    twice = next(
        (one for at, one in enumerate(fields) if one.name in {two.name for two in fields[:at]}), None
    )
    if twice is not None:
        raise InvalidValueError("form field", twice.name, hint="It is there twice.")
    form = change.find(IntakeForm, IntakeForm.category_key == name_key(called))
    if form is None:
        form = change.add(
            IntakeForm(
                category=called, category_key=name_key(called), created_at=change.at, updated_at=change.at
            )
        )
    form.category, form.fields, form.is_active = called, [one.as_row() for one in fields], True
    change.record(Event.INTAKE_FORM_CHANGED, form)
    return form


def remove_form(change: Change, category: str) -> IntakeForm:
    """Ask for nothing any more; what tickets hold of it stays.

    Raises:
        NotFoundError: the category has no form.
    """
    change.actor.require(Permission.CONFIGURE)
    form = _form_of(change, category)
    if form is None:
        known = change.find_all(IntakeForm, col(IntakeForm.is_active))
        near = suggest(category, [(one.category, one.category) for one in known])
        raise NotFoundError("form for", category, near or "See: agentdesk intake list")
    form.is_active = False
    change.record(Event.INTAKE_FORM_CHANGED, form)
    return form


def fill_form(
    change: Change, ticket_id: int, texts: Mapping[str, str], *, expected_version: int | None = None
) -> Ticket:
    """Set values of the form of a ticket's category; an empty text takes one away.

    Raises:
        InvalidTransitionError: the ticket is closed.
        InvalidValueError: its category has no form, the form no such field, or the field no such choice.
    """
    change.actor.require(Permission.WORK)
    ticket = change.get(Ticket, ticket_id, expected_version)
    refuse_closed(ticket_ref(ticket_id), ticket.status)
    form = _form_of(change, ticket.category)
    if form is None:
        raise no_form(ticket.category)
    fields = fields_of(form.fields)
    before = ticket.intake
    ticket.intake = checked_values(fields, before, texts)
    moved = [one.label for one in fields if before.get(one.name) != ticket.intake.get(one.name)]
    change.record(Event.TICKET_INTAKE, ticket, reason=", ".join(moved))
    return ticket


def require_complete(change: Change, ticket: Ticket) -> None:
    """Refuse to solve a ticket whose form is not complete.

    Raises:
        UnfilledError: names the fields.
    """
    form = _form_of(change, ticket.category)
    if form is not None and (left := missing(fields_of(form.fields), ticket.intake)):
        raise UnfilledError(ticket_ref(ticket.id or 0), form.category, left)


def no_form(category: str) -> InvalidValueError:
    """What is said where there is nothing to fill in."""
    if not category:
        hint = "A form hangs on the category: give the ticket one first (e, or agentdesk ticket set T category=...)."
        return InvalidValueError("category", category, hint=hint)
    hint = f"It has no form; agentdesk intake set {category!r} --field ... makes one."
    return InvalidValueError("category", category, hint=hint)


def _form_of(change: Change, category: str) -> IntakeForm | None:
    key = name_key(category)
    return change.find(IntakeForm, IntakeForm.category_key == key, col(IntakeForm.is_active)) if key else None
