"""Tickets: opened, edited, moved, tagged. Every status goes through the state machine."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.events import Event
from agentdesk.domain.lifecycle import refuse_closed
from agentdesk.domain.names import tag_words
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import AuthorKind, Channel, Priority, TicketType, Visibility
from agentdesk.models import Message, Queue, Ticket
from agentdesk.services import statuses
from agentdesk.services.already import say_already
from agentdesk.services.assignments import assign_ticket
from agentdesk.services.outbox import leaves_by, queue_letter
from agentdesk.services.placing import place_new_ticket
from agentdesk.services.survivors import living_customer
from agentdesk.store.change import Change

EDITABLE = frozenset(
    {
        "subject",
        "type",
        "priority",
        "impact",
        "urgency",
        "category",
        "channel",
        "queue_id",
        "customer_id",
        "due_at",
        "waiting_for",
        "tags",
    }
)
"""Fields that are simply set; status, assignee and wake-up have operations of their own."""

_OWN_OPERATION = frozenset({"status", "assignee_id", "wake_at", "resolution_code", "add_tags", "remove_tags"})


def create_ticket(
    change: Change,
    *,
    subject: str,
    customer_id: int | None = None,
    body: str = "",
    reply: str = "",
    type: str = TicketType.QUESTION,  # noqa: A002  the field's own name
    priority: str = Priority.NORMAL,
    queue_id: int | None = None,
    assignee_id: int | None = None,
    channel: str = Channel.OTHER,
    category: str = "",
    tags: Sequence[str] = (),
    due_at: datetime | None = None,
) -> Ticket:
    """Open a ticket; `body` is the customer's first message, in their own words.

    `reply` is what the agent who opens it writes to the customer at once, as after a call. It is no first reply: that is
    the next one (R6, golden G24), so it counts nowhere and ends no wait.
    Without a queue the routing rules choose one; without an agent the owner of the customer gets it, if on shift.

    Raises:
        InvalidValueError: the subject is empty.
        NotFoundError: the customer, queue or agent does not exist.
    """
    change.actor.require(Permission.WORK)
    customer = living_customer(change, customer_id) if customer_id is not None else None
    if queue_id is not None:
        change.get(Queue, queue_id)
    ticket = Ticket(
        subject=_filled("subject", subject),
        customer_id=customer.id if customer else None,
        organization_id=customer.organization_id if customer else None,
        type=type,
        priority=priority,
        queue_id=queue_id,
        channel=channel,
        category=category,
        tags=tag_words(tags),
        due_at=due_at,
        created_at=change.at,
        updated_at=change.at,
        waiting_since=change.at if body else None,
        last_message_at=change.at if body or reply.strip() else None,
    )
    change.add(ticket)
    if body:
        by = AuthorKind.CUSTOMER if customer else AuthorKind.SYSTEM
        _open_with(change, ticket, body, by, customer.name if customer else "")
    if reply.strip():
        _open_with(change, ticket, reply, AuthorKind.AGENT, change.actor.name)
    change.record(Event.TICKET_CREATED, ticket)
    place_new_ticket(change, ticket, assignee_id=assignee_id)
    return ticket


def _open_with(change: Change, ticket: Ticket, body: str, by: AuthorKind, name: str) -> None:
    """Put a public message on a ticket that is being opened; the event of its creation tells of it."""
    is_letter = by is AuthorKind.AGENT
    message = change.add(
        Message(
            ticket_id=_id(ticket),
            customer_id=ticket.customer_id,
            at=change.at,
            author_kind=by,
            author_name=name,
            agent_id=change.actor.id if by is AuthorKind.AGENT else None,
            visibility=Visibility.PUBLIC,
            channel=leaves_by(change, ticket) if is_letter else ticket.channel,
            body=body,
            created_at=change.at,
            updated_at=change.at,
        )
    )
    if is_letter:
        queue_letter(change, ticket, message)


def edit_ticket(
    change: Change,
    ticket_id: int,
    values: Mapping[str, Any],
    *,
    expected_version: int | None = None,
    reason: str = "",
) -> Ticket:
    """Set fields of a ticket; `status`, `assignee_id` and `wake_at` go through their own operations.

    Raises:
        ConflictError: the ticket changed since `expected_version`.
        InvalidValueError: a field is not editable, its value is not one of its words, or a ticket that shall wait
            for its customer has no `reason` to.
        InvalidTransitionError: the status cannot be reached from here.
    """
    change.actor.require(Permission.WORK)
    ticket = change.get(Ticket, ticket_id, expected_version)
    simple = {name: value for name, value in values.items() if name in EDITABLE}
    if unknown := set(values) - EDITABLE - _OWN_OPERATION:
        raise InvalidValueError("field", min(unknown), sorted(EDITABLE | _OWN_OPERATION))
    if values.get("add_tags") or values.get("remove_tags"):
        set_tags(change, ticket_id, add=values.get("add_tags", ()), remove=values.get("remove_tags", ()))
    if simple:
        refuse_closed(ticket_ref(ticket_id), ticket.status)
        for name, value in simple.items():
            setattr(ticket, name, _checked(change, name, value))
        if "customer_id" in simple and ticket.customer_id is not None:
            customer = living_customer(change, ticket.customer_id)
            ticket.customer_id, ticket.organization_id = customer.id, customer.organization_id
        tagged = set(simple) == {"tags"}
        event = Event.TICKET_TAGGED if tagged else Event.TICKET_CHANGED
        if not change.record(event, ticket, reason=reason):
            say_already(change, ticket, simple)
    if "assignee_id" in values:
        assign_ticket(change, ticket_id, to=values["assignee_id"])
    if "status" in values and not (values["status"] == ticket.status and "wake_at" in values):
        options = {name: values[name] for name in ("waiting_for", "wake_at") if values.get(name)}
        resolution = values.get("resolution_code") or statuses.ANSWERED
        statuses.set_status(
            change, ticket_id, values["status"], reason=reason, resolution=resolution, **options
        )
    elif "wake_at" in values:
        statuses.snooze_ticket(change, ticket_id, until=values["wake_at"])
    return ticket


def move_ticket(
    change: Change, ticket_id: int, *, queue_id: int | None, expected_version: int | None = None
) -> Ticket:
    """Put a ticket into another queue; its assignee and its clocks stay (rule R8)."""
    return edit_ticket(change, ticket_id, {"queue_id": queue_id}, expected_version=expected_version)


def set_tags(
    change: Change,
    ticket_id: int,
    *,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
    expected_version: int | None = None,
) -> Ticket:
    """Add and take off tags; a closed ticket allows it too."""
    change.actor.require(Permission.WORK)
    ticket = change.get(Ticket, ticket_id, expected_version)
    gone = set(tag_words(remove))
    ticket.tags = [tag for tag in dict.fromkeys([*ticket.tags, *tag_words(add)]) if tag not in gone]
    if not change.record(Event.TICKET_TAGGED, ticket):
        say_already(change, ticket, ["tags"])
    return ticket


def _checked(change: Change, name: str, value: Any) -> Any:
    words = {"type": TicketType, "priority": Priority, "channel": Channel}
    if name in words and value not in set(words[name]):
        raise InvalidValueError(name, value, [str(word) for word in words[name]])
    if name == "subject":
        return _filled(name, value)
    if name == "queue_id" and value is not None:
        change.get(Queue, value)
    return tag_words(value) if name == "tags" else value


def _filled(name: str, value: str) -> str:
    if not value.strip():
        raise InvalidValueError(name, value, hint="Write what the ticket is about.")
    return value.strip()


def _id(ticket: Ticket) -> int:
    assert ticket.id is not None
    return ticket.id
