"""Who works on a ticket: given to an agent or back to its queue, and the next one taken from the top of the queues."""

from collections.abc import Iterator, Sequence

from sqlmodel import col, or_, select

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.events import Event
from agentdesk.domain.lifecycle import Action, next_status
from agentdesk.domain.references import ticket_ref
from agentdesk.models import Agent, Ticket
from agentdesk.queries.tickets import SORTS, Where, key_of, page
from agentdesk.queries.waiting import TAKEABLE, queues_of, waiting_in
from agentdesk.services.already import say_already
from agentdesk.store.change import Change
from agentdesk.store.reader import Reader

_PAGE = 10
"""Tickets looked at together: more than one is only needed where others take from the top at the same time."""


def assign_ticket(
    change: Change, ticket_id: int, *, to: int | None, expected_version: int | None = None
) -> Ticket:
    """Give a ticket to an agent, or back to its queue with None; a new one becomes open.

    Raises:
        InvalidTransitionError: the ticket is closed.
        NotFoundError: there is no such agent, or they no longer work here.
    """
    change.actor.require(Permission.WORK)
    ticket = change.get(Ticket, ticket_id, expected_version)
    status = next_status(ticket_ref(ticket_id), ticket.status, Action.ASSIGN)
    if to is not None:
        agent = change.get(Agent, to)
        if not agent.is_active:
            raise InvalidValueError("assignee", agent.handle, hint="This agent no longer works here.")
        ticket.status = status
    ticket.assignee_id = to
    if not change.record(Event.TICKET_ASSIGNED, ticket):
        say_already(change, ticket, ["assignee_id"])
    return ticket


def take_next(change: Change, *, queue_ids: Sequence[int] | None = None) -> Ticket | None:
    """Assign the top unassigned ticket of the actor's queues (of every queue, if in none) to the actor.

    Two agents never get the same ticket: on SQLite the transaction holds the pen while it looks; on PostgreSQL a
    ticket is locked before it is given, and one that somebody else has locked is passed over for the next. Where
    only such tickets are left it waits for them: their locks may be about something else, or be taken back.

    Returns:
        The ticket; None where nobody's ticket is waiting.
    """
    change.actor.require(Permission.WORK)
    read = change.reader()
    queues = queues_of(read, change.actor.id) if queue_ids is None else queue_ids
    passed: list[int] = []
    for ticket_id in _from_the_top(read, waiting_in(queues)):
        if _lock_free(change, ticket_id, queues, wait=False):
            return assign_ticket(change, ticket_id, to=change.actor.id)
        passed.append(ticket_id)
    for ticket_id in passed:
        if _lock_free(change, ticket_id, queues, wait=True):
            return assign_ticket(change, ticket_id, to=change.actor.id)
    return None


def _from_the_top(read: Reader, where: Where) -> Iterator[int]:
    """The waiting tickets in the order of the queue, a small page at a time."""
    sort, after = SORTS["attention"], None
    while rows := page(read, where, sort, after=after, limit=_PAGE):
        yield from (row.id for row in rows)
        after = key_of(rows[-1], sort)


def _lock_free(change: Change, ticket_id: int, queue_ids: Sequence[int], *, wait: bool) -> bool:
    """Lock a ticket that is still nobody's; the page that named it may be older than somebody's commit."""
    free = select(Ticket.id).where(
        Ticket.id == ticket_id, col(Ticket.assignee_id).is_(None), col(Ticket.status).in_(TAKEABLE)
    )
    if queue_ids:
        free = free.where(or_(col(Ticket.queue_id).in_(queue_ids), col(Ticket.queue_id).is_(None)))
    point = change.session.connection().begin_nested()
    is_free = change.session.exec(free.with_for_update(skip_locked=not wait)).first() is not None
    if is_free:
        point.commit()
    else:  # PostgreSQL may have locked one that turned out to be taken; kept, it could hold up who waits for it
        point.rollback()
    return is_free
