"""Which tickets of the sample desk belong together: the same person again, and one fault behind several of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from agentdesk.demo.casting import Story
from agentdesk.demo.ledger import Ledger
from agentdesk.demo.story import Act
from agentdesk.domain.events import Event
from agentdesk.domain.merging import link_words
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import LinkKind, TicketType
from agentdesk.models import TicketLink

_RELATED, _CAUSED = 14, 8
_NEAR = timedelta(days=14)
_LATER = timedelta(minutes=20)
"""An agent sees it when they read the second ticket."""


def link_some(ledger: Ledger, stories: Sequence[Story], present: datetime) -> None:
    """Link tickets of one person, and open faults to the earliest of their kind; the newest are told, for they are read."""
    fit = [
        one for one in stories if one.steps[-1].act not in (Act.MERGE, Act.SPAM) and one.at < present - _LATER
    ]
    links = [*list(_of_one_person(fit))[:_RELATED], *list(_of_one_fault(fit))[:_CAUSED]]
    for row_id, (story, other, kind) in enumerate(links, 1):
        _link(ledger, row_id, story, other, kind)


def _of_one_person(stories: Sequence[Story]) -> Iterator[tuple[Story, Story, LinkKind]]:
    last: dict[int, Story] = {}
    for story in reversed(stories):  # the newest first; each person once
        later = last.setdefault(story.person.id, story)
        if later is not story and later.at - story.at < _NEAR and later.is_open:
            yield later, story, LinkKind.RELATED
            last[story.person.id] = story


def _of_one_fault(stories: Sequence[Story]) -> Iterator[tuple[Story, Story, LinkKind]]:
    first: dict[str, Story] = {}
    faults = [one for one in stories if one.scenario.type == TicketType.INCIDENT and one.is_open]
    for story in faults:
        earliest = first.setdefault(story.scenario.id, story)
        if earliest is not story:
            yield story, earliest, LinkKind.CAUSED_BY


def _link(ledger: Ledger, row_id: int, story: Story, other: Story, kind: LinkKind) -> None:
    at = story.at + _LATER
    row = ledger.add(TicketLink, row_id, at, ticket_id=story.id, other_id=other.id, kind=kind.value)
    told = (link_words(kind, is_first=True), link_words(kind, is_first=False))
    reason = f"{told[0]} {ticket_ref(other.id)}"
    ledger.created(TicketLink, row, Event.TICKET_LINKED, story.owner_id or None, at, reason=reason)
    reason = f"{told[1]} {ticket_ref(story.id)}"
    ledger.mentioned(other.id, Event.TICKET_LINKED, story.owner_id or None, at, reason)
