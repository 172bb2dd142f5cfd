"""The life of a ticket as its mails tell it: who wrote when, how long somebody waits, and how it ended.

Pure; the steps are those of a ticket of another system (`ticket_history`).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from agentdesk.domain.instants import to_iso
from agentdesk.domain.vocabulary import Status
from agentdesk.transfer.mail.parse import MAX_SUBJECT, NO_SUBJECT
from agentdesk.transfer.mail.threads import Node
from agentdesk.transfer.tickets.history import Life, Snapshot, State, read_life

SOURCE: Final = "mail"
"""What `ticket.source` says of tickets that mails began."""


class Ending(StrEnum):
    """How tickets of mails end."""

    AUTO = "auto"
    OPEN = "open"
    SOLVED = "solved"
    CLOSED = "closed"


_ENDED: Final = (Ending.SOLVED, Ending.CLOSED)


def final_status(ending: Ending, *, is_ours_last: bool) -> Status | None:
    """The status that a ticket ends in; None where it stays as its mails left it.

    `auto`: solved where the last word is ours, else it waits for an answer.
    """
    if ending in _ENDED:
        return Status(ending.value)
    if ending is Ending.AUTO and is_ours_last:
        return Status.SOLVED
    return None


def tell_life(mails: Sequence[Node], ending: Ending, empty: State, columns: State) -> Life:
    """A new ticket's life.

    Args:
        mails: by time; the places of the steps are theirs, the ending's is one more.
        ending: how it ends.
        empty: the columns of a ticket about which nothing is known.
        columns: what is known of it besides: customer, subject and the like.
    """
    snapshots = list(_snapshots(mails, ending))
    first = snapshots[0]
    snapshots[0] = Snapshot(first.at, {**columns, **first.values}, place=0)
    return read_life(snapshots, mails[0].at, empty)


def _snapshots(mails: Sequence[Node], ending: Ending) -> Iterator[Snapshot]:
    waiting: datetime | None = None
    replies, is_answered = 0, False
    for place, mail in enumerate(mails):
        values: dict[str, Any] = {"last_message_at": to_iso(mail.at)}
        if not mail.is_ours:
            waiting = waiting or mail.at
        elif place:  # what the desk begins with is no answer
            replies += 1
            values |= {"status": Status.OPEN.value, "last_reply_at": to_iso(mail.at), "reply_count": replies}
            if not is_answered:
                values["first_replied_at"] = to_iso(mail.at)
            waiting, is_answered = None, True
        if ending is Ending.OPEN and place == len(mails) - 1:
            values["status"] = Status.OPEN.value
        yield Snapshot(mail.at, {**values, "waiting_since": waiting and to_iso(waiting)}, place=place)
    last = mails[-1]
    status = final_status(ending, is_ours_last=last.is_ours)
    if status is not None:
        yield Snapshot(last.at, {"status": status.value, "waiting_since": None}, place=len(mails))


def subject_of(mail: Node) -> str:
    """What a ticket is called that begins with a mail."""
    subject = mail.subject or NO_SUBJECT
    return subject if len(subject) <= MAX_SUBJECT else f"{subject[: MAX_SUBJECT - 1]}…"
