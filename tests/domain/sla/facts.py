"""The six calendars of the worked examples, and short ways to write instants, policies and tickets."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from agentdesk.domain.sla import (
    AgentReply,
    Calendar,
    ClockMetric,
    Created,
    CustomerMessage,
    InternalNote,
    Policy,
    SlaClock,
    StatusChanged,
    SystemMessage,
    TicketEvent,
    clock_state,
)
from agentdesk.domain.vocabulary import Priority, Status

UK_HOLIDAYS = (
    "2026-01-01",
    "2026-04-03",
    "2026-04-06",
    "2026-05-04",
    "2026-05-25",
    "2026-08-31",
    "2026-12-25",
    "2026-12-28",
)
UK = Calendar.parse("Mon-Fri 09:00-17:00", "Europe/London", map(date.fromisoformat, UK_HOLIDAYS), name="UK")
NY = Calendar.parse("Mon-Fri 09:00-17:30", "America/New_York", name="NY")
DE = Calendar.parse("Mon-Fri 08:00-12:00,13:00-17:00; Sat 09:00-12:00", "Europe/Berlin", name="DE")
A7 = Calendar.always("Europe/London")
NIGHT = Calendar.parse("Sun 00:00-06:00", "America/New_York", name="NIGHT")
GAP = Calendar.parse("Sun 02:30-06:00", "America/New_York", name="GAP")

DAY = {
    "Mon": "2026-03-02",
    "Tue": "2026-03-03",
    "Wed": "2026-03-04",
    "Thu": "2026-03-05",
    "Fri": "2026-03-06",
}
"""The week of the worked examples; London is on UTC in it."""


def at(text: str, zone: str = "Europe/London") -> datetime:
    """`Mon 10:00` of the week of the examples, or `2026-03-02 10:00`, on the wall of a zone."""
    day, clock = text.split(" ")
    local = datetime.fromisoformat(f"{DAY.get(day, day)} {clock}")
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def policy(*targets: tuple[str, str, int], version: int = 1) -> Policy:
    """A policy of (metric, priority, minutes)."""
    table = {(ClockMetric(metric), Priority(priority)): minutes for metric, priority, minutes in targets}
    return Policy(1, version, "Standard", "", table, calendar_id=1)


def promise(**minutes: int) -> Policy:
    """A policy with the same targets for every priority: `promise(frt=60)`."""
    return policy(
        *((metric, priority, target) for metric, target in minutes.items() for priority in Priority)
    )


def created(text: str, **more: object) -> Created:
    return Created(at(text), **more)  # type: ignore[arg-type]


def customer(text: str) -> CustomerMessage:
    return CustomerMessage(at(text))


def reply(text: str) -> AgentReply:
    return AgentReply(at(text))


def status(text: str, to: str) -> StatusChanged:
    return StatusChanged(at(text), Status(to))


def clocks(
    events: Iterable[TicketEvent], rule: Policy | None, now: str, metric: str = "", calendar: Calendar = UK
) -> list[SlaClock]:
    """The clocks of one metric, or all of them."""
    found = clock_state(events, calendar, rule, at(now))
    return [clock for clock in found if not metric or clock.metric == metric]


def only(
    events: Iterable[TicketEvent], rule: Policy | None, now: str, metric: str, calendar: Calendar = UK
) -> SlaClock:
    """The one clock of a metric."""
    [clock] = clocks(events, rule, now, metric, calendar)
    return clock


WHOLE_TICKET: tuple[TicketEvent, ...] = (
    created("Mon 09:12"),
    SystemMessage(at("Mon 09:40")),
    status("Mon 10:05", "open"),
    InternalNote(at("Mon 10:30")),
    reply("Mon 11:02"),
    status("Mon 11:02", "pending"),
    customer("Mon 15:20"),
    status("Mon 15:20", "open"),
    customer("Mon 15:45"),
    reply("Mon 16:50"),
    status("Mon 16:50", "on_hold"),
    status("Tue 14:00", "open"),
    reply("Tue 14:30"),
    status("Tue 14:30", "solved"),
    customer("Thu 10:10"),
    status("Thu 10:10", "open"),
    reply("Thu 10:55"),
    status("Thu 10:55", "solved"),
    status("2026-03-12 10:55", "closed"),
)
"""The worked example G30: two waits for a next reply, a pause, a supplier, one reopening."""
