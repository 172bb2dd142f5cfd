"""Tickets that name others of their system, a problem or a parent: links, made when all tickets are there.

A ticket that names itself, or one that nobody knows, gets no link; the column stays with it, so that a later file that
brings the other one makes the link.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
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
from agentdesk.transfer.tickets.known_tickets import known_ids
from agentdesk.transfer.tickets.row_store import StoredTicket
from agentdesk.transfer.tickets.scratch import TicketScratch, key_of, text_of

_TOLD: Final = 5
_AT_ONCE: Final = 4000
"""Links of a transaction."""


class Wanted(NamedTuple):
    """A link between two tickets, by their ids in the other system; `ticket` is caused by or related to `other`."""

    ticket: str
    other: str
    kind: LinkKind


class LinkBook:
    """The links that a file asks for, as its tickets come by; they wait in the scratch until all tickets are written.

    Attributes:
        unresolved: the first tickets that name others in vain, and what they name.
        missed: how many do.
    """

    def __init__(self, scratch: TicketScratch, source: str) -> None:
        self.unresolved: list[tuple[str, str]] = []
        self.missed = 0
        self._scratch = scratch
        self._source = source

    def resolve(self, read: Reader, tickets: Iterable[StoredTicket]) -> dict[str, list[Wanted]]:
        """The links of some tickets that can be made and are not there yet, by the ticket that names the other.

        Args:
            read: the desk.
            tickets: the next ones of the file.
        """
        named = [
            (one.external_id, field, other, self._in_file(other))
            for one in tickets
            for field, other in dict.fromkeys(one.rows[-1].others)
        ]
        keys = {key for one, _, other, in_file in named for key in (one, other, in_file) if key}
        numbers = known_ids(read, self._source, keys) if keys else {}
        asked = []
        for external_id, field, other, in_file in named:
            found = other if in_file == other or other in numbers else in_file
            if found and found != external_id:
                asked.append(Wanted(external_id, found, LINKS[field]))
            else:
                self.missed += 1
                self.unresolved = [*self.unresolved, (external_id, other)][:_TOLD]
        there = set(_links_there(read, numbers)) if asked else set()
        news: dict[str, list[Wanted]] = {}
        for link in asked:
            if self._keep(link, is_news=link not in there):
                news.setdefault(link.ticket, []).append(link)
        return news

    def wanted(self) -> Iterator[list[Wanted]]:
        """All that are to be made, some thousand at a time."""
        found = self._scratch.walk("SELECT one, other, kind FROM link WHERE is_news ORDER BY id")
        links = (Wanted(text_of(one), text_of(other), LinkKind(kind)) for one, other, kind in found)
        while some := list(islice(links, _AT_ONCE)):
            yield some

    def notes(self) -> Iterator[str]:
        """What is to be said of those that were named in vain."""
        if self.unresolved:
            told = ", ".join(f"{other!r} of {ticket}" for ticket, other in self.unresolved)
            more = f" and {self.missed - _TOLD} more" if self.missed > _TOLD else ""
            yield f"Other tickets that are named and not there, so that no link was made: {told}{more}."

    def _in_file(self, other: str) -> str:
        """The id of a ticket of the file that goes by this one, or by this second one."""
        key = key_of(other)
        if self._scratch.value("SELECT 1 FROM ticket WHERE key = ?", key):
            return other
        sql = "SELECT ticket.key FROM also JOIN ticket ON ticket.id = ticket_id WHERE also.key = ?"
        found = self._scratch.value(sql, key)
        return text_of(found) if found else ""

    def _keep(self, link: Wanted, *, is_news: bool) -> bool:
        """Whether a link is to be made: one that was asked for before, or the other way round, is no second one."""
        one, other = key_of(link.ticket), key_of(link.other)
        sql = "SELECT 1 FROM link WHERE kind = ? AND (one, other) IN (VALUES (?, ?), (?, ?))"
        if self._scratch.value(sql, link.kind.value, one, other, other, one):
            return False
        self._scratch.run(
            "INSERT INTO link (one, other, kind, is_news) VALUES (?, ?, ?, ?)",
            one,
            other,
            link.kind.value,
            is_news,
        )
        return is_news


def _links_there(read: Reader, ids: Mapping[str, int]) -> Iterator[Wanted]:
    """The links between some tickets, by their ids in their system, in both directions where they say the same."""
    names = {row_id: external_id for external_id, row_id in ids.items()}
    listed = ",".join(str(row_id) for row_id in names) or "0"
    sql = f"SELECT ticket_id, other_id, kind FROM ticket_link WHERE ticket_id IN ({listed})"
    for ticket_id, other_id, kind in read.stream(sql):
        if other_id in names:
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
