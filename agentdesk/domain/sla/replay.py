"""What attainment would have been under another policy: the same events, counted towards its targets from creation on.

Clocks are those that ended in the period, fulfilled in time or late, as they were and as they would have been. Merged
tickets and spam count as nothing, as in every figure.

A clock stands under the priority whose target was in force when it ended, or when it breached. Both sides of a clock
stand under the same one: where one side breached, under that of the breach, and where both did, under that of the
breach as it was. So a priority that a draft does not touch has the same figures on both sides.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from agentdesk.domain.numbers import share
from agentdesk.domain.sla.calendar import Calendar
from agentdesk.domain.sla.clocks import clock_state
from agentdesk.domain.sla.instances import SlaClock, Verdict
from agentdesk.domain.sla.policy import ClockMetric, Policy
from agentdesk.domain.sla.ticket_events import PolicyChanged, TicketEvent
from agentdesk.domain.vocabulary import Priority


@dataclass(slots=True)
class Tally:
    """Completed clocks by what attainment counts."""

    met: int = 0
    breached: int = 0

    @property
    def completed(self) -> int:
        """How many there were."""
        return self.met + self.breached

    @property
    def attainment(self) -> Fraction | None:
        """The share that was met; None where nothing was completed."""
        return share(self.met, self.completed)

    def count(self, verdict: Verdict) -> None:
        """Add one clock."""
        self.met += verdict is Verdict.MET
        self.breached += verdict is Verdict.BREACHED


@dataclass(slots=True)
class Contrast:
    """The same clocks as it was, `then`, and under the draft, `now`; either may have clocks the other promises nothing for."""

    then: Tally = field(default_factory=Tally)
    now: Tally = field(default_factory=Tally)


@dataclass(frozen=True, slots=True)
class Worse:
    """A clock that was met, and that the draft would have seen breached."""

    ticket_id: int
    clock: SlaClock
    """As it would have been."""


@dataclass(slots=True)
class Replay:
    """A policy tried on what happened, ticket by ticket; it keeps sums, and the clocks it would have broken.

    Attributes:
        policy: what is tried, from the creation of each ticket on.
        calendar: the hours it counts in.
        since: clocks that ended before do not count.
        now: neither do those that ended later.
    """

    policy: Policy
    calendar: Calendar
    since: datetime
    now: datetime
    tickets: int = 0
    total: Contrast = field(default_factory=Contrast)
    worse: list[Worse] = field(default_factory=list)
    better: int = 0
    """Clocks that were breached, and that the draft would have seen met."""
    _parts: dict[tuple[ClockMetric, Priority], Contrast] = field(default_factory=dict)

    def add(self, ticket_id: int, events: Iterable[TicketEvent]) -> None:
        """Count the clocks of a ticket."""
        told = tuple(events)
        then = self._completed(clock_state(told, self.calendar, None, self.now))
        now = self._completed(tried_clocks(told, self.policy, self.calendar, self.now))
        self.tickets += bool(then or now)
        for key in then.keys() | now.keys():
            self._count(then.get(key), now.get(key))
        for key, clock in now.items():
            was = then[key].verdict if key in then else None
            if was is Verdict.MET and clock.verdict is Verdict.BREACHED:
                self.worse.append(Worse(ticket_id, clock))
            self.better += was is Verdict.BREACHED and clock.verdict is Verdict.MET

    @property
    def parts(self) -> dict[tuple[ClockMetric, Priority], Contrast]:
        """By metric and the priority that was judged, in their order."""
        known = ((metric, priority) for metric in ClockMetric for priority in Priority)
        return {key: self._parts[key] for key in known if key in self._parts}

    @property
    def worst(self) -> list[Worse]:
        """What it would have broken, what was furthest over first."""
        return sorted(self.worse, key=lambda one: (-one.clock.overdue_minutes, one.ticket_id))

    def _completed(self, clocks: Iterable[SlaClock]) -> dict[tuple[ClockMetric, int], SlaClock]:
        return {
            (clock.metric, clock.number): clock
            for clock in clocks
            if clock.verdict is not None
            and clock.fulfilled_at is not None
            and self.since <= clock.fulfilled_at <= self.now
        }

    def _count(self, then: SlaClock | None, now: SlaClock | None) -> None:
        sides = [one for one in (then, now) if one is not None]
        judged = next((one for one in sides if one.verdict is Verdict.BREACHED), sides[0])
        part = self._parts.setdefault((judged.metric, judged.priority_judged), Contrast())
        for contrast in (part, self.total):
            for tally, clock in ((contrast.then, then), (contrast.now, now)):
                if clock is not None and clock.verdict is not None:
                    tally.count(clock.verdict)


def tried_clocks(
    events: Iterable[TicketEvent], policy: Policy, calendar: Calendar, now: datetime
) -> tuple[SlaClock, ...]:
    """The clocks a ticket would have, had one policy and calendar held from its creation to `now`."""
    return clock_state((one for one in events if not isinstance(one, PolicyChanged)), calendar, policy, now)
