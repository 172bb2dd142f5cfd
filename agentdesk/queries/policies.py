"""Policies by name: the current version, or the one that `name@number` names; and how many tickets each holds."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.identity import name_key
from agentdesk.domain.near import suggest
from agentdesk.domain.sla import Ladder, Policy
from agentdesk.domain.sla.ladder import read_rows
from agentdesk.domain.sla.target_words import as_targets
from agentdesk.queries.calendars import VERSION_SIGN
from agentdesk.store.reader import Reader

SEE = "They are listed by: agentdesk policy list"


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One version of a policy.

    Attributes:
        position: its place in the order; the lowest that matches wins.
        conditions: a query over tickets, empty for all.
        calendar: the name of a calendar; which version of it counts is decided when the policy is chosen.
        targets: minutes by metric and priority.
        ladder: the steps as `domain.sla.ladder.read_rows` reads them.
        by_agreement: only an agreement chooses it, its conditions never do.
        created_at: when this version was made.
    """

    id: int
    name: str
    number: int
    position: int
    conditions: str
    calendar: str
    targets: dict[str, dict[str, int]]
    ladder: tuple[dict[str, Any], ...]
    by_agreement: bool
    is_current: bool
    created_at: datetime

    @property
    def ref(self) -> str:
        """`Standard@2`: what names this version."""
        return f"{self.name}{VERSION_SIGN}{self.number}"

    @property
    def steps(self) -> Ladder:
        """The escalation ladder."""
        return read_rows(self.ladder)

    def as_policy(self, calendar_id: int) -> Policy:
        """What the clocks count towards; its id is that of this version."""
        return Policy(
            self.id,
            self.number,
            self.name,
            self.conditions,
            as_targets(self.targets),
            calendar_id,
            self.position,
        )


_SELECT = (
    "SELECT id, name, number, position, conditions, calendar, targets, ladder, by_agreement, is_current, created_at "
    "FROM sla_policy WHERE {where} ORDER BY {order}"
)
_CURRENT = _SELECT.format(where="is_current", order="position, id")
_EVERY = _SELECT.format(where="1 = 1", order="name_key, number")
_OF_NAME = _SELECT.format(where="name_key = :key", order="number")
_OF_ID = _SELECT.format(where="id = :id", order="id")
_HELD = (
    "SELECT ticket.policy_id, count(*) FROM ticket WHERE ticket.is_open AND ticket.policy_id IS NOT NULL "
    "GROUP BY ticket.policy_id"
)


def policies(read: Reader, *, every: bool = False) -> list[PolicyRow]:
    """The current version of every policy in their order, or every version there is by name."""
    return read.rows(PolicyRow, _EVERY if every else _CURRENT)


def policy_versions(read: Reader, name: str) -> list[PolicyRow]:
    """Every version of a policy, the first one first; none where there is no such policy."""
    return read.rows(PolicyRow, _OF_NAME, {"key": name_key(name)})


def policy_by_name(read: Reader, text: str) -> PolicyRow:
    """The policy that people call `text`: a name for its current version, `Standard@1` for another one.

    Raises:
        NotFoundError: there is none, or it was retired; the sentence offers the nearest names, or the versions there are.
    """
    wanted = text.strip()
    name, sign, number = wanted.rpartition(VERSION_SIGN)
    versions = policy_versions(read, name if sign else wanted)
    found = [one for one in versions if (str(one.number) == number if sign else one.is_current)]
    if found:
        return found[0]
    if versions:
        told = "" if sign else f"{versions[-1].name} was retired. "
        numbers = ", ".join(str(one.number) for one in versions)
        raise NotFoundError("policy", wanted, f"{told}{versions[-1].name} has these versions: {numbers}.")
    near = suggest(wanted, [(one.name, one.name) for one in policies(read)])
    raise NotFoundError("policy", wanted, near or "Add one: agentdesk policy add --help")


def policy_by_id(read: Reader, policy_id: int) -> PolicyRow:
    """The version with this id, as a ticket and a clock hold it.

    Raises:
        NotFoundError: there is none.
    """
    row = read.row(PolicyRow, _OF_ID, {"id": policy_id})
    if row is None:
        raise NotFoundError("policy version", policy_id, SEE)
    return row


def open_tickets_by_version(read: Reader) -> dict[int, int]:
    """How many unsolved tickets hold each version, by its id; versions that none holds are left out."""
    return {int(policy): int(count) for policy, count in read.tuples(_HELD)}


def open_tickets_by_name(read: Reader) -> dict[str, int]:
    """How many unsolved tickets hold any version of a policy, by its folded name; the others are left out."""
    held = open_tickets_by_version(read)
    names: Counter[str] = Counter()
    for one in policies(read, every=True):
        names[name_key(one.name)] += held.get(one.id, 0)
    return dict(+names)
