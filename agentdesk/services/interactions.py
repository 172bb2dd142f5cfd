"""Contacts that are not messages: calls, visits, orders, surveys."""

from datetime import datetime

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.events import Event
from agentdesk.domain.vocabulary import Channel, InteractionKind, Status
from agentdesk.models import Interaction, Ticket
from agentdesk.services.survivors import living_customer
from agentdesk.store.change import Change


def log_interaction(
    change: Change,
    customer_id: int,
    *,
    kind: str,
    summary: str,
    channel: str = Channel.PHONE,
    ticket_id: int | None = None,
    reached: bool = False,
    at: datetime | None = None,
) -> Interaction:
    """Note a contact on a customer; `at` is when it took place, now unless given.

    An outbound call about a ticket that `reached` the customer is its first reply, if none was before (R6); it answers
    nothing else, so the customer's wait and the count of replies stay.

    Raises:
        NotFoundError: there is no such customer or ticket.
        InvalidValueError: the kind or the channel is no word of the desk, or another contact than an outbound call
            is said to have reached somebody.
    """
    change.actor.require(Permission.WORK)
    customer_id = living_customer(change, customer_id).id or customer_id
    ticket = change.get(Ticket, ticket_id) if ticket_id is not None else None
    if kind not in set(InteractionKind):
        raise InvalidValueError("kind", kind, [str(one) for one in InteractionKind])
    if channel not in set(Channel):
        raise InvalidValueError("channel", channel, [str(one) for one in Channel])
    if reached and kind != InteractionKind.CALL_OUT:
        raise InvalidValueError(
            "kind", kind, [str(InteractionKind.CALL_OUT)], "Only a call out can reach somebody."
        )
    if reached and ticket is not None and ticket.status != Status.CLOSED:
        ticket.first_replied_at = ticket.first_replied_at or at or change.at
    interaction = Interaction(
        customer_id=customer_id,
        ticket_id=ticket_id,
        agent_id=change.actor.id,
        kind=kind,
        channel=channel,
        at=at or change.at,
        summary=summary.strip(),
        extra={"reached": True} if reached else {},
        created_at=change.at,
        updated_at=change.at,
    )
    change.add(interaction)
    change.record(Event.INTERACTION_LOGGED, interaction, at=at)
    return interaction
