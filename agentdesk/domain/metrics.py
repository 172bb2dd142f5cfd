"""Every figure a report prints, defined once: id, label, formula, unit, rounding.

Nothing prints a number without naming its id; the foot of each report repeats the formula. A formula is one
line of at most 56 characters, so that it stands beside its id on a page of 80 columns.
"""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a figure counts."""

    TICKETS = "tickets"
    EVENTS = "events"
    CLOCKS = "clocks"
    MINUTES = "minutes"
    DAYS = "days"
    RATIO = "ratio"
    PER_DAY = "per day"


ROUNDING = {
    Unit.TICKETS: "exact",
    Unit.EVENTS: "exact",
    Unit.CLOCKS: "exact",
    Unit.MINUTES: "whole minutes, the rest dropped",
    Unit.DAYS: "one decimal, half up",
    Unit.RATIO: "percent with one decimal, half up",
    Unit.PER_DAY: "one decimal, half up",
}
"""How a figure of each unit is rounded when it is printed."""


@dataclass(frozen=True, slots=True)
class Metric:
    """The definition of one figure."""

    id: str
    """The name scripts and the foot of a report use."""
    label: str
    """The name in a sentence."""
    formula: str
    """How it is computed, in words, on one line."""
    unit: Unit = Unit.TICKETS

    @property
    def rounding(self) -> str:
        """How it is rounded when printed."""
        return ROUNDING[self.unit]


_FLOW = (
    Metric("opening", "opening", "open when the period began"),
    Metric("created", "created", "created in the period"),
    Metric("reopened", "reopened", "not open when it began, open again during it"),
    Metric("solved", "solved", "left the backlog solved, and still so at the end"),
    Metric("merged", "merged", "left the backlog merged, as spam or deleted"),
    Metric("moved", "moved", "came from other queues - went to other queues"),
    Metric("closing", "closing", "open when it ended: the sum of the counts before it"),
    Metric("net", "net", "closing - opening"),
    Metric("clearance", "clearance", "solved / (created + reopened)", Unit.RATIO),
    Metric("other", "other", "reopened - merged + moved"),
)

_NOW = (
    Metric("backlog", "backlog", "new, open, pending or on hold at the as-of instant"),
    Metric("backlog_change", "change", "backlog - opening"),
    Metric("backlog_breached", "late", "backlog with a running clock over its target"),
    Metric("unassigned", "without an owner", "backlog without an assignee"),
    Metric("overdue", "overdue", "open tickets past their nearest clock or promise"),
    Metric("late_by", "late by", "open time since the first working instant too late", Unit.MINUTES),
    Metric("due_soon", "due soon", "open tickets due within 4 hours and not overdue"),
    Metric("unassigned_urgent", "urgent without an owner", "unassigned, with priority urgent or high"),
    Metric(
        "escalations_waiting",
        "escalations waiting",
        "escalations requested and not yet answered",
        Unit.EVENTS,
    ),
    Metric("age", "age", "as-of instant - creation", Unit.DAYS),
    Metric("ageing", "by age", "backlog by age in days, [low,high)"),
    Metric("ageing_reply", "by last reply", "backlog by days since the last public agent reply"),
    Metric("daily_solves", "solved a day", "mean of solved per day, last 10 working days", Unit.PER_DAY),
    Metric("days_of_backlog", "days of backlog", "backlog / daily_solves", Unit.DAYS),
    Metric("pending_unwoken", "pending without a date", "pending without a wake-up date"),
    Metric("on_hold_long", "long on hold", "on hold for more than 5 days"),
    Metric("on_hold_days", "days on hold", "as-of instant - last move to on hold", Unit.DAYS),
    Metric("tickets_read", "tickets read", "tickets looked at for this report"),
    Metric("without_policy", "without policy", "backlog that no SLA policy matches"),
    Metric("without_category", "without category", "backlog without a category"),
)

_SLA = (
    Metric("completed", "completed", "clocks fulfilled in the period: met + breach", Unit.CLOCKS),
    Metric("met", "met", "completed at or under the target", Unit.CLOCKS),
    Metric("breach", "breach", "completed over the target", Unit.CLOCKS),
    Metric("attainment", "attainment", "met / (met + breach), completed clocks only", Unit.RATIO),
    Metric("attainment_with_open", "with open", "met / (met + breach + still running breached)", Unit.RATIO),
    Metric(
        "cleared_by_retarget",
        "cleared by retarget",
        "breached under a former target, and not under the last",
        Unit.CLOCKS,
    ),
    Metric("by_solving", "without a reply", "reply clocks completed by solving, not by a reply", Unit.CLOCKS),
    Metric("median", "median", "middle value, or mean of the two middle ones", Unit.MINUTES),
    Metric("p90", "p90", "90th percentile, nearest rank", Unit.MINUTES),
)

_PEOPLE = (
    Metric("agent_open", "open", "new or open, assigned to the agent"),
    Metric("agent_pending", "pending", "pending, assigned to the agent"),
    Metric("agent_on_hold", "on hold", "on hold, assigned to the agent"),
    Metric("agent_solved", "solved", "solved (as above), last solved by the agent"),
    Metric("agent_reopened", "reopened", "tickets reopened that the agent had solved"),
    Metric("one_touch", "one-touch", "solved with messages, at most 1 public reply, no reopen"),
    Metric("one_touch_rate", "one-touch", "one_touch / solved with messages", Unit.RATIO),
    Metric("zero_reply", "without reply", "solved with messages, but no public reply of ours"),
    Metric("silent", "without messages", "solved, and no message of theirs or ours is known"),
    Metric("reopened_tickets", "reopened", "tickets with at least one reopening in the period"),
    Metric("reopen_events", "reopenings", "reopenings in the period", Unit.EVENTS),
    Metric("reopen_rate", "reopen rate", "reopened_tickets / solved", Unit.RATIO),
    Metric("reopen_event_rate", "reopenings per solve", "reopen_events / solved", Unit.RATIO),
)

_TIMES = (
    Metric("frt", "first reply", "creation to first public reply by an agent", Unit.MINUTES),
    Metric("nrt", "next reply", "oldest unanswered customer message to next reply", Unit.MINUTES),
    Metric("update_gap", "update", "between two public agent replies", Unit.MINUTES),
    Metric("promised_update", "promised update", "to the instant promised to the customer", Unit.MINUTES),
    Metric("requester_wait", "requester wait", "total time in new, open and on hold", Unit.MINUTES),
    Metric("agent_work", "agent work", "total time in new and open", Unit.MINUTES),
    Metric("agent_wait", "waiting for customer", "total time in pending", Unit.MINUTES),
    Metric("on_hold_time", "on hold", "total time in on hold", Unit.MINUTES),
    Metric("first_resolution", "first resolution", "creation to the first solve", Unit.MINUTES),
    Metric("full_resolution", "full resolution", "creation to the last solve", Unit.MINUTES),
    Metric("active_resolution", "active resolution", "total time in every unsolved status", Unit.MINUTES),
    Metric("handle_time", "handle time", "sum of logged work", Unit.MINUTES),
)

METRICS = {metric.id: metric for metric in (*_FLOW, *_NOW, *_SLA, *_PEOPLE, *_TIMES)}
"""Every metric by its id, in the order in which they are explained."""
