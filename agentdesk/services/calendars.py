"""Business hours: added, and edited by adding the next version, so that what was promised can still be counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidValueError, NotFoundError
from agentdesk.domain.events import Event
from agentdesk.domain.holidays import Holiday, holiday_rows, merge_holidays, read_holidays
from agentdesk.domain.identity import name_key
from agentdesk.domain.names import checked_name
from agentdesk.domain.near import suggest
from agentdesk.domain.sla import Calendar, spell_day
from agentdesk.domain.sla.hours import Day, parse_day
from agentdesk.models import CalendarVersion
from agentdesk.queries.calendars import VERSION_SIGN, is_always
from agentdesk.store.change import Change

TAKEN = "There is such a calendar already; an edit makes its next version."


@dataclass(frozen=True, slots=True)
class HolidaysAdded:
    """What became of some holidays.

    Attributes:
        name: of the calendar.
        taken: those that are new to it.
        known: those it had already.
        overruled: dates among them that are open all the same, with the hours of their own.
    """

    name: str
    taken: tuple[Holiday, ...]
    known: tuple[Holiday, ...]
    overruled: dict[date, str]


def add_calendar(
    change: Change,
    *,
    name: str,
    zone: str,
    hours: str,
    holidays: Iterable[Holiday] = (),
    exceptions: Mapping[date, Day] | None = None,
) -> CalendarVersion:
    """Add a calendar; this is its version 1.

    Raises:
        InvalidValueError: the name is empty, taken, none that can be shown, that of the calendar every desk has, or holds an `@`.
        ZoneError: there is no such zone.
        HoursError: the hours cannot be read, or overlap.
    """
    change.actor.require(Permission.CONFIGURE)
    called = checked_name(name, "A calendar")
    _check_name(called)
    if change.find(CalendarVersion, CalendarVersion.name_key == name_key(called)):
        raise InvalidValueError("name", called, hint=TAKEN)
    closed = merge_holidays((), holidays)
    parsed = Calendar.parse(hours, zone.strip(), (one.on for one in closed), exceptions, called)
    try:
        return _add_version(change, called, 1, parsed, closed)
    except IntegrityError:
        # Somebody was quicker: the name was free when we looked.
        raise InvalidValueError("name", called, hint=TAKEN) from None


def edit_calendar(
    change: Change,
    name: str,
    *,
    zone: str | None = None,
    hours: str | None = None,
    holidays: Iterable[Holiday] | None = None,
    exceptions: Mapping[date, Day] | None = None,
) -> CalendarVersion:
    """Make the next version of a calendar; what is None stays as it is, what is given replaces all of its kind.

    Returns:
        The version that is current now: the same one as before, if nothing about it is different.

    Raises:
        NotFoundError: there is no such calendar.
        ZoneError: there is no such zone.
        HoursError: the hours cannot be read, or overlap.
    """
    change.actor.require(Permission.CONFIGURE)
    now = current_calendar(change, name)
    closed = read_holidays(now.holidays) if holidays is None else merge_holidays((), holidays)
    parsed = Calendar.parse(
        now.hours if hours is None else hours,
        now.zone if zone is None else zone.strip(),
        (one.on for one in closed),
        exceptions_of(now) if exceptions is None else exceptions,
        now.name,
    )
    if _content(parsed, closed) == (now.zone, now.hours, now.holidays, now.exceptions):
        return now
    now.is_current = False
    change.session.flush()  # the database knows one current version of a name, never two
    return _add_version(change, now.name, _last_number(change, now.name_key) + 1, parsed, closed)


def add_holidays(change: Change, name: str, holidays: Iterable[Holiday]) -> HolidaysAdded:
    """Close a calendar on more dates; those it knows keep their names.

    Raises:
        NotFoundError: there is no such calendar.
    """
    now = current_calendar(change, name)
    before, told = read_holidays(now.holidays), merge_holidays((), holidays)
    dates = {one.on for one in before}
    taken = tuple(one for one in told if one.on not in dates)
    after = edit_calendar(change, name, holidays=[*before, *taken])
    own_hours = {one.on: after.exceptions.get(one.on.isoformat(), "closed") for one in told}
    return HolidaysAdded(
        name=after.name,
        taken=taken,
        known=tuple(one for one in told if one.on in dates),
        overruled={on: hours for on, hours in own_hours.items() if hours != "closed"},
    )


def current_calendar(change: Change, name: str) -> CalendarVersion:
    """The current version of a calendar, locked: what an edit starts from.

    Raises:
        NotFoundError: there is none; the sentence offers the nearest names.
        InvalidValueError: it is the one that every desk has.
    """
    if is_always(name):
        raise InvalidValueError("calendar", name, hint="This one never closes, and nobody can change it.")
    wanted = (CalendarVersion.name_key == name_key(name), col(CalendarVersion.is_current))
    locking = select(CalendarVersion).where(*wanted).with_for_update()
    while True:
        if (locked := change.session.exec(locking).first()) is not None:
            return locked
        # Whoever had the lock before us may have made a version that is newer than our statement.
        if change.find(CalendarVersion, *wanted) is None:
            break
    everyone = change.find_all(CalendarVersion, col(CalendarVersion.is_current))
    raise NotFoundError("calendar", name, suggest(name, [(one.name, one.name) for one in everyone]))


def exceptions_of(row: CalendarVersion) -> dict[date, Day]:
    """The dates of a version that have hours of their own."""
    return {date.fromisoformat(on): parse_day(hours, on) for on, hours in row.exceptions.items()}


def _check_name(name: str) -> None:
    if VERSION_SIGN in name:
        raise InvalidValueError("name", name, hint=f"{VERSION_SIGN} names a version, as in UK@2.")
    if is_always(name):
        raise InvalidValueError("name", name, hint="Every desk has this one already.")


def _content(
    parsed: Calendar, holidays: Iterable[Holiday]
) -> tuple[str, str, list[dict[str, str]], dict[str, str]]:
    exceptions = {on.isoformat(): spell_day(day) for on, day in parsed.exceptions.items()}
    return parsed.zone.key, parsed.hours, holiday_rows(holidays), exceptions


def _add_version(
    change: Change, name: str, number: int, parsed: Calendar, holidays: Iterable[Holiday]
) -> CalendarVersion:
    zone, hours, closed, exceptions = _content(parsed, holidays)
    row = CalendarVersion(
        name=name,
        name_key=name_key(name),
        number=number,
        zone=zone,
        hours=hours,
        holidays=closed,
        exceptions=exceptions,
        created_at=change.at,
        updated_at=change.at,
    )
    change.add(row)
    change.record(Event.CALENDAR_CHANGED, row)
    return row


def _last_number(change: Change, key: str) -> int:
    numbers: Sequence[int] = change.session.exec(
        select(CalendarVersion.number).where(CalendarVersion.name_key == key)
    ).all()
    return max(numbers)
