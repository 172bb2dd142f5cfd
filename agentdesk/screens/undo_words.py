"""What was taken back or done again, with the field and its values where one ticket has moved."""

from typing import Protocol

from agentdesk.desk import Desk
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import clip, line
from agentdesk.queries import changes, histories

LONGEST = 40
"""Cells of a value; a toast is one line."""


class Undone(Protocol):
    """What `services.undo_change` and `services.redo_change` return."""

    number: int
    sentence: str
    left: list[str]


def words_of(desk: Desk, told: Undone) -> str:
    """`priority of T-7 high → normal`; for several tickets, or where no field moved, what was done to them."""
    left = f" Left as it is: {'; '.join(told.left)}." if told.left else ""
    with desk.read() as read:
        tickets = changes.tickets_of(read, told.number)
        rows = histories.history(read, tickets[0], desk.zone) if len(tickets) == 1 else []
    moved = [
        f"{line(one.field)}{f' of {ticket_ref(tickets[0])}' if not at else ''} {_value(one.before)} → {_value(one.after)}"
        for at, one in enumerate(one for row in rows if row.change_id == told.number for one in row.fields)
    ]
    return f"{', '.join(moved) or told.sentence}.{left}"


def _value(told: object) -> str:
    return clip(line(told), LONGEST)
