"""What time alone has made due: tickets to wake and to close, clocks that have come to a step, asks nobody has answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from agentdesk.domain.desk_settings import CLOSE_AFTER
from agentdesk.domain.sla import Ladder
from agentdesk.queries.desk_settings import desk_number
from agentdesk.queries.past import chunks, when
from agentdesk.queries.policies import policies
from agentdesk.store.reader import Reader

UNACKNOWLEDGED: Final = "unacknowledged"
"""The step of an escalation that nobody has answered in time; its clock is called `escalation`."""
ESCALATION: Final = "escalation"

_WAKING = (
    "SELECT id FROM ticket WHERE wake_at <= :now AND status IN ('pending', 'on_hold') ORDER BY wake_at, id"
)
_CLOSING = "SELECT id FROM ticket WHERE status = 'solved' AND solved_at <= :before ORDER BY solved_at, id"
_CLOCKS = (
    "SELECT sla_clock.ticket_id, sla_clock.metric, sla_clock.number, ticket.policy_id, sla_clock.at_risk_at, "
    "sla_clock.critical_at, sla_clock.due_at FROM sla_clock JOIN ticket ON ticket.id = sla_clock.ticket_id "
    "WHERE sla_clock.is_running AND sla_clock.is_paused = FALSE AND sla_clock.at_risk_at <= :now "
    "ORDER BY sla_clock.at_risk_at, sla_clock.ticket_id"
)
_TAKEN = "SELECT ticket_id, metric, number, step FROM sla_step WHERE ticket_id IN ({ids})"
_UNACKNOWLEDGED = (
    "SELECT escalation.id FROM escalation WHERE escalation.state = 'requested' AND escalation.ack_due_at <= :now "
    "AND NOT EXISTS (SELECT 1 FROM sla_step WHERE sla_step.ticket_id = escalation.ticket_id "
    f"AND sla_step.metric = '{ESCALATION}' AND sla_step.number = escalation.id "
    f"AND sla_step.step = '{UNACKNOWLEDGED}') ORDER BY escalation.ack_due_at, escalation.id"
)


@dataclass(frozen=True, slots=True)
class DueWork:
    """Numbers of what is due, each list in the order in which it fell due."""

    waking: tuple[int, ...]
    closing: tuple[int, ...]
    stepping: tuple[int, ...]
    """Tickets with a clock that has, or may have, come to a step of its ladder that was not taken."""
    unacknowledged: tuple[int, ...]
    """Escalations."""

    @property
    def count(self) -> int:
        """How much there is."""
        return len(self.waking) + len(self.closing) + len(self.stepping) + len(self.unacknowledged)


def due_work(read: Reader) -> DueWork:
    """Everything that is due at the snapshot's present; cheap where nothing is."""
    before = solved_before(read)
    now = {"now": read.now}
    return DueWork(
        waking=_ids(read, _WAKING, now),
        closing=() if before is None else _ids(read, _CLOSING, {"before": before}),
        stepping=_stepping(read),
        unacknowledged=_ids(read, _UNACKNOWLEDGED, now),
    )


def solved_before(read: Reader) -> datetime | None:
    """Tickets solved until then are closed now; None where none ever is."""
    days = desk_number(read, CLOSE_AFTER)
    return read.now - timedelta(days=days) if days > 0 else None


def taken_steps(read: Reader, ticket_ids: Sequence[int]) -> set[tuple[int, str, int, str]]:
    """The steps that were taken on some tickets: ticket, metric, number of the clock, step."""
    return {
        (ticket_id, metric, number, step)
        for some in chunks(ticket_ids)
        for ticket_id, metric, number, step in read.tuples(_TAKEN.format(ids=some))
    }


def _ids(read: Reader, sql: str, params: dict[str, Any]) -> tuple[int, ...]:
    return tuple(int(one) for (one,) in read.tuples(sql, params))


def _stepping(read: Reader) -> tuple[int, ...]:
    clocks = read.tuples(_CLOCKS, {"now": read.now})
    if not clocks:
        return ()
    ladders = {one.id: one.steps for one in policies(read, every=True)}
    taken = taken_steps(read, [row[0] for row in clocks])
    found: dict[int, None] = {}
    for ticket_id, metric, number, policy_id, *instants in clocks:
        missing = [
            step for step in ladders.get(policy_id, ()) if (ticket_id, metric, number, step.id) not in taken
        ]
        if _may_have_come(missing, [when(one) for one in instants], read.now):
            found[ticket_id] = None
    return tuple(found)


def _may_have_come(steps: Ladder | list[Any], instants: Sequence[datetime | None], now: datetime) -> bool:
    """Whether one of the steps may be reached: minutes of open time last at least as long as minutes of any time."""
    reached = dict(zip((75, 90, 100), instants, strict=True))
    told = ((reached[step.at], timedelta(minutes=step.plus_minutes)) for step in steps)
    return any(at is not None and at + more <= now for at, more in told)
