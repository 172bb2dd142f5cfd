"""The mails of some conversations written, in one change: whom they name first, then new tickets, then what joins old ones.

Each mail is told to the journal at its own instant.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from agentdesk.domain.events import Event
from agentdesk.domain.instants import to_iso
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import Channel
from agentdesk.models import Attachment, Message, Ticket
from agentdesk.store.bulk import created_row, default_values, insert_rows, journaled
from agentdesk.store.change import Change
from agentdesk.store.load import among, bind_list
from agentdesk.transfer.mail.customers import add_customers
from agentdesk.transfer.mail.joining import join
from agentdesk.transfer.mail.known import AGENT_CLAIM, Portion
from agentdesk.transfer.mail.life import SOURCE, Ending, subject_of, tell_life
from agentdesk.transfer.mail.people import Person
from agentdesk.transfer.mail.rows import MailRows, event_of
from agentdesk.transfer.mail.scratch import MailScratch
from agentdesk.transfer.mail.threads import STRANGER, Home
from agentdesk.transfer.tickets.history import Life, State, Step
from agentdesk.transfer.tickets.known_tickets import to_columns

_TOLD: Final = (STRANGER, AGENT_CLAIM)
"""What a ticket says itself, so that nobody overlooks it."""
_Rows = list[dict[str, Any]]


def write_mails(
    change: Change, scratch: MailScratch, portion: Portion, homes: Sequence[Home], ending: Ending
) -> None:
    """Write the tickets and messages of one portion."""
    _make_customers(change, portion, homes)
    rows = MailRows(change, scratch, portion)
    fresh = [home for home in homes if home.ticket_id is None]
    if fresh:
        _NewTickets(change, rows, fresh, ending).write()
    for home in homes:
        if home.ticket_id is not None:
            join(change, rows, home, ending)


def _make_customers(change: Change, portion: Portion, homes: Iterable[Home]) -> None:
    wanted: dict[str, Person] = {}
    for home in homes:
        for mail in home.mails:
            if not mail.is_ours and mail.sender.key:
                wanted.setdefault(mail.sender.key, mail.sender)
        if home.ticket_id is None and (asked := _asked(home)) is not None:
            wanted.setdefault(asked.key, asked)
    missing = [one for key, one in wanted.items() if key not in portion.customers]
    for one, row_id in zip(missing, add_customers(change, missing, SOURCE), strict=True):
        portion.customers[one.key] = (row_id, None)


class _NewTickets:
    """Tickets that mails begin, written with few statements."""

    def __init__(self, change: Change, rows: MailRows, homes: Sequence[Home], ending: Ending) -> None:
        self._change = change
        self._rows = rows
        self._homes = homes
        self._ending = ending
        self._empty = _empty(change.at)
        self._taken = self._taken_ids()

    def write(self) -> None:
        lives = [self._life(home) for home in self._homes]
        ids = insert_rows(
            self._change, Ticket, [_row(*pair) for pair in zip(self._homes, lives, strict=True)]
        )
        told, files = self._messages(lives, ids)
        journal: _Rows = []
        for home, life, ticket_id in zip(self._homes, lives, ids, strict=True):
            journal += _tell(home, life, ticket_id, told, files)
        self._change.write_journal(journal, Event.TICKET_CREATED)

    def _messages(self, lives: Sequence[Life], ids: Sequence[int]) -> tuple[dict[int, Any], dict[int, _Rows]]:
        """Messages and files written; their rows by the mails they are of."""
        mails = [
            (mail, ticket_id, life.created["customer_id"])
            for home, life, ticket_id in zip(self._homes, lives, ids, strict=True)
            for mail in home.mails
        ]
        rows = [self._rows.message(*one) for one in mails]
        told: dict[int, dict[str, Any]] = {}
        files: dict[int, _Rows] = {}
        for (mail, ticket_id, _), row, row_id in zip(
            mails, rows, insert_rows(self._change, Message, rows), strict=True
        ):
            told[mail.id] = {**row, "id": row_id}
            if some := list(self._rows.files(mail, ticket_id, row_id)):
                files[mail.id] = some
        listed = [file for some in files.values() for file in some]
        for file, file_id in zip(listed, insert_rows(self._change, Attachment, listed), strict=True):
            file["id"] = file_id
        return told, files

    def _life(self, home: Home) -> Life:
        first = home.mails[0]
        customer_id, organization_id = self._rows.customer(_asked(home))
        columns: State = {
            "subject": subject_of(first),
            "channel": Channel.EMAIL.value,
            "customer_id": customer_id,
            "organization_id": organization_id,
            "external_id": None if first.key in self._taken else first.key,
            "follow_up_of_id": home.follows,
        }
        told = [flag for mail in home.mails for flag in mail.flags if flag in _TOLD]
        if told:
            columns["extra"] = {"mail": "; ".join(dict.fromkeys(told))}
        return tell_life(home.mails, self._ending, self._empty, columns)

    def _taken_ids(self) -> set[str]:
        """Ids that are those of tickets already: their first mail was moved away, and the ticket stayed."""
        is_sqlite = self._change.is_sqlite
        keys = [home.mails[0].key for home in self._homes]
        found = self._change.sql(
            f"SELECT external_id FROM ticket WHERE source = :source AND {among('external_id', 'keys', is_sqlite=is_sqlite)}",
            {"source": SOURCE, "keys": bind_list(keys, is_sqlite=is_sqlite)},
        )
        return {key for (key,) in found}


def _row(home: Home, life: Life) -> dict[str, Any]:
    last = dict(life.created)
    for step in life.steps:
        last |= step.after
    return {**to_columns(last), "updated_at": home.mails[-1].at, "version": len(life.steps) + 1}


def _tell(
    home: Home, life: Life, ticket_id: int, told: Mapping[int, Any], files: Mapping[int, _Rows]
) -> Iterator[dict[str, Any]]:
    """The journal of a new ticket in the order of its days."""
    about = {"ticket_id": ticket_id, "customer_id": life.created["customer_id"], "actor_id": None}
    created = Event.TICKET_CREATED.value
    reason = f"follows up {ticket_ref(home.follows)}" if home.follows else ""
    first = created_row(Ticket, {"id": ticket_id, **life.created}, life.created_at, created)
    yield {**first, **about, "reason": reason}
    steps, version = iter(life.steps), 1
    step = next(steps, None)
    for place, mail in enumerate(home.mails):
        event = event_of(mail).value if place else created
        message = created_row(Message, told[mail.id], mail.at, event)
        yield {**message, "actor_id": None, "is_main": place > 0}
        for file in files.get(mail.id, ()):
            yield {**created_row(Attachment, file, mail.at, event), "actor_id": None, "is_main": False}
        while step is not None and step.place == place:
            version += 1
            yield {**about, **_step(ticket_id, version, step), "event": event, "is_main": False}
            step = next(steps, None)
    while step is not None:
        version += 1
        yield {**about, **_step(ticket_id, version, step)}
        step = next(steps, None)


def _step(ticket_id: int, version: int, step: Step) -> dict[str, Any]:
    return {
        "at": step.at,
        "event": step.event.value,
        "entity": "ticket",
        "entity_id": ticket_id,
        "version": version,
        "before": step.before,
        "after": step.after,
    }


def _asked(home: Home) -> Person | None:
    """Whose ticket it is: who wrote first, or whom the desk wrote to."""
    first = next((mail.sender for mail in home.mails if not mail.is_ours), None)
    if first is not None:
        return first if first.key else None
    to = next((key for mail in home.mails for key in mail.others), "")
    return Person("", to, to) if to else None


def _empty(at: datetime) -> State:
    """The columns of a ticket about which nothing is known."""
    filler = {"id": None, "subject": "", "created_at": at, "updated_at": at, "version": 1}
    state = journaled(Ticket, {**default_values(Ticket), **filler})
    del state["id"]
    return {**state, "source": SOURCE, "created_at": to_iso(at)}
