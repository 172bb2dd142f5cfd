"""Messages of planned tickets written: the rows, and what the journal says of each at its own instant."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from agentdesk.domain.events import Event
from agentdesk.domain.vocabulary import AuthorKind
from agentdesk.models import Message
from agentdesk.store.bulk import created_row, default_values, insert_rows
from agentdesk.store.change import Change
from agentdesk.transfer.readers.text_spool import TextSpool
from agentdesk.transfer.tickets.history import Step
from agentdesk.transfer.tickets.messages import ForeignMessage
from agentdesk.transfer.tickets.row_history import OF_TALK

_EVENTS: Final = {AuthorKind.CUSTOMER: Event.MESSAGE_RECEIVED, AuthorKind.SYSTEM: Event.MESSAGE_SENT}
Said = tuple[int, Mapping[str, Any], Sequence[ForeignMessage], datetime | None]
"""A ticket's number, its columns, what was said on it, and the instant before which the journal takes nothing."""


def write_messages(
    change: Change, tickets: Sequence[Said], agent_of: Callable[[int], int], spool: TextSpool
) -> dict[int, list[dict[str, Any]]]:
    """Insert the messages of some tickets; their journal rows, by ticket.

    Args:
        change: the transaction.
        tickets: whose, with what was said.
        agent_of: the final number of an agent.
        spool: where what was said waits.
    """
    defaults = default_values(Message)
    told = [(said, message) for said in tickets for message in said[2]]
    rows = [
        {
            **defaults,
            "ticket_id": ticket_id,
            "customer_id": state["customer_id"],
            "at": message.at,
            "author_kind": message.kind.value,
            "author_name": message.author,
            "agent_id": None if message.agent_id is None else agent_of(message.agent_id),
            "visibility": message.visibility.value,
            "channel": message.channel or state["channel"],
            "body": spool.read(message.text),
            "external_id": message.key,
            "extra": message.extra,
            "created_at": change.at,
            "updated_at": change.at,
        }
        for (ticket_id, state, _, _), message in told
    ]
    found: dict[int, list[dict[str, Any]]] = {}
    for (said, message), row, row_id in zip(told, rows, insert_rows(change, Message, rows), strict=True):
        at = message.at if said[3] is None or message.at >= said[3] else change.at
        made = created_row(Message, {**row, "id": row_id}, at, event_of(message).value)
        # Whoever is made by this import leaves with it, and the journal stays: it names only agents who were there.
        actor_id = message.agent_id if message.agent_id and message.agent_id > 0 else None
        found.setdefault(said[0], []).append({**made, "actor_id": actor_id, "reason": ""})
    return found


def event_of(message: ForeignMessage) -> Event:
    """What a message is in a ticket's history."""
    if message.kind is AuthorKind.AGENT:
        return Event.MESSAGE_NOTED if message.is_internal else Event.MESSAGE_REPLIED
    return _EVENTS[message.kind]


def in_order(
    first: Sequence[dict[str, Any]], messages: Sequence[dict[str, Any]], steps: Sequence[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """The journal of one ticket by time: at one instant what was said stands before what followed from it."""
    ranked = [(row["at"], rank, row) for rank, rows in enumerate((first, messages, steps)) for row in rows]
    ranked.sort(key=lambda one: one[:2])
    yield from (row for _, _, row in ranked)


def is_echo(step: Step) -> bool:
    """Whether a step says no more than the message that it follows."""
    return step.after.keys() <= OF_TALK
