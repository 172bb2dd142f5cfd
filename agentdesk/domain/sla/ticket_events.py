"""What happens to a ticket, as far as clocks care. Reassigning, moving and tagging are not here: they change no clock (R8).

Events of one instant belong to one submit and are read in the order in which people mean them: a priority holds before
the reply, the reply counts before the status. Nothing before the creation or after the asked instant is seen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agentdesk.domain.sla.calendar import Calendar
from agentdesk.domain.sla.policy import Policy
from agentdesk.domain.vocabulary import AuthorKind, Priority, Status


class CancelReason(StrEnum):
    """Why a clock ended without an answer to its question."""

    MERGED = "merged"
    SPAM = "spam"
    DELETED = "deleted"
    NO_TARGET = "no_target"
    """Its policy or priority no longer promises anything."""


@dataclass(frozen=True, slots=True)
class Created:
    """The ticket came to be; `by` an agent, its comment of the same instant is no reply (G24)."""

    at: datetime
    by: AuthorKind = AuthorKind.CUSTOMER
    status: Status = Status.NEW
    priority: Priority = Priority.NORMAL


@dataclass(frozen=True, slots=True)
class PriorityChanged:
    """The priority became another one."""

    at: datetime
    to: Priority


@dataclass(frozen=True, slots=True)
class PolicyChanged:
    """Another policy, or another version, holds from now on, None for none; and so does `calendar` where one is named."""

    at: datetime
    to: Policy | None
    calendar: Calendar | None = None


@dataclass(frozen=True, slots=True)
class CustomerMessage:
    """The customer wrote."""

    at: datetime


@dataclass(frozen=True, slots=True)
class AgentReply:
    """A human agent wrote publicly."""

    at: datetime


@dataclass(frozen=True, slots=True)
class CallReached:
    """An outbound call reached the customer: it is a first reply (R6), and nothing else."""

    at: datetime


@dataclass(frozen=True, slots=True)
class InternalNote:
    """An agent wrote a note; it fulfils nothing."""

    at: datetime


@dataclass(frozen=True, slots=True)
class SystemMessage:
    """A machine wrote; it fulfils nothing."""

    at: datetime


@dataclass(frozen=True, slots=True)
class MergedIn:
    """Another ticket was merged into this one; `unanswered_since` is its oldest unanswered customer message (R11)."""

    at: datetime
    unanswered_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """The status became another one: solving, reopening and closing are status changes."""

    at: datetime
    to: Status


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The ticket was merged into another, marked as spam or deleted: its clocks leave all figures."""

    at: datetime
    reason: CancelReason = CancelReason.MERGED


TicketEvent = (
    Created
    | PriorityChanged
    | PolicyChanged
    | CustomerMessage
    | AgentReply
    | CallReached
    | InternalNote
    | SystemMessage
    | MergedIn
    | Cancelled
    | StatusChanged
)

_RANK = {kind: rank for rank, kind in enumerate(TicketEvent.__args__)}
"""The order within one instant; a merge closes the ticket in the same submit and comes before that status."""


def in_order(events: Iterable[TicketEvent], now: datetime) -> list[TicketEvent]:
    """The events until `now`, oldest first, from the creation on; empty if the ticket was not there yet."""
    seen = sorted(
        (event for event in events if event.at <= now), key=lambda event: (event.at, _RANK[type(event)])
    )
    first = next((at for at, event in enumerate(seen) if isinstance(event, Created)), len(seen))
    return seen[first:]
