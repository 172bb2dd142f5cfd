"""Tickets that name others of their system, a problem or a parent: links, made when all tickets are there.

A ticket that names itself, or one that nobody knows, gets no link; the column stays with it, so that a later file that
brings the other one makes the link.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from agentdesk.domain.events import Event
from agentdesk.domain.merging import SYMMETRIC, link_words
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import LinkKind
from agentdesk.models import TicketLink
from agentdesk.store.bulk import created_row, insert_rows
from agentdesk.store.change import Change
from agentdesk.store.reader import Reader
from agentdesk.transfer.maps.fields import LINKS
from agentdesk.transfer.tickets.foreign_row import ForeignRow

_TOLD: Final = 5


class Wanted(NamedTuple):
    """A link between two tickets, by their ids in the other system; `ticket` is caused by or related to `other`."""

    ticket: str
    other: str
    kind: LinkKind


class LinkBook:
    """The links that a file asks for.

    Attributes:
        wanted: those that can be made and are not there yet, by the ticket that names the other.
        unresolved: tickets and what they name in vain.
    """

    def __init__(self, tickets: Mapping[str, Sequence[ForeignRow]], known: Mapping[str, int]) -> None:
        """Resolve what the rows name against each other and the desk.

        Args:
            tickets: the rows of each ticket.
            known: the tickets of the system that the desk has, by their id there.
        """
        self.wanted: dict[str, list[Wanted]] = {}
        self.unresolved: list[tuple[str, str]] = []
        also = {row.also_id: one for one, rows in tickets.items() for row in rows if row.also_id}
        seen: set[Wanted] = set()
        for external_id, rows in tickets.items():
            for field, other in dict.fromkeys(rows[-1].others):
                found = other if other in tickets or other in known else also.get(other, "")
                if not found or found == external_id:
                    self.unresolved.append((external_id, other))
                    continue
                link = Wanted(external_id, found, LINKS[field])
                turned = Wanted(found, external_id, link.kind)
                if link not in seen and turned not in seen:
                    seen.add(link)
                    self.wanted.setdefault(external_id, []).append(link)

    def leave_out(self, there: Iterable[Wanted]) -> None:
        """Forget the links that the desk has already."""
        known = set(there)
        for external_id, links in list(self.wanted.items()):
            links[:] = [one for one in links if one not in known]
            if not links:
                del self.wanted[external_id]

    def notes(self) -> Iterator[str]:
        """What is to be said of those that were named in vain."""
        if self.unresolved:
            told = ", ".join(f"{other!r} of {ticket}" for ticket, other in self.unresolved[:_TOLD])
            more = f" and {len(self.unresolved) - _TOLD} more" if len(self.unresolved) > _TOLD else ""
            yield f"Other tickets that are named and not there, so that no link was made: {told}{more}."


def links_there(read: Reader, ids: Mapping[str, int]) -> Iterator[Wanted]:
    """The links between tickets of a system, by their ids there, in both directions where they say the same.

    Args:
        read: the snapshot.
        ids: the numbers of its tickets.
    """
    names = {row_id: external_id for external_id, row_id in ids.items()}
    for ticket_id, other_id, kind in read.stream("SELECT ticket_id, other_id, kind FROM ticket_link"):
        if ticket_id in names and other_id in names:
            yield Wanted(names[ticket_id], names[other_id], LinkKind(kind))
            if kind in SYMMETRIC:
                yield Wanted(names[other_id], names[ticket_id], LinkKind(kind))


def write_links(change: Change, links: Sequence[Wanted], ids: Mapping[str, int]) -> None:
    """Make links; one whose tickets were not written is passed over.

    Args:
        change: the transaction.
        links: none that is there already.
        ids: the numbers of all tickets of the system.
    """
    stamps = {"created_at": change.at, "updated_at": change.at}
    rows = [
        {"ticket_id": ids[one.ticket], "other_id": ids[one.other], "kind": one.kind.value, **stamps}
        for one in links
        if one.ticket in ids and one.other in ids
    ]
    journal = []
    for row_id, row in zip(insert_rows(change, TicketLink, rows), rows, strict=True):
        event = Event.TICKET_LINKED
        made = created_row(TicketLink, {"id": row_id, **row}, change.at, event.value)
        words = f"{link_words(str(row['kind']), is_first=True)} {ticket_ref(int(str(row['other_id'])))}"
        journal.append({**made, "reason": words})
    change.write_journal(journal, Event.TICKET_LINKED)
