"""Contacts that are not messages: calls, visits, orders, surveys."""

from datetime import datetime

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.events import Event
from agentdesk.domain.vocabulary import Channel, InteractionKind
from agentdesk.models import Customer, Interaction, Ticket
from agentdesk.store.change import Change


def log_interaction(
    change: Change,
    customer_id: int,
    *,
    kind: str,
    summary: str,
    channel: str = Channel.PHONE,
    ticket_id: int | None = None,
    at: datetime | None = None,
) -> Interaction:
    """Note a contact on a customer; `at` is when it took place, now unless given.

    Raises:
        NotFoundError: there is no such customer or ticket.
        InvalidValueError: the kind or the channel is no word of the desk.
    """
    change.actor.require(Permission.WORK)
    change.get(Customer, customer_id)
    if ticket_id is not None:
        change.get(Ticket, ticket_id)
    if kind not in set(InteractionKind):
        raise InvalidValueError("kind", kind, [str(one) for one in InteractionKind])
    if channel not in set(Channel):
        raise InvalidValueError("channel", channel, [str(one) for one in Channel])
    interaction = Interaction(
        customer_id=customer_id,
        ticket_id=ticket_id,
        agent_id=change.actor.id,
        kind=kind,
        channel=channel,
        at=at or change.at,
        summary=summary.strip(),
        created_at=change.at,
        updated_at=change.at,
    )
    change.add(interaction)
    change.record(Event.INTERACTION_LOGGED, interaction, at=at)
    return interaction
