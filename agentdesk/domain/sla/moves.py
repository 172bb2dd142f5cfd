"""What becomes of the running clocks of a ticket when it comes under another policy, version or calendar now (R9)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agentdesk.domain.sla.calendar import Calendar
from agentdesk.domain.sla.clocks import clock_state
from agentdesk.domain.sla.instances import ClockState, SlaClock
from agentdesk.domain.sla.policy import ClockMetric, Policy
from agentdesk.domain.sla.ticket_events import PolicyChanged, TicketEvent


class Effect(StrEnum):
    """What a move does to a clock, the worst first; each clock has one."""

    BREACHED = "breached"
    EARLIER = "earlier"
    LATER = "later"
    BEGINS = "begins"
    ENDS = "ends"
    OTHERWISE = "otherwise"
    """Another target or other hours, and no due instant that says earlier or later: it is paused."""
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class ClockMove:
    """A clock before and after; one of both is None where only the other policy promises anything."""

    before: SlaClock | None
    after: SlaClock | None

    @property
    def clock(self) -> SlaClock:
        """Whichever there is."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def metric(self) -> ClockMetric:
        """What it measures."""
        return self.clock.metric

    @property
    def effect(self) -> Effect:
        """What happens to it."""
        before, after = self.before, self.after
        if after is None or after.state is ClockState.CANCELLED:
            return Effect.ENDS
        if after.is_over and (before is None or not before.is_over):
            return Effect.BREACHED
        if before is None or before.state is ClockState.CANCELLED:
            return Effect.BEGINS
        if _shown(before) == _shown(after):
            return Effect.STAYS
        return _direction(before.due_at, after.due_at)


def moved_clocks(
    events: Iterable[TicketEvent], policy: Policy | None, calendar: Calendar, now: datetime
) -> tuple[ClockMove, ...]:
    """Every clock that runs before or after, with what it becomes if the policy and calendar hold from `now` on."""
    told = tuple(events)
    before = _by_key(clock_state(told, calendar, None, now))
    after = _by_key(clock_state((*told, PolicyChanged(now, policy, calendar)), calendar, None, now))
    return tuple(_pairs(before, after))


def _pairs(
    before: Mapping[tuple[ClockMetric, int], SlaClock], after: Mapping[tuple[ClockMetric, int], SlaClock]
) -> Iterator[ClockMove]:
    for key in sorted(
        before.keys() | after.keys(), key=lambda key: (list(ClockMetric).index(key[0]), key[1])
    ):
        move = ClockMove(before.get(key), after.get(key))
        if any(one is not None and one.is_running for one in (move.before, move.after)):
            yield move


def _by_key(clocks: Iterable[SlaClock]) -> dict[tuple[ClockMetric, int], SlaClock]:
    return {(clock.metric, clock.number): clock for clock in clocks}


def _shown(clock: SlaClock) -> tuple[object, ...]:
    return clock.target_minutes, clock.due_at, clock.state, clock.breached_at


def _direction(before: datetime | None, after: datetime | None) -> Effect:
    if before is None or after is None or before == after:
        return Effect.OTHERWISE
    return Effect.EARLIER if after < before else Effect.LATER
