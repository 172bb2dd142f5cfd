"""What calls an agent since they last looked: a ticket somebody gave them, a notice, a note that names them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from agentdesk.domain.events import Event
from agentdesk.domain.references import ticket_ref
from agentdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Heard:
    """How far an agent has listened: the last change, notice and mention there was."""

    change: int
    notice: int
    mention: int


@dataclass(frozen=True, slots=True)
class Call:
    """One thing that calls; `words` read after the ticket's reference."""

    ticket_id: int
    words: str

    @property
    def told(self) -> str:
        """`T-1042 is yours: Refund not received`."""
        return f"{ticket_ref(self.ticket_id)} {self.words}"


_LAST: Final = (
    "SELECT (SELECT coalesce(max(id), 0) FROM change), (SELECT coalesce(max(id), 0) FROM notice), "
    "(SELECT coalesce(max(id), 0) FROM mention)"
)
# An import may give an agent a thousand tickets at once, and rings for none.
_GIVEN: Final = (
    "SELECT journal.ticket_id, ticket.subject, CAST(journal.after AS TEXT) FROM journal "
    "JOIN change ON change.id = journal.change_id JOIN ticket ON ticket.id = journal.ticket_id "
    "WHERE journal.change_id > :change AND journal.entity = 'ticket' AND journal.event IN (:assigned, :created) "
    "AND change.batch_id IS NULL AND (change.actor_id IS NULL OR change.actor_id <> :me) "
    "AND ticket.assignee_id = :me ORDER BY journal.id LIMIT 50"
)
_NOTICES: Final = (
    "SELECT ticket_id, words FROM notice WHERE agent_id = :me AND seen_at IS NULL AND id > :notice "
    "ORDER BY id LIMIT 50"
)
_MENTIONS: Final = (
    "SELECT mention.ticket_id, message.author_name FROM mention JOIN message ON message.id = mention.message_id "
    "WHERE mention.agent_id = :me AND mention.id > :mention ORDER BY mention.id LIMIT 50"
)


def heard_so_far(read: Reader) -> Heard:
    """Everything there is by now."""
    return Heard(*(int(one) for one in read.tuples(_LAST)[0]))


def calls_since(read: Reader, heard: Heard) -> list[Call]:
    """What calls the agent who looks since then, one thing a ticket, in its order."""
    if read.agent_id is None:
        return []
    found = [*_given(read, heard), *_told(read, heard), *_mentioned(read, heard)]
    return list({one.ticket_id: one for one in reversed(found)}.values())[::-1]


def _given(read: Reader, heard: Heard) -> Iterator[Call]:
    told = {
        "me": read.agent_id,
        "change": heard.change,
        "assigned": Event.TICKET_ASSIGNED.value,
        "created": Event.TICKET_CREATED.value,
    }
    for ticket_id, subject, after in read.tuples(_GIVEN, told):
        if (json.loads(after) if after else {}).get("assignee_id") == read.agent_id:
            yield Call(int(ticket_id), f"is yours: {subject}")


def _told(read: Reader, heard: Heard) -> Iterator[Call]:
    for ticket_id, words in read.tuples(_NOTICES, {"me": read.agent_id, "notice": heard.notice}):
        yield Call(int(ticket_id), str(words))


def _mentioned(read: Reader, heard: Heard) -> Iterator[Call]:
    for ticket_id, author in read.tuples(_MENTIONS, {"me": read.agent_id, "mention": heard.mention}):
        yield Call(int(ticket_id), f"names you in a note of {author}")
