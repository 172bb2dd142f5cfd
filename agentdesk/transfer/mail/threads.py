"""Which ticket each mail belongs to: by the Message-IDs it answers, and only where its sender is part of the talk.

Pure. A header is a claim: whoever knows a Message-ID can name it. So a mail joins a ticket only if the address it is
from wrote or received a mail of that ticket before, or belongs to its customer; else it begins a ticket of its own
that says so (safety, M34). A subject joins nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from agentdesk.transfer.mail.people import Person

STRANGER: Final = "answers a conversation that its sender had no part in, so it began a ticket of its own"


@dataclass(slots=True, eq=False)
class Node:
    """A mail without its text.

    Attributes:
        id: in the scratch.
        key: its Message-ID.
        at: when it was written.
        sender: who it says it is from.
        others: who it went to.
        references: what it answers, the nearest first.
        subject: as written.
        is_ours: it is from an address of the desk.
        customer_id: whom the desk knows by the sender's address.
        flags: what is to be said besides.
    """

    id: int
    key: str
    at: datetime
    sender: Person
    others: list[str]
    references: list[str]
    subject: str
    is_ours: bool = False
    customer_id: int | None = None
    flags: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Home:
    """A ticket that mails go to.

    Attributes:
        ticket_id: of one the desk has; None for one to be made.
        people: addresses that wrote or received a mail of it.
        customers: whom the desk knows among them.
        mails: what goes to it now.
        follows: the closed ticket that one to be made follows.
    """

    ticket_id: int | None = None
    people: set[str] = field(default_factory=set)
    customers: set[int] = field(default_factory=set)
    mails: list[Node] = field(default_factory=list)
    follows: int | None = None

    def takes(self, mail: Node) -> bool:
        """Whether the sender has a part in it."""
        return (
            mail.is_ours
            or (bool(mail.sender.key) and mail.sender.key in self.people)
            or (mail.customer_id is not None and mail.customer_id in self.customers)
        )

    def add(self, mail: Node) -> None:
        """Take a mail in, and with it everybody it names."""
        self.mails.append(mail)
        self.people.update(filter(None, (mail.sender.key, *mail.others)))
        if mail.customer_id is not None:
            self.customers.add(mail.customer_id)


@dataclass(slots=True)
class Known:
    """What the desk says of the mails of one conversation.

    Attributes:
        homes: tickets by the Message-IDs of their mails.
        awaiting: tickets by the Message-IDs that their mails name and that the desk has not.
        choose: which ticket a mail goes to that belongs to one: another, where that is closed.
    """

    homes: Mapping[str, Home]
    awaiting: Mapping[str, Sequence[Home]]
    choose: Callable[[Home, Node], Home]


def assign(mails: Iterable[Node], known: Known) -> list[Home]:
    """The tickets that the mails of one conversation go to, each with its mails, by time.

    What is answered is placed before its answer, whatever the dates say; else the older mail comes first.
    """
    return _Assigning(sorted(mails, key=lambda one: (one.at, one.id)), known).run()


class _Assigning:
    def __init__(self, mails: Sequence[Node], known: Known) -> None:
        self._mails = mails
        self._by_key = {one.key: one for one in mails}
        self._known = known
        self._homes: dict[str, Home] = {}
        self._waiting: dict[str, list[Home]] = {}
        self._found: dict[Home, None] = {}

    def run(self) -> list[Home]:
        for mail in self._in_order():
            home = self._home_of(mail)
            home.add(mail)
            self._homes[mail.key] = home
            self._found[home] = None
            for name in mail.references:
                if name not in self._by_key and name not in self._known.homes:
                    self._waiting.setdefault(name, []).append(home)
        for home in self._found:
            home.mails.sort(key=lambda one: (one.at, one.id))
        return list(self._found)

    def _in_order(self) -> Iterable[Node]:
        placed: set[str] = set()
        for mail in self._mails:
            line = {mail: None}
            last = mail
            while (parent := self._parent(last)) is not None and parent.key not in placed:
                if parent in line:  # mails that answer one another in a ring
                    break
                line[parent] = None
                last = parent
            for one in reversed(line):
                if one.key not in placed:
                    placed.add(one.key)
                    yield one

    def _parent(self, mail: Node) -> Node | None:
        return next((self._by_key[name] for name in mail.references if name in self._by_key), None)

    def _home_of(self, mail: Node) -> Home:
        near = [self._homes.get(name) or self._known.homes.get(name) for name in mail.references]
        far = [
            *(one for name in mail.references for one in self._waiting.get(name, ())),
            *(one for name in (mail.key, *mail.references) for one in self._known.awaiting.get(name, ())),
        ]
        for home in (*near, *far):
            if home is not None and home.takes(mail):
                return self._known.choose(home, mail)
        if any(near):
            mail.flags.append(STRANGER)
        return Home()
