"""The policies and calendars that clocks count by, as the decisions of `domain/sla` take them; each version once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from agentdesk.domain.sla import Calendar, Policy
from agentdesk.queries.calendars import CalendarRow, calendars
from agentdesk.queries.policies import policies
from agentdesk.store.reader import Reader

ALWAYS: Final = Calendar.always()
"""Where nobody named any hours; its row number is None."""


@dataclass(slots=True)
class Rulebook:
    """Every version of every policy and calendar, by row number."""

    policies: Mapping[int, Policy]
    calendars: Mapping[int, Calendar]
    _ids: dict[Calendar, int] = field(init=False)

    def __post_init__(self) -> None:
        self._ids = {calendar: number for number, calendar in self.calendars.items()}

    def calendar(self, number: int | None) -> Calendar:
        """The calendar of a row; `ALWAYS` for None, and for a version that was taken back since."""
        return ALWAYS if number is None else self.calendars.get(number, ALWAYS)

    def number_of(self, calendar: Calendar) -> int | None:
        """The row of a calendar."""
        return self._ids.get(calendar)


def rulebook(read: Reader) -> Rulebook:
    """All there is to count by; few rows, and calendars keep what they have laid out from one call to the next."""
    return Rulebook(
        {one.id: one.as_policy(0) for one in policies(read, every=True)},
        {one.id: calendar_of(one) for one in calendars(read, every=True)},
    )


def calendar_of(row: CalendarRow) -> Calendar:
    """The calendar of a row; the same object for the same content, so that its layout is made once a process."""
    key = (row.ref, row.zone, row.hours, json.dumps([row.holidays, row.exceptions]))
    kept = _LAID_OUT.get(key)
    if kept is None:
        if len(_LAID_OUT) >= _MOST:
            _LAID_OUT.clear()
        kept = _LAID_OUT[key] = row.as_calendar()
    return kept


_LAID_OUT: dict[tuple[str, ...], Calendar] = {}
_MOST: Final = 256
