"""Which target a clock had when: the policy, the priority and the calendar of the ticket, read from its events (R9).

A change keeps the start and the pauses of a clock and gives it another target, or other hours to count in. What is changed in the submit that
fulfils a clock, or after it, comes too late for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from agentdesk.domain.sla.calendar import Calendar
from agentdesk.domain.sla.history import Run
from agentdesk.domain.sla.policy import Policy
from agentdesk.domain.sla.ticket_events import (
    Cancelled,
    Created,
    PolicyChanged,
    PriorityChanged,
    TicketEvent,
    in_order,
)
from agentdesk.domain.vocabulary import Priority


@dataclass(frozen=True, slots=True)
class TargetSet:
    """A target from an instant on, counted in `calendar`; `minutes` is None where nothing is promised.

    `policy_id` and `policy_version` are of the policy that said so, None without one.
    """

    at: datetime
    minutes: int | None
    priority: Priority
    policy_id: int | None
    policy_version: int | None
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Standing:
    """The priority, the policy and the business hours of a ticket from an instant on."""

    at: datetime
    priority: Priority
    policy: Policy | None
    calendar: Calendar

    def target(self, run: Run, at: datetime) -> TargetSet:
        """What it promises to a clock, from `at` on."""
        policy = self.policy
        if policy is None:
            return TargetSet(at, None, self.priority, None, None, self.calendar)
        minutes = policy.target(run.metric, self.priority)
        return TargetSet(at, minutes, self.priority, policy.id, policy.version, self.calendar)


@dataclass(frozen=True, slots=True)
class TargetHistory:
    """Every standing of a ticket, oldest first."""

    standings: Sequence[Standing]

    def of(self, run: Run) -> tuple[TargetSet, ...]:
        """The targets of a clock: the one at its start, then each that differs from the one before."""
        first = next((one for one in reversed(self.standings) if one.at <= run.started_at), self.standings[0])
        targets = [first.target(run, run.started_at)]
        for standing in self.standings:
            is_in_force = run.fulfilled_at is None or standing.at < run.fulfilled_at
            if standing.at <= run.started_at or standing is first or not is_in_force:
                continue
            target = standing.target(run, standing.at)
            if (target.minutes, target.calendar) != (targets[-1].minutes, targets[-1].calendar):
                targets.append(target)
        return tuple(targets)


def read_targets(
    events: Iterable[TicketEvent], policy: Policy | None, calendar: Calendar, now: datetime
) -> TargetHistory:
    """The standings of a ticket until `now`; `policy` and `calendar` are those in force at its creation."""
    standings: list[Standing] = []
    for event in in_order(events, now):
        last = standings[-1] if standings else None
        match event:
            case Created(at, _, _, priority) if last is None:
                standings.append(Standing(at, priority, policy, calendar))
            case PriorityChanged(at, priority) if last is not None:
                standings.append(replace(last, at=at, priority=priority))
            case PolicyChanged(at, to, hours) if last is not None:
                standings.append(Standing(at, last.priority, to, hours or last.calendar))
            case Cancelled():
                break
    return TargetHistory(standings)
