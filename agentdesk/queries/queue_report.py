"""What the daily queue report is made of, as rows; everything that is printed follows from them and from nothing else.

Instants are aware, lengths of time are already counted by the calendar where there is one, and text is as people
wrote it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from agentdesk.domain.flow import Flow
from agentdesk.domain.vocabulary import Priority, Status


@dataclass(frozen=True, slots=True)
class ReportScope:
    """What was read, for the header."""

    organization: str
    queue: str | None
    """The one queue that was asked for; None for all."""
    calendar: str
    """Name of the business calendar that counted the minutes; empty where they are minutes of the clock."""
    zone: str
    """IANA zone of the team: its midnights bound the period, its clock prints the instants."""
    store: str
    """Where the tickets are, as the user named it."""
    tickets_read: int
    version: str
    """Of the program."""


@dataclass(frozen=True, slots=True)
class DatedFlow:
    """The flow of one period, `start` inside and `end` outside."""

    start: datetime
    end: datetime
    flow: Flow


@dataclass(frozen=True, slots=True)
class QueueFlow:
    """The flow of one queue in the period of the report."""

    queue: str
    flow: Flow


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """One ticket of the backlog as it stood at the as-of instant."""

    id: int
    subject: str
    status: Status
    priority: Priority
    queue: str
    assignee: str | None
    """Login of the agent."""
    customer: str
    customer_ref: str
    """What stands for the customer on a redacted page."""
    created_at: datetime
    last_reply_at: datetime | None = None
    """Last public reply by an agent."""
    wake_at: datetime | None = None
    on_hold_since: datetime | None = None
    waiting_for: str = ""
    """The party an on-hold ticket waits for."""
    is_breached: bool = False
    """Has a running clock over its target."""
    has_policy: bool = True
    has_category: bool = True


@dataclass(frozen=True, slots=True)
class Promise:
    """A running clock that is over its target, or will be within 4 hours of the calendar."""

    ticket_id: int
    metric: str
    """Id of the clock's metric: `frt`, `nrt`, `promised_update`, ..."""
    priority: Priority
    assignee: str | None
    customer: str
    customer_ref: str
    due_at: datetime
    late_by: timedelta | None
    """Time past the target, by the calendar; None where it is not yet due."""


@dataclass(frozen=True, slots=True)
class WaitingEscalation:
    """An escalation that nobody has answered."""

    ticket_id: int
    level: str
    reason: str
    asked_by: str
    asked_of: str
    """The queue, agent or party."""
    since: datetime


@dataclass(frozen=True, slots=True)
class ClockResults:
    """The clocks of one metric and priority: those completed in the period, and the breached ones still running."""

    metric: str
    priority: Priority
    met: int
    breached: int
    """Completed over the target."""
    running_breached: int
    """Not completed, over the target at the as-of instant."""
    minutes: tuple[int, ...]
    """Business minutes of each completed clock, in any order."""
    worst_ticket_id: int | None = None
    """The ticket of the longest of `minutes`."""
    cleared: int = 0
    """Of all that are breached, those whose target was changed since, so that their clock shows it no more (R9)."""
    by_solving: int = 0
    """Completed by solving and no reply, where a reply was waited for (R7)."""


@dataclass(frozen=True, slots=True)
class AgentDay:
    """What one agent did in the period; what they hold now follows from the backlog."""

    agent: str
    solved: int
    reopened: int
    """Tickets reopened in the period that this agent had solved."""
    is_off: bool = False
    """No shift on the day of the report."""


@dataclass(frozen=True, slots=True)
class ReopenedTicket:
    """A ticket that came back in the period."""

    ticket_id: int
    solved_by: str | None
    customer: str
    customer_ref: str
    reason: str
    """Why, as far as it was said: the agent's reason, the customer's words, or the subject."""


@dataclass(frozen=True, slots=True)
class Quality:
    """Counts over the tickets solved and reopened in the period."""

    solved: int
    one_touch: int
    """Of those that have messages, as the next."""
    zero_reply: int
    reopen_events: int
    reopened: tuple[ReopenedTicket, ...]
    silent: int = 0
    """Solved without any message: how it was answered is not known."""


@dataclass(frozen=True, slots=True)
class QueueFacts:
    """Everything the daily queue report says."""

    scope: ReportScope
    as_of: datetime
    period: DatedFlow
    previous: DatedFlow | None
    """The working day (or the period of the same length) before; None where the history does not reach."""
    week_before: DatedFlow | None
    same_weekdays: tuple[DatedFlow, ...]
    """Up to four earlier periods that begin on the same weekday."""
    queues: tuple[QueueFlow, ...]
    backlog: tuple[OpenTicket, ...]
    has_policies: bool
    """Whether any SLA policy is set up; without one only what was promised to a customer can be late."""
    promises: tuple[Promise, ...]
    due_until: datetime
    """The as-of instant plus 4 hours of the calendar."""
    escalations: tuple[WaitingEscalation, ...]
    clocks: tuple[ClockResults, ...]
    daily_solves: tuple[int, ...]
    """Solved tickets of each of the last 10 working days, fewer where the history is shorter."""
    agents: tuple[AgentDay, ...]
    quality: Quality
    since: DatedFlow | None = None
    """From the end of the period to the as-of instant; None where the period is not over."""
    notes: tuple[str, ...] = ()
    """What else a reader must know about the data: imports since yesterday, clocks that disagree."""
