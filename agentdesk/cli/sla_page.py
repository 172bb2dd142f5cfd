"""A span as a person checks it by hand: on the team's wall, with weekday and zone, stretch by stretch."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from agentdesk.cli.output import Column
from agentdesk.cli.sla_words import Stretch
from agentdesk.cli.ticket_page import fact_lines
from agentdesk.domain.safe_text import line
from agentdesk.domain.sla import Calendar, counted_stretches
from agentdesk.queries.calendars import CalendarRow

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """One open stretch; `minutes` are rounded so that the printed rows add up to the printed totals."""

    start: str
    until: str
    minutes: int
    total: int


COUNTED = (
    Column("start", "From"),
    Column("until", "Until"),
    Column("minutes", "Minutes", right=True),
    Column("total", "Total", right=True),
)


@dataclass(frozen=True, slots=True)
class Span:
    """What was counted: from when to when, in which calendar, without which pauses."""

    row: CalendarRow
    calendar: Calendar
    start: datetime
    end: datetime
    pauses: Sequence[Stretch] = ()

    def when(self, instant: datetime) -> str:
        """`Mon 2026-03-02 16:00 GMT` on the team's wall; seconds where there are some."""
        local = instant.astimezone(self.calendar.zone)
        clock = "%H:%M:%S" if local.second or local.microsecond else "%H:%M"
        return f"{local:%a %Y-%m-%d} {local.strftime(clock)} {local:%Z}"

    def facts(self) -> dict[str, Any]:
        """What the count rests on."""
        return {
            "Calendar": f"{self.row.ref}: {self.row.hours}, {self.row.zone}",
            "Start": self.when(self.start),
        }

    def page(self, answer: Mapping[str, Any]) -> str:
        """What the count rests on and what came of it, then the dates and pauses that do not count as usual."""
        lines = list(fact_lines({**self.facts(), **answer}))
        paused = (f"{self.when(begin)} to {self.when(back)}" for begin, back in self.pauses)
        for title, told in (("Closed", self._closed()), ("Own hours", self._own_hours()), ("Paused", paused)):
            if part := list(told):
                lines += ["", title, *map(line, part)]
        return "\n".join(lines)

    def stretches(self) -> Iterator[Counted]:
        """Every open stretch that counts."""
        spent = timedelta()
        for start, until in counted_stretches(self.calendar, self.start, self.end, self.pauses):
            before, spent = spent // MINUTE, spent + (until - start)
            yield Counted(self.when(start), self.when(until), spent // MINUTE - before, spent // MINUTE)

    def _closed(self) -> Iterator[str]:
        for one in self.row.closed_dates:
            if one.on.isoformat() not in self.row.exceptions and self._touches(one.on):
                yield f"{one.on:%a %Y-%m-%d}  {one.name}".rstrip()

    def _own_hours(self) -> Iterator[str]:
        for on, hours in sorted(self.row.exceptions.items()):
            day = date.fromisoformat(on)
            if self._touches(day):
                yield f"{day:%a %Y-%m-%d}  {hours}"

    def _touches(self, day: date) -> bool:
        zone: ZoneInfo = self.calendar.zone
        return self.start.astimezone(zone).date() <= day <= self.end.astimezone(zone).date()
