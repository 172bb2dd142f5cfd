"""What the desk has already of some conversations: their mails, the tickets those are on, and who has a part in them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.identity import normalise_email
from agentdesk.domain.safe_text import line as one_line
from agentdesk.domain.vocabulary import Status
from agentdesk.store.load import among, bind_list
from agentdesk.store.reader import Reader, instant
from agentdesk.transfer.mail.threads import Home, Known, Node

AGENT_CLAIM: Final = "is from the address of one of the desk's agents, which proves nothing"
_MERGES: Final = 20
"""Tickets merged into one another that are followed."""


@dataclass(frozen=True, slots=True)
class Ours:
    """Whose mails are the desk's own, by the word of who imports; nobody's unless said.

    Attributes:
        addresses: in their one spelling.
        domains: with everybody in them.
    """

    addresses: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()

    def __contains__(self, key: str) -> bool:
        """Whether mails from this address are ours."""
        return bool(key) and (key in self.addresses or key.rpartition("@")[2] in self.domains)


def read_ours(listed: Sequence[str]) -> Ours:
    """The addresses and domains that somebody says are the desk's own.

    Raises:
        InvalidValueError: one is neither.
    """
    addresses: set[str] = set()
    domains: set[str] = set()
    for one in (part.strip() for text in listed for part in text.split(",")):
        key = normalise_email(f"anybody{one}" if one.startswith("@") else one)
        if key is None:
            raise InvalidValueError("address", one, hint="--ours takes an address, or @ and a domain.")
        if one.startswith("@"):
            domains.add(key.rpartition("@")[2])
        else:
            addresses.add(key)
    return Ours(frozenset(addresses), frozenset(domains))


def tell_ours(listed: Sequence[str], senders: Iterable[tuple[str, int]]) -> Iterator[str]:
    """How many mails are the desk's own, and what of `--ours` no mail is from.

    Args:
        listed: as `read_ours` takes them.
        senders: addresses in their one spelling, each with its mails.
    """
    names = [name.strip() for text in listed for name in text.split(",")]
    mails = dict.fromkeys(names, 0)
    total, ours = 0, {name: read_ours([name]) for name in mails}
    for key, count in senders:
        theirs = [name for name in mails if key in ours[name]]
        total += count if theirs else 0
        for name in theirs:
            mails[name] += count
    if total:
        yield f"{total:,} of the mails read {'is' if total == 1 else 'are'} the desk's own by --ours."
    for name, count in mails.items():
        if not count:
            yield f"No mail is from {one_line(name)}, which --ours names: look whether it is written right."


def text_in(read: Reader, key: str) -> str | None:
    """What a desk has under a Message-ID; None where it has none, and for a letter of its own."""
    sql = "SELECT body FROM message WHERE external_id = :key"
    found = read.value(sql, {"key": key})
    return None if found is None else str(found)


@dataclass(frozen=True, slots=True)
class StoredTicket:
    """A ticket that mails may go to."""

    id: int
    merged_into_id: int | None
    status: str
    customer_id: int | None
    closed_at: datetime | None

    @property
    def is_closed(self) -> bool:
        """Whether it takes nothing more."""
        return self.status == Status.CLOSED


@dataclass(slots=True)
class Portion:
    """Some conversations beside what the desk knows of them.

    Attributes:
        conversations: their mails that the desk has not.
        texts: what the desk has of the others, by Message-ID; None for a letter it sent itself.
        skipped: those others.
        customers: id and organization of whom the desk knows, by address.
        known: for `mail_threads.assign`.
    """

    conversations: list[list[Node]] = field(default_factory=list)
    texts: dict[str, str | None] = field(default_factory=dict)
    skipped: list[Node] = field(default_factory=list)
    customers: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    known: Known = field(default_factory=lambda: Known({}, {}, lambda home, _mail: home))


def awaited(read: Reader) -> Iterator[tuple[str, int]]:
    """Every Message-ID that a mail of the desk answers and the desk has not, with the ticket of that mail."""
    sql = "SELECT ticket_id, extra FROM message WHERE external_id IS NOT NULL AND CAST(extra AS TEXT) LIKE '%\"awaits\"%'"
    for ticket_id, extra in read.stream(sql):
        told = json.loads(extra) if isinstance(extra, str) else extra
        for name in told.get("awaits", ()):
            yield str(name), int(ticket_id)


class Looker:
    """Looks conversations up."""

    def __init__(self, read: Reader, ours: Ours, agents: frozenset[str], *, is_history: bool) -> None:
        """Look at one snapshot.

        Args:
            read: the snapshot.
            ours: whose mails are the desk's own.
            agents: the addresses of its agents.
            is_history: what is imported is done with: it goes to closed tickets as well.
        """
        self._read = read
        self._ours = ours
        self._agents = agents
        self._is_history = is_history
        self._tickets: dict[int, StoredTicket] = {}
        self._homes: dict[int, Home] = {}
        self._next: dict[int, Home] = {}
        """What follows a closed ticket."""

    def look(self, conversations: Sequence[Sequence[Node]], awaiting: Sequence[tuple[str, int]]) -> Portion:
        """What is known of some conversations.

        Args:
            conversations: all their mails.
            awaiting: tickets of the desk by the Message-IDs they wait for.
        """
        portion = Portion()
        mails = [mail for some in conversations for mail in some]
        names = {name for mail in mails for name in (mail.key, *mail.references)}
        keys = {mail.key for mail in mails}
        found = self._messages(names)
        letters = self._letters(names)
        own = dict.fromkeys(name for name, _ in letters if name in keys)
        portion.texts = {**own, **self._texts(keys & {name for name, _ in found})}
        places = found + letters
        self._load_tickets({ticket_id for _, ticket_id in (*places, *awaiting)})
        self._load_people()
        waiting: dict[str, list[Home]] = {}
        for name, ticket_id in awaiting:
            waiting.setdefault(name, []).append(self._home(ticket_id))
        homes = {name: self._home(ticket_id) for name, ticket_id in places}
        portion.known = Known(homes, waiting, self._choose)
        portion.customers = self._customers(
            {key for mail in mails for key in (mail.sender.key, *mail.others[:1]) if key}
        )
        portion.skipped = [mail for mail in mails if mail.key in portion.texts]
        news = ([mail for mail in some if mail.key not in portion.texts] for some in conversations)
        portion.conversations = [some for some in news if some]
        for some in portion.conversations:
            for mail in some:
                self._identify(mail, portion)
        return portion

    def _identify(self, mail: Node, portion: Portion) -> None:
        mail.is_ours = mail.sender.key in self._ours
        if not mail.is_ours:
            mail.customer_id = portion.customers.get(mail.sender.key, (None, None))[0]
            if mail.sender.key in self._agents:
                mail.flags.append(AGENT_CLAIM)

    def _some(self, sql: str, column: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
        is_sqlite = self._read.is_sqlite
        where = among(column, "some", is_sqlite=is_sqlite)
        return self._read.tuples(f"{sql} {where}", {"some": bind_list(values, is_sqlite=is_sqlite)})

    def _messages(self, names: set[str]) -> list[tuple[str, int]]:
        return self._some("SELECT external_id, ticket_id FROM message WHERE", "external_id", names)

    def _texts(self, names: set[str]) -> dict[str, str]:
        return dict(self._some("SELECT external_id, body FROM message WHERE", "external_id", names))

    def _letters(self, names: set[str]) -> list[tuple[str, int]]:
        """The desk's own letters, which carry their key as Message-ID."""
        bare = {name[1:-1] for name in names}
        return [
            (f"<{key}>", int(ticket_id))
            for key, ticket_id in self._some("SELECT key, ticket_id FROM outbox WHERE", "key", bare)
        ]

    def _load_tickets(self, ids: set[int]) -> None:
        """The tickets, those they were merged into, and what follows those that are closed."""
        for _ in range(_MERGES):
            missing = ids - self._tickets.keys()
            if not missing:
                return
            self._keep(self._some(f"{_TICKET} WHERE", "id", missing))
            closed = {one for one in missing if one in self._tickets and self._tickets[one].is_closed}
            self._keep(self._some(f"{_TICKET} WHERE status <> 'closed' AND", "follow_up_of_id", closed))
            ids = {into for one in self._tickets.values() if (into := one.merged_into_id) is not None}

    def _keep(self, rows: Iterable[Sequence[Any]]) -> None:
        for row_id, merged_into_id, status, customer_id, closed_at, follows in rows:
            ticket = StoredTicket(row_id, merged_into_id, status, customer_id, instant(closed_at))
            self._tickets[row_id] = ticket
            home = self._homes.setdefault(row_id, Home(row_id))
            if customer_id is not None:
                home.customers.add(customer_id)
            if follows is not None and not ticket.is_closed:
                self._next[follows] = home

    def _load_people(self) -> None:
        """Everybody who has a part in the tickets."""
        sql = "SELECT ticket_id, customer_id, extra FROM message WHERE"
        for ticket_id, customer_id, extra in self._some(sql, "ticket_id", self._homes):
            home = self._homes[ticket_id]
            home.people.update(_addresses(json.loads(extra) if isinstance(extra, str) else extra))
            if customer_id is not None:
                home.customers.add(customer_id)
        sql = "SELECT ticket_id, to_address FROM outbox WHERE"
        for ticket_id, address in self._some(sql, "ticket_id", self._homes):
            self._homes[ticket_id].people.add(normalise_email(address) or "")
        for home in self._homes.values():
            home.people.discard("")

    def _home(self, ticket_id: int) -> Home:
        """The ticket, or the one it was merged into."""
        for _ in range(_MERGES):
            into = self._tickets[ticket_id].merged_into_id
            if into is None or into not in self._tickets:
                break
            self._homes[into].people |= self._homes[ticket_id].people
            self._homes[into].customers |= self._homes[ticket_id].customers
            ticket_id = into
        return self._homes[ticket_id]

    def _choose(self, home: Home, mail: Node) -> Home:
        """A closed ticket takes what was written before it was closed; what came later follows it up."""
        if home.ticket_id is None or self._is_history:
            return home
        ticket = self._tickets[home.ticket_id]
        if not ticket.is_closed or (ticket.closed_at is not None and mail.at <= ticket.closed_at):
            return home
        follower = self._next.get(ticket.id)
        if follower is None:
            follower = self._next[ticket.id] = Home(follows=ticket.id)
        follower.people |= home.people
        follower.customers |= home.customers
        return follower

    def _customers(self, keys: set[str]) -> dict[str, tuple[int, int | None]]:
        sql = (
            "SELECT contact_point.normalised, coalesce(customer.merged_into_id, customer.id), customer.organization_id "
            "FROM contact_point JOIN customer ON customer.id = contact_point.customer_id "
            "WHERE contact_point.kind = 'email' AND"
        )
        return {
            key: (int(row_id), org) for key, row_id, org in self._some(sql, "contact_point.normalised", keys)
        }


_TICKET: Final = "SELECT id, merged_into_id, status, customer_id, closed_at, follow_up_of_id FROM ticket"


def _addresses(extra: dict[str, Any]) -> Iterator[str]:
    """The addresses that the message of a mail keeps."""
    for told in (extra.get("from", ""), *extra.get("to", ()), *extra.get("cc", ())):
        yield normalise_email(str(told).rpartition("<")[2].rstrip(">")) or ""
