"""Closed dates and dates with hours of their own, as people type them, files bring them and a store keeps them.

A calendar has each holiday once, in order of dates; where two names meet on one date, the one known first stays.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.sla.calendar import FIRST_YEAR, LAST_YEAR
from agentdesk.domain.sla.hours import Day, parse_day

MOST_YEARS: Final = 50
"""More years at once are a slip."""
MOST_DAYS: Final = 366
"""More dates in a row are a slip, too."""
_YEARS = re.compile(r"(\d{4})(?:\s*\.\.\s*(\d{4}))?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """A local date on which a team is closed, and what it is called."""

    on: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class Years:
    """Whole years, both in."""

    first: int
    last: int

    def __contains__(self, day: date) -> bool:
        """Whether a date lies in them."""
        return self.first <= day.year <= self.last

    def __str__(self) -> str:
        """As `parse_years` reads them."""
        return f"{self.first}..{self.last}" if self.first != self.last else str(self.first)


def parse_date(text: str, what: str = "date") -> date:
    """A local date.

    Raises:
        InvalidValueError: it is none that a calendar has.
    """
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidValueError(what, text, hint="Write a date such as 2026-12-25.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidValueError(what, text, hint=f"Years run from {FIRST_YEAR} to {LAST_YEAR}.")
    return day


def parse_holiday(text: str) -> Holiday:
    """`2026-12-25`, or `2026-12-25=Christmas Day`.

    Raises:
        InvalidValueError: it does not begin with a date.
    """
    day, _, name = text.partition("=")
    return Holiday(parse_date(day, "holiday"), " ".join(name.split()))


def parse_exception(text: str) -> tuple[date, Day]:
    """`2026-12-24=09:00-12:00`, or `2026-03-07=closed`: a date and the hours it has instead of its weekday's.

    Raises:
        InvalidValueError: it is no date with hours.
        HoursError: the hours cannot be read.
    """
    day, equals, hours = text.partition("=")
    if not equals:
        hint = "Write a date and its hours: 2026-12-24=09:00-12:00, or 2026-03-07=closed."
        raise InvalidValueError("exception", text, hint=hint)
    on = parse_date(day, "exception")
    return on, parse_day(hours, on.isoformat())


def parse_dates(text: str) -> tuple[date, ...]:
    """`2026-03-02`, or every date of `2026-03-02..2026-03-06`, both ends in.

    Raises:
        InvalidValueError: it names no dates, or too many.
    """
    first, dots, last = text.partition("..")
    begin = parse_date(first)
    length = (parse_date(last) - begin).days + 1 if dots else 1
    if not 1 <= length <= MOST_DAYS:
        hint = f"The earlier date comes first, and there are at most {MOST_DAYS}: 2026-03-02..2026-03-06."
        raise InvalidValueError("dates", text, hint=hint)
    return tuple(begin + timedelta(days=ahead) for ahead in range(length))


def parse_years(text: str) -> Years:
    """`2026`, or `2026..2028`.

    Raises:
        InvalidValueError: it names no years, or too many.
    """
    match = _YEARS.fullmatch(text.strip())
    if match is None:
        raise InvalidValueError("years", text, hint="Write 2026, or 2026..2028.")
    first = int(match[1])
    last = int(match[2] or first)
    if not FIRST_YEAR <= first <= last <= LAST_YEAR or last - first >= MOST_YEARS:
        hint = f"The earlier one comes first; at most {MOST_YEARS} of {FIRST_YEAR} to {LAST_YEAR}."
        raise InvalidValueError("years", text, hint=hint)
    return Years(first, last)


def merge_holidays(known: Iterable[Holiday], more: Iterable[Holiday]) -> tuple[Holiday, ...]:
    """Both in order, each date once; of two names for a date the first that says something stays."""
    names: dict[date, str] = {}
    for one in (*known, *more):
        names[one.on] = names.get(one.on) or one.name
    return tuple(Holiday(on, names[on]) for on in sorted(names))


def holiday_rows(holidays: Iterable[Holiday]) -> list[dict[str, str]]:
    """As a store and JSON hold them."""
    return [{"date": one.on.isoformat(), "name": one.name} for one in merge_holidays((), holidays)]


def read_holidays(rows: Sequence[Mapping[str, str]]) -> tuple[Holiday, ...]:
    """What `holiday_rows` made."""
    return tuple(Holiday(date.fromisoformat(row["date"]), row["name"]) for row in rows)
