"""Moves open tickets to the policies and calendars as they are now; an edit of either moves nothing by itself."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import col, select

from agentdesk.domain.actor import Permission
from agentdesk.models import Ticket
from agentdesk.queries.policy_moves import TicketMove, asked_moves
from agentdesk.queries.tickets import Where
from agentdesk.services import clocks
from agentdesk.store.change import Change

_SOME = 500


def apply_policies(change: Change, name: str = "", query: str = "") -> list[TicketMove]:
    """Put every open ticket under the policy, version and calendar that would be chosen for it now.

    A clock keeps its start and its pauses and gets the new target from now on (R9); a breach on record stays. Tickets
    that have all of it already, and solved ones, are not touched.

    Args:
        change: the transaction.
        name: only tickets that come under or leave this policy, which may be retired; all where it is empty.
        query: only tickets that it finds.

    Returns:
        What moved, with each clock before and after.

    Raises:
        NotFoundError: there is no such policy.
        QueryError: the text is no query.
    """
    change.actor.require(Permission.CONFIGURE)
    moves = asked_moves(change.reader(), name, query)
    moving: list[TicketMove] = []
    for ids in _some([one.ticket_id for one in moves.tickets()]):
        # Another transaction may have solved or moved some of them since they were read.
        locking = select(Ticket.id).where(col(Ticket.id).in_(ids)).order_by(col(Ticket.id))
        change.session.exec(locking.with_for_update()).all()
        listed = ",".join(map(str, ids))
        moving += replace(moves, where=Where(f"ticket.id IN ({listed})")).tickets()
    for one in moving:
        reason = f"{one.before.told} to {one.after.told}: {one.after.why}"
        clocks.give_policy(change, one.ticket_id, one.held, one.choice, reason=reason, is_main=True)
    return moving


def _some(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + _SOME] for start in range(0, len(ids), _SOME)]
