"""Which target a clock had when: the policy and the priority of the ticket, read from its events (R9).

A change keeps the start and the pauses of a clock and gives it another target. What is changed in the submit that
fulfils a clock, or after it, comes too late for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

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
    """A target from an instant on; `minutes` is None where nothing is promised.

    `policy_id` and `policy_version` are of the policy that said so, None without one.
    """

    at: datetime
    minutes: int | None
    priority: Priority
    policy_id: int | None
    policy_version: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The priority and the policy of a ticket from an instant on."""

    at: datetime
    priority: Priority
    policy: Policy | None

    def target(self, run: Run, at: datetime) -> TargetSet:
        """What it promises to a clock, from `at` on."""
        policy = self.policy
        if policy is None:
            return TargetSet(at, None, self.priority, None, None)
        return TargetSet(
            at, policy.target(run.metric, self.priority), self.priority, policy.id, policy.version
        )


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
            if target.minutes != targets[-1].minutes:
                targets.append(target)
        return tuple(targets)


def read_targets(events: Iterable[TicketEvent], policy: Policy | None, now: datetime) -> TargetHistory:
    """The standings of a ticket until `now`; `policy` is the one in force at its creation."""
    standings: list[Standing] = []
    for event in in_order(events, now):
        last = standings[-1] if standings else None
        match event:
            case Created(at, _, _, priority) if last is None:
                standings.append(Standing(at, priority, policy))
            case PriorityChanged(at, priority) if last is not None:
                standings.append(Standing(at, priority, last.policy))
            case PolicyChanged(at, to) if last is not None:
                standings.append(Standing(at, last.priority, to))
            case Cancelled():
                break
    return TargetHistory(standings)
