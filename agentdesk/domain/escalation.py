"""Escalations decided: who was asked, who may answer, which answer is possible when, and what a chain is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol, TypeVar

from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.vocabulary import OPEN_ESCALATION, EscalationLevel, EscalationState, Role

LEADING: Final = (Role.LEAD, Role.ADMIN)
"""They may answer whatever was asked of anybody: an answer must not wait for somebody who is ill."""
OF_AUTHORITY: Final = (EscalationLevel.LEAD, EscalationLevel.MANAGER)
MOVES: Final = {
    EscalationState.ACCEPTED: (EscalationState.REQUESTED,),
    EscalationState.DECLINED: (EscalationState.REQUESTED,),
    EscalationState.RETURNED: (EscalationState.ACCEPTED,),
    EscalationState.RESOLVED: OPEN_ESCALATION,
    EscalationState.WITHDRAWN: OPEN_ESCALATION,
}
"""From which states each state can be reached."""
LEVEL_WORDS: Final = {
    EscalationLevel.L2: "second level",
    EscalationLevel.L3: "third level",
    EscalationLevel.LEAD: "the lead",
    EscalationLevel.MANAGER: "the manager",
    EscalationLevel.VENDOR: "the vendor",
}


@dataclass(frozen=True, slots=True)
class Target:
    """Who is asked: one queue, agent or outside party, or else whoever stands on a level."""

    queue_id: int | None = None
    agent_id: int | None = None
    party: str = ""
    level: str | None = None

    @property
    def named(self) -> int:
        """How many of queue, agent and party are named."""
        return (self.queue_id is not None) + (self.agent_id is not None) + bool(self.party)

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for two ways of asking the same; a level beside a name only says which rung the name stands on."""
        if self.named:
            return self.queue_id, self.agent_id, self.party.casefold()
        return (self.level,)

    def may_be_answered_by(self, agent_id: int | None, role: str, queue_ids: Collection[int]) -> bool:
        """Whether an agent of a role, who takes from these queues, can answer for the one who was asked.

        Levels without a name are nobody in particular, and nobody outside can answer here: anyone passes on what
        they said.
        """
        if role in LEADING:
            return True
        if self.agent_id is not None:
            return self.agent_id == agent_id
        if self.queue_id is not None:
            return self.queue_id in queue_ids
        return bool(self.party) or self.level not in OF_AUTHORITY


def agent_fault(target: Target, *, role: str, is_active: bool, is_asker: bool) -> str:
    """Why the agent of a target could not answer, with what to do instead; empty where they could."""
    if not is_active:
        return "This agent no longer works here."
    if role == Role.READ_ONLY:
        return "This agent may only read, and could not answer: ask somebody else."
    if is_asker:
        return "This is you: ask somebody else, or write an internal note."
    if target.level in OF_AUTHORITY and role not in LEADING:
        return "This agent is neither a lead nor an admin: name one, or leave the level out."
    return ""


class AlreadyAskedError(AgentDeskError):
    """The same one was asked about the ticket and has not finished."""

    def __init__(self, ref: str, whom: str, number: int, state: str) -> None:
        super().__init__(
            f"{ref}: {whom} was asked already, escalation {number} is {state}. Ask somebody else, or take that back "
            f"first: agentdesk escalation withdraw {number}"
        )


class NotAskedError(AgentDeskError):
    """Somebody answers or withdraws what is not theirs."""

    def __init__(self, number: int, actor: str, verb: str, who: Sequence[str]) -> None:
        able = ", ".join((*who, "a lead"))
        super().__init__(f"{actor} cannot {verb} escalation {number}: {able} or an admin can.")


class Step(Protocol):
    """A step of a chain; `queries.escalations.EscalationRow` is one."""

    @property
    def id(self) -> int:
        """Its number."""
        ...

    @property
    def previous_id(self) -> int | None:
        """The step it was asked further from."""
        ...


AnyStep = TypeVar("AnyStep", bound=Step)


def in_chains(steps: Sequence[AnyStep]) -> list[tuple[int, AnyStep]]:
    """Steps in the order of their chains, each with its depth: 0 began a chain, 1 was asked further from it.

    A step whose previous one is not among `steps` begins a chain, so that none is lost.
    """
    known = {one.id for one in steps}
    after: dict[int | None, list[AnyStep]] = {}
    for one in steps:
        after.setdefault(one.previous_id if one.previous_id in known else None, []).append(one)
    found: list[tuple[int, AnyStep]] = []
    waiting = [(0, one) for one in reversed(after.get(None, []))]
    while waiting:
        depth, one = waiting.pop()
        found.append((depth, one))
        waiting += [(depth + 1, further) for further in reversed(after.get(one.id, []))]
    return found


def ack_is_overdue(state: str, ack_due_at: datetime | None, now: datetime) -> bool:
    """Whether nobody has answered at all and the time for that is over."""
    return state == EscalationState.REQUESTED and ack_due_at is not None and now > ack_due_at


def ack_words(state: str, ack_due_at: datetime | None, now: datetime) -> str:
    """Whether somebody has answered at all: `overdue 2 h`, `due in 35 min`; nothing once it was answered."""
    if state != EscalationState.REQUESTED or ack_due_at is None:
        return ""
    far = short_span(ack_due_at, now)
    return f"overdue {far}" if ack_is_overdue(state, ack_due_at, now) else f"due in {far}"


def short_span(instant: datetime, now: datetime) -> str:
    """How far an instant is, in one step that fits a column: `0 min`, `35 min`, `2 h`, `3 d`."""
    minutes = int(abs(now - instant).total_seconds()) // 60
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} d"
