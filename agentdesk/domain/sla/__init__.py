"""Promises about time: business hours, policies, and the clocks of a ticket.

Everything here is a pure function of what it is given; `now` is always among it (R15). Rules are named R1 to R15.
"""

from agentdesk.domain.sla.alerts import SlaWarning, warnings_of
from agentdesk.domain.sla.calendar import Calendar, open_intervals, read_zone
from agentdesk.domain.sla.clocks import clock_state
from agentdesk.domain.sla.elapsed import breached_at, due_at, elapsed_minutes, open_time
from agentdesk.domain.sla.explain import ExplainRow, Mark, WhyNot, explain
from agentdesk.domain.sla.history import FulfilledBy
from agentdesk.domain.sla.hours import parse_day, parse_week, spell_day, spell_week
from agentdesk.domain.sla.instances import BreachCause, ClockState, SlaClock, SlaPause, Verdict
from agentdesk.domain.sla.ladder import DEFAULT_LADDER, Deed, Ladder, Party, Step
from agentdesk.domain.sla.policy import ClockMetric, Policy, choose_policy
from agentdesk.domain.sla.stretches import counted_stretches
from agentdesk.domain.sla.targets import TargetSet
from agentdesk.domain.sla.thresholds import Threshold
from agentdesk.domain.sla.ticket_events import (
    AgentReply,
    CallReached,
    Cancelled,
    CancelReason,
    Created,
    CustomerMessage,
    InternalNote,
    MergedIn,
    PolicyChanged,
    PriorityChanged,
    StatusChanged,
    SystemMessage,
    TicketEvent,
)
from agentdesk.domain.sla.times import TicketTimes, Took, ticket_times

__all__ = [
    "DEFAULT_LADDER",
    "AgentReply",
    "BreachCause",
    "Calendar",
    "CallReached",
    "CancelReason",
    "Cancelled",
    "ClockMetric",
    "ClockState",
    "Created",
    "CustomerMessage",
    "Deed",
    "ExplainRow",
    "FulfilledBy",
    "InternalNote",
    "Ladder",
    "Mark",
    "MergedIn",
    "Party",
    "Policy",
    "PolicyChanged",
    "PriorityChanged",
    "SlaClock",
    "SlaPause",
    "SlaWarning",
    "StatusChanged",
    "Step",
    "SystemMessage",
    "TargetSet",
    "Threshold",
    "TicketEvent",
    "TicketTimes",
    "Took",
    "Verdict",
    "WhyNot",
    "breached_at",
    "choose_policy",
    "clock_state",
    "counted_stretches",
    "due_at",
    "elapsed_minutes",
    "explain",
    "open_intervals",
    "open_time",
    "parse_day",
    "parse_week",
    "read_zone",
    "spell_day",
    "spell_week",
    "ticket_times",
    "warnings_of",
]
