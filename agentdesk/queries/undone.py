"""What was taken back or done again, with the field and its values where one ticket has moved."""

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import clip, line
from agentdesk.queries import changes, histories
from agentdesk.store.reader import Reader

LONGEST = 40
"""Cells of a value; a toast is one line."""


class Undone(Protocol):
    """What `services.undo_change` and `services.redo_change` return."""

    @property
    def number(self) -> int:
        """The change that did it."""

    @property
    def sentence(self) -> str:
        """What was taken back, in words."""

    @property
    def left(self) -> list[str]:
        """What was left as it is."""

    @property
    def is_whole(self) -> bool:
        """Whether the sentence says it all, whatever fields moved."""

    @property
    def is_draft(self) -> bool:
        """Whether a text that was said is the actor's draft again."""


def undone_words(read: Reader, told: Undone, now: datetime, zone: ZoneInfo) -> str:
    """`priority of T-7 high → normal`; for words, or several tickets, or where no field moved, what was done.

    Args:
        read: a snapshot after the change.
        told: what the change says of itself.
        now: aware; instants are told as they stand to it.
        zone: whose clock tells them.
    """
    moved = [] if told.is_whole else _moved(read, told.number, now, zone)
    return ", ".join(moved) or told.sentence


def _moved(read: Reader, number: int, now: datetime, zone: ZoneInfo) -> list[str]:
    """Each field that moved once, from what it was first to what it is last."""
    tickets = changes.tickets_of(read, number)
    if len(tickets) != 1:
        return []
    firsts: dict[str, object] = {}
    lasts: dict[str, object] = {}
    for row in histories.history(read, tickets[0], zone, now):
        for one in row.fields if row.change_id == number else ():
            firsts.setdefault(one.field, one.before)
            lasts[one.field] = one.after
    names = [name for name, last in lasts.items() if firsts[name] != last]
    return [
        f"{line(name)}{'' if at else f' of {ticket_ref(tickets[0])}'} {_value(firsts[name])} → {_value(lasts[name])}"
        for at, name in enumerate(names)
    ]


def _value(told: object) -> str:
    return clip(line(told), LONGEST)
