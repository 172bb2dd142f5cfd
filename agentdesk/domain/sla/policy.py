"""Which promises a ticket gets: the first policy in order that matches, or none, and then there is no clock (R13)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from agentdesk.domain.sla.errors import PolicyError
from agentdesk.domain.vocabulary import Priority


class ClockMetric(StrEnum):
    """What a clock measures; the definitions are in `agentdesk.domain.metrics`."""

    FRT = "frt"
    NRT = "nrt"
    UPDATE_GAP = "update_gap"
    REQUESTER_WAIT = "requester_wait"
    AGENT_WORK = "agent_work"


Targets = Mapping[tuple[ClockMetric, Priority], int]
"""Minutes of working time by metric and priority; what is missing has no clock."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of a policy.

    Attributes:
        id: of this version.
        version: from 1; an edit makes a new one, and running clocks keep theirs.
        name: for people.
        conditions: which tickets it is for, in the query language; empty means all.
        targets: working minutes by metric and priority.
        calendar_id: the business hours it counts in.
        order: the lowest that matches wins.

    Raises:
        PolicyError: a target is not at least one minute.
    """

    id: int
    version: int
    name: str
    conditions: str
    targets: Targets = field(hash=False)
    calendar_id: int
    order: int = 0

    def __post_init__(self) -> None:
        for (metric, priority), minutes in self.targets.items():
            if minutes < 1:
                place = f"{metric} {priority}"
                raise PolicyError(
                    self.name, place, f"{minutes} is not possible. Write 1 minute or more, or leave it out."
                )
        object.__setattr__(self, "targets", MappingProxyType(dict(self.targets)))

    def target(self, metric: ClockMetric, priority: Priority) -> int | None:
        """Minutes of working time, or None where nothing is promised."""
        return self.targets.get((metric, priority))


def choose_policy(policies: Iterable[Policy], matches: Callable[[Policy], bool]) -> Policy | None:
    """The first policy by order (then id) whose conditions hold, or None.

    Args:
        policies: one version of each, in any order.
        matches: whether the conditions of a policy hold for the ticket.
    """
    in_order = sorted(policies, key=lambda policy: (policy.order, policy.id))
    return next((policy for policy in in_order if matches(policy)), None)
