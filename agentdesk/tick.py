"""What the desk does by itself as time passes: wake, close, warn, escalate, remind. Anybody may ask, as often as they like.

Each ticket is a transaction of its own that looks again before it acts, so that a tick may be ended at any point and
any number of them may run at once: whatever was done stays done, and nothing is done twice.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from agentdesk.desk import Desk
from agentdesk.domain.actor import DESK
from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.vocabulary import Origin
from agentdesk.queries.due_work import due_work

if TYPE_CHECKING:
    from agentdesk.store.change import Change


class Deed(StrEnum):
    """What was done; `FAILED` is what could not be."""

    WOKE = "woke"
    CLOSED = "closed"
    WARNED = "warned"
    ESCALATED = "escalated"
    REMINDED = "reminded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done, or would be.

    Attributes:
        ticket_id: to which ticket.
        words: what it was, as it reads after the reference.
        change_id: the number that takes it back; None in a dry run, and where nothing was written.
    """

    ticket_id: int
    deed: Deed
    words: str
    change_id: int | None = None

    @property
    def ref(self) -> str:
        """`T-1042`."""
        return ticket_ref(self.ticket_id)


class _DryRun(Exception):  # noqa: N818  not an error: it only takes the transaction back
    pass


def tick(desk: Desk, *, dry_run: bool = False) -> Iterator[Done]:
    """Do everything that is due, one thing after the other, and tell each as it is done.

    Args:
        desk: whose clock says what is due.
        dry_run: do each thing, look at what came of it, and take it back before anybody sees it.
    """
    with desk.read() as read:
        due = due_work(read)
    for ticket_id in due.waking:
        yield from _do(desk, ticket_id, _wake, f"wake {ticket_ref(ticket_id)}", dry_run=dry_run)
    for ticket_id in due.stepping:
        yield from _do(desk, ticket_id, _step, f"clocks of {ticket_ref(ticket_id)}", dry_run=dry_run)
    for escalation_id in due.unacknowledged:
        yield from _do(desk, escalation_id, _remind, f"remind of escalation {escalation_id}", dry_run=dry_run)
    for ticket_id in due.closing:
        yield from _do(desk, ticket_id, _close, f"close {ticket_ref(ticket_id)}", dry_run=dry_run)


def is_anything_due(desk: Desk) -> bool:
    """Whether a tick would find something to look at; a few reads of indexes."""
    with desk.read() as read:
        return due_work(read).count > 0


_Found = list[tuple[int, Deed, str]]


def _do(
    desk: Desk, number: int, operation: "Callable[[Change, int], _Found]", summary: str, *, dry_run: bool
) -> Iterator[Done]:
    found: _Found = []
    change_id: int | None = None
    try:
        with desk.store.change(desk.clock, DESK, Origin.TICK, summary=summary) as change:
            found = operation(change, number)
            if dry_run:
                raise _DryRun  # noqa: TRY301  leaving by an exception is what rolls back
        change_id = change.id
    except _DryRun:
        pass
    except AgentDeskError as error:  # one ticket that cannot be helped must not keep the others from it
        found = [(number, Deed.FAILED, str(error))]
    for ticket_id, deed, words in found:
        yield Done(ticket_id, deed, words, change_id)


def _wake(change: "Change", ticket_id: int) -> _Found:
    from agentdesk.services.ticking import wake_if_due  # noqa: PLC0415  the ORM is only for writing

    woken_from = wake_if_due(change, ticket_id)
    return [(ticket_id, Deed.WOKE, f"woke, it was {woken_from}")] if woken_from else []


def _close(change: "Change", ticket_id: int) -> _Found:
    from agentdesk.services.ticking import close_if_due  # noqa: PLC0415  as above

    solved_at: datetime | None = close_if_due(change, ticket_id)
    return [(ticket_id, Deed.CLOSED, f"closed, solved {solved_at:%Y-%m-%d %H:%M} UTC")] if solved_at else []


def _step(change: "Change", ticket_id: int) -> _Found:
    from agentdesk.services.ladder import take_steps  # noqa: PLC0415  as above

    return [
        (ticket_id, Deed.ESCALATED if one.is_escalation else Deed.WARNED, one.words)
        for one in take_steps(change, ticket_id)
    ]


def _remind(change: "Change", escalation_id: int) -> _Found:
    from agentdesk.models import Escalation  # noqa: PLC0415  as above
    from agentdesk.services.ladder import remind_of_escalation  # noqa: PLC0415

    told = remind_of_escalation(change, escalation_id)
    ticket_id = change.get(Escalation, escalation_id).ticket_id
    return [] if told is None else [(ticket_id, Deed.REMINDED, told.words)]
