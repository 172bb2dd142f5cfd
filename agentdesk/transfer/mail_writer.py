"""The mails of some conversations written, in one change: whom they name first, then new tickets, then what joins old ones.

Each mail is told to the journal at its own instant. A ticket that people worked on takes a mail as it takes one that
is received now; what is older than its last message only joins its conversation.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from agentdesk.domain.events import Event
from agentdesk.domain.instants import to_iso
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import UNSOLVED, AuthorKind, Channel, Status
from agentdesk.models import Attachment, Message, Ticket
from agentdesk.services.attachments import keep_content
from agentdesk.services.hearing import hear_customer
from agentdesk.store.bulk import created_row, default_values, insert_rows, journaled
from agentdesk.store.change import Change
from agentdesk.store.reader import instant
from agentdesk.transfer.known_tickets import to_columns
from agentdesk.transfer.mail_customers import add_customers
from agentdesk.transfer.mail_known import AGENT_CLAIM, Portion
from agentdesk.transfer.mail_life import Ending, final_status, subject_of, tell_life
from agentdesk.transfer.mail_people import Person
from agentdesk.transfer.mail_scratch import MailScratch
from agentdesk.transfer.mail_threads import STRANGER, Home, Node
from agentdesk.transfer.ticket_history import Life, State

SOURCE: Final = "mail"
"""What `ticket.source` says of tickets that mails began."""
_TOLD: Final = (STRANGER, AGENT_CLAIM)
"""What a ticket says itself, so that nobody overlooks it."""


class MailWriter:
    """Writes portions of one import."""

    def __init__(self, change: Change, scratch: MailScratch, portion: Portion, ending: Ending) -> None:
        """Begin inside a change."""
        self._change = change
        self._scratch = scratch
        self._portion = portion
        self._ending = ending

    def write(self, homes: Sequence[Home]) -> None:
        """Write tickets and messages."""
        self._make_customers(homes)
        self._create([home for home in homes if home.ticket_id is None])
        for home in homes:
            if home.ticket_id is not None:
                self._join(home)

    def _make_customers(self, homes: Iterable[Home]) -> None:
        wanted: dict[str, Person] = {}
        for home in homes:
            for mail in home.mails:
                if not mail.is_ours and mail.sender.key:
                    wanted.setdefault(mail.sender.key, mail.sender)
            if home.ticket_id is None and (asked := _asked(home)) is not None:
                wanted.setdefault(asked.key, asked)
        missing = [one for key, one in wanted.items() if key not in self._portion.customers]
        for one, row_id in zip(missing, add_customers(self._change, missing, SOURCE), strict=True):
            self._portion.customers[one.key] = (row_id, None)

    def _customer(self, person: Person | None) -> tuple[int | None, int | None]:
        return self._portion.customers.get(person.key, (None, None)) if person else (None, None)

    def _create(self, homes: Sequence[Home]) -> None:
        lives = [self._life(home) for home in homes]
        rows = []
        for home, life in zip(homes, lives, strict=True):
            last = dict(life.created)
            for step in life.steps:
                last |= step.after
            version = len(life.steps) + 1
            rows.append({**to_columns(last), "updated_at": home.mails[-1].at, "version": version})
        ids = insert_rows(self._change, Ticket, rows)
        journal: list[dict[str, Any]] = []
        for home, life, ticket_id in zip(homes, lives, ids, strict=True):
            journal += self._tell(home, life, ticket_id)
        self._change.write_journal(journal, Event.TICKET_CREATED)

    def _life(self, home: Home) -> Life:
        first = home.mails[0]
        customer_id, organization_id = self._customer(_asked(home))
        columns: State = {
            "subject": subject_of(first),
            "channel": Channel.EMAIL.value,
            "customer_id": customer_id,
            "organization_id": organization_id,
            "external_id": self._free_id(first.key),
            "follow_up_of_id": home.follows,
        }
        told = [flag for mail in home.mails for flag in mail.flags if flag in _TOLD]
        if told:
            columns["extra"] = {"mail": "; ".join(dict.fromkeys(told))}
        return tell_life(home.mails, self._ending, _empty(first.at), columns)

    def _free_id(self, key: str) -> str | None:
        """The id of a ticket is that of its first mail, unless that mail was moved away and the ticket stayed."""
        found = self._change.sql(
            "SELECT 1 FROM ticket WHERE source = :source AND external_id = :key",
            {"source": SOURCE, "key": key},
        ).first()
        return None if found else key

    def _tell(self, home: Home, life: Life, ticket_id: int) -> Iterator[dict[str, Any]]:
        """The journal of a new ticket in the order of its days, with its messages written on the way."""
        customer_id = life.created["customer_id"]
        about = {"ticket_id": ticket_id, "customer_id": customer_id, "actor_id": None}
        first = created_row(
            Ticket, {"id": ticket_id, **life.created}, life.created_at, Event.TICKET_CREATED.value
        )
        reason = f"follows up {ticket_ref(home.follows)}" if home.follows else ""
        yield {**first, **about, "reason": reason}
        version = 1
        steps = list(life.steps)
        for place, mail in enumerate(home.mails):
            event = Event.TICKET_CREATED if place == 0 else _event(mail)
            yield from self._message(mail, ticket_id, customer_id, event, is_main=place > 0)
            while steps and steps[0].place == place:
                step = steps.pop(0)
                version += 1
                yield {**about, **_step(ticket_id, version, step, event.value), "is_main": False}
        for step in steps:
            version += 1
            yield {**about, **_step(ticket_id, version, step, step.event.value)}

    def _message(
        self, mail: Node, ticket_id: int, customer_id: int | None, event: Event, *, is_main: bool
    ) -> Iterator[dict[str, Any]]:
        row = self._row(mail, ticket_id, customer_id)
        (row_id,) = insert_rows(self._change, Message, [row])
        told = created_row(Message, {**default_values(Message), **row, "id": row_id}, mail.at, event.value)
        yield {**told, "actor_id": None, "is_main": is_main}
        files = list(self._files(mail, ticket_id, row_id))
        for file_id, file in zip(insert_rows(self._change, Attachment, files), files, strict=True):
            told = created_row(Attachment, {"id": file_id, **file}, mail.at, event.value)
            yield {**told, "actor_id": None, "is_main": False}

    def _row(self, mail: Node, ticket_id: int, customer_id: int | None) -> dict[str, Any]:
        text, extra = self._scratch.text(mail.id)
        flags = [*extra.get("flags", ()), *mail.flags]
        missing = [name for name in mail.references if name not in self._portion.known.homes]
        extra |= {"flags": flags} if flags else {}
        extra |= {"awaits": missing} if missing else {}
        sender, _ = self._customer(None if mail.is_ours else mail.sender)
        return {
            "ticket_id": ticket_id,
            "customer_id": customer_id if mail.is_ours else sender,
            "at": mail.at,
            "author_kind": (AuthorKind.AGENT if mail.is_ours else AuthorKind.CUSTOMER).value,
            "author_name": mail.sender.name or mail.sender.address or "unknown sender",
            "channel": Channel.EMAIL.value,
            "body": text,
            "external_id": mail.key,
            "extra": extra,
            "created_at": self._change.at,
            "updated_at": self._change.at,
        }

    def _files(self, mail: Node, ticket_id: int, message_id: int) -> Iterator[dict[str, Any]]:
        for file in self._scratch.files(mail.id):
            kept = keep_content(self._change, file.name, file.data)
            yield {
                "message_id": message_id,
                "ticket_id": ticket_id,
                "name": kept.name,
                "media_type": file.media_type,
                "size": kept.size,
                "sha256": kept.sha256,
                "created_at": self._change.at,
                "updated_at": self._change.at,
            }

    def _join(self, home: Home) -> None:
        """Put mails on a ticket that is there."""
        change = self._change
        assert home.ticket_id is not None
        ticket = change.get(Ticket, home.ticket_id)
        latest = self._latest(home.ticket_id)
        for mail in home.mails:
            at = mail.at if latest is None or mail.at >= latest else change.at
            latest = max(at, latest or at)
            event = _event(mail)
            if ticket.last_message_at is None or mail.at > ticket.last_message_at:
                event = self._hear(ticket, mail)
            row = self._row(mail, home.ticket_id, ticket.customer_id)
            message = change.add(Message(**{**default_values(Message), **row}))
            assert message.id is not None
            for file in self._files(mail, home.ticket_id, message.id):
                change.add(Attachment(**file))
            change.record(event, message, at=at)
        self._end(ticket, home.mails[-1], latest)

    def _hear(self, ticket: Ticket, mail: Node) -> Event:
        """What a mail does to a ticket that is newer than all it has."""
        ticket.last_message_at = mail.at
        if ticket.status == Status.CLOSED:
            return _event(mail)
        if not mail.is_ours:
            if self._ending in (Ending.SOLVED, Ending.CLOSED) and ticket.status not in UNSOLVED:
                return _event(mail)
            return hear_customer(self._change, ticket, mail.at)
        ticket.status = Status.OPEN.value if ticket.status == Status.NEW else ticket.status
        ticket.reply_count += 1
        ticket.first_replied_at = ticket.first_replied_at or mail.at
        ticket.last_reply_at = mail.at
        ticket.waiting_since = ticket.due_at = None
        return _event(mail)

    def _end(self, ticket: Ticket, last: Node, at: datetime | None) -> None:
        """A ticket that mails began ends as they say; one that people opened is theirs to end."""
        if ticket.source != SOURCE or ticket.last_message_at != last.at or ticket.status not in UNSOLVED:
            return
        status = final_status(self._ending, is_ours_last=last.is_ours)
        if status is not None:
            ticket.status, ticket.solved_at, ticket.waiting_since = status.value, last.at, None
            ticket.closed_at = last.at if status == Status.CLOSED else None
            is_closed = status == Status.CLOSED
            self._change.record(Event.TICKET_CLOSED if is_closed else Event.TICKET_SOLVED, ticket, at=at)

    def _latest(self, ticket_id: int) -> datetime | None:
        sql = "SELECT max(at) FROM journal WHERE entity = 'ticket' AND entity_id = :id"
        return instant(self._change.sql(sql, {"id": ticket_id}).scalar())


def _asked(home: Home) -> Person | None:
    """Whose ticket it is: who wrote first, or whom the desk wrote to."""
    first = next((mail.sender for mail in home.mails if not mail.is_ours), None)
    if first is not None:
        return first if first.key else None
    to = next((key for mail in home.mails for key in mail.others), "")
    return Person("", to, to) if to else None


def _event(mail: Node) -> Event:
    return Event.MESSAGE_REPLIED if mail.is_ours else Event.MESSAGE_RECEIVED


def _step(ticket_id: int, version: int, step: Any, event: str) -> Mapping[str, Any]:
    return {
        "at": step.at,
        "event": event,
        "entity": "ticket",
        "entity_id": ticket_id,
        "version": version,
        "before": step.before,
        "after": step.after,
    }


def _empty(at: datetime) -> State:
    """The columns of a ticket about which nothing is known."""
    filler = {"id": None, "subject": "", "created_at": at, "updated_at": at, "version": 1}
    state = journaled(Ticket, {**default_values(Ticket), **filler})
    del state["id"]
    return {**state, "source": SOURCE, "created_at": to_iso(at)}
