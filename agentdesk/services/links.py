"""Links between tickets: they say how two belong together, and move nothing. A closed ticket takes them too."""

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.events import Event
from agentdesk.domain.merging import SYMMETRIC, LinkError, link_words
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import LinkKind
from agentdesk.models import Ticket, TicketLink
from agentdesk.store.change import Change


def link_tickets(change: Change, ticket_id: int, other_id: int, kind: str = LinkKind.RELATED) -> TicketLink:
    """Say how a ticket belongs to another one; read from the first to the second: `T-7` is caused by `T-5`.

    Raises:
        LinkError: they are one ticket, or linked so already.
        InvalidValueError: there is no such kind.
    """
    change.actor.require(Permission.WORK)
    if kind not in set(LinkKind):
        raise InvalidValueError("kind", kind, [one.value for one in LinkKind])
    for one in sorted({ticket_id, other_id}):
        change.get(Ticket, one)
    here, there = ticket_ref(ticket_id), ticket_ref(other_id)
    if ticket_id == other_id:
        raise LinkError(f"{here} cannot be linked to itself.")
    if _find(change, ticket_id, other_id, kind) is not None:
        raise LinkError(f"{here} is {link_words(kind, is_first=True)} {there} already.")
    if _find(change, other_id, ticket_id, kind) is not None:
        raise LinkError(f"{there} is {link_words(kind, is_first=True)} {here}: it cannot be both.")
    link = change.add(
        TicketLink(
            ticket_id=ticket_id, other_id=other_id, kind=kind, created_at=change.at, updated_at=change.at
        )
    )
    change.record(Event.TICKET_LINKED, link, reason=f"{link_words(kind, is_first=True)} {there}")
    _tell_other(change, Event.TICKET_LINKED, link)
    return link


def unlink_tickets(
    change: Change, ticket_id: int, other_id: int, kind: str | None = None
) -> list[TicketLink]:
    """Take the links between two tickets away, in whichever direction; of one kind where it is named.

    Raises:
        LinkError: they are not linked so.
    """
    change.actor.require(Permission.WORK)
    kinds = [kind] if kind else [one.value for one in LinkKind]
    pairs = ((ticket_id, other_id), (other_id, ticket_id))
    found = [_find(change, first, last, one) for one in kinds for first, last in pairs]
    links = list({one.id: one for one in found if one is not None}.values())
    if not links:
        how = f" as {kind.replace('_', ' ')}" if kind else ""
        raise LinkError(f"{ticket_ref(ticket_id)} and {ticket_ref(other_id)} are not linked{how}.")
    for link in links:
        change.remove(link)
        words = f"{link_words(link.kind, is_first=True)} {ticket_ref(link.other_id)}"
        change.record(Event.TICKET_UNLINKED, link, reason=words)
        _tell_other(change, Event.TICKET_UNLINKED, link)
    return links


def _find(change: Change, ticket_id: int, other_id: int, kind: str) -> TicketLink | None:
    def between(first: int, last: int) -> TicketLink | None:
        here = (TicketLink.ticket_id == first, TicketLink.other_id == last, TicketLink.kind == kind)
        return change.find(TicketLink, *here)

    found = between(ticket_id, other_id)
    return between(other_id, ticket_id) if found is None and kind in SYMMETRIC else found


def _tell_other(change: Change, event: Event, link: TicketLink) -> None:
    """A line in the history of the ticket at the other end."""
    words = f"{link_words(link.kind, is_first=False)} {ticket_ref(link.ticket_id)}"
    row = {
        "entity": "ticket",
        "entity_id": link.other_id,
        "ticket_id": link.other_id,
        "is_main": False,
        "reason": words,
    }
    change.write_journal([row], event)
