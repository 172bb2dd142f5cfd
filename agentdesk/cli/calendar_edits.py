"""Writing calendars: add one, make its next version, bring holidays in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.calendars import NameArgument, print_calendar
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.writing import write
from agentdesk.domain.errors import NotFoundError

if TYPE_CHECKING:
    from agentdesk.domain.holidays import Holiday, Years
    from agentdesk.services.calendars import HolidaysAdded
    from agentdesk.store.change import Change

ZONE_HELP = "Whose wall the hours hang on: Europe/London."
HOURS_HELP = "When it is open: 'Mon-Fri 09:00-17:00', 'Mon-Thu 8-12,13-17; Fri 8-12', '24/7'."
HolidayOption = Annotated[
    list[str] | None,
    typer.Option(
        "--holiday",
        metavar="DATE",
        help="A date it is closed: 2026-12-25, or '2026-12-25=Christmas Day'; may be given again.",
    ),
]
ExceptionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--exception",
        metavar="DATE=HOURS",
        help="A date with hours of its own, which win over a holiday: 2026-12-24=09:00-12:00, 2026-03-07=closed.",
    ),
]
TOLD_MOST = 10
"""Events left out that are told one by one."""
YEARS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class ImportedHoliday:
    """One date of a source and what became of it: `taken`, or `known` because the calendar had it."""

    date: str
    weekday: str
    name: str
    state: str


IMPORTED = (
    Column("date", "Date"),
    Column("weekday", "Day"),
    Column("name", "Holiday"),
    Column("state", "State"),
)


class _DryRun(Exception):  # noqa: N818  not an error: it only takes the transaction back
    pass


def add_calendar(
    ctx: typer.Context,
    name: NameArgument,
    *,
    zone: Annotated[str, typer.Option("--zone", metavar="ZONE", help=ZONE_HELP)],
    hours: Annotated[str, typer.Option("--hours", metavar="HOURS", help=HOURS_HELP)],
    holiday: HolidayOption = None,
    exception: ExceptionOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Add a calendar.

    Example:
        agentdesk calendar add UK --zone Europe/London --hours 'Mon-Fri 09:00-17:00' --holiday 2026-12-25
        agentdesk calendar add DE --zone Europe/Berlin --hours 'Mon-Fri 8-12,13-17; Sat 9-12' --exception 2026-12-24=8-12
    """
    from agentdesk.domain.holidays import parse_exception, parse_holiday

    session = session_of(ctx)
    closed = [parse_holiday(one) for one in holiday or ()]
    own = dict(parse_exception(one) for one in exception or ())

    def add(change: "Change") -> Any:
        from agentdesk.services import add_calendar as add_one

        return add_one(change, name=name, zone=zone, hours=hours, holidays=closed, exceptions=own)

    with session.desk() as desk:
        write(session, desk, add, summary=f"add calendar {name}")
        print_calendar(session, desk, name, form)


def set_calendar(
    ctx: typer.Context,
    name: NameArgument,
    *,
    zone: Annotated[str | None, typer.Option("--zone", metavar="ZONE", help=ZONE_HELP)] = None,
    hours: Annotated[str | None, typer.Option("--hours", metavar="HOURS", help=HOURS_HELP)] = None,
    holiday: HolidayOption = None,
    remove_holiday: Annotated[
        list[str] | None,
        typer.Option("--remove-holiday", metavar="DATE", help="A date it is open again; may be given again."),
    ] = None,
    exception: ExceptionOption = None,
    remove_exception: Annotated[
        list[str] | None,
        typer.Option(
            "--remove-exception", metavar="DATE", help="A date that has the hours of its weekday again."
        ),
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Change a calendar by making its next version.

    Former versions stay as they are: what was promised under UK@1 is counted under UK@1.

    Example:
        agentdesk calendar set UK --hours 'Mon-Fri 08:00-18:00'
        agentdesk calendar set UK --holiday '2026-12-28=Boxing Day' --exception 2026-12-24=09:00-12:00
    """
    from agentdesk.domain.holidays import merge_holidays, parse_date, parse_exception, parse_holiday

    session = session_of(ctx)
    if not any(one is not None for one in (zone, hours)) and not any(
        (holiday, remove_holiday, exception, remove_exception)
    ):
        raise WrongUsage("Nothing is to be changed. Name what, as in: --hours 'Mon-Fri 08:00-18:00'")
    closed = [parse_holiday(one) for one in holiday or ()]
    opened = [parse_date(one, "holiday") for one in remove_holiday or ()]
    own = dict(parse_exception(one) for one in exception or ())
    usual = [parse_date(one, "exception") for one in remove_exception or ()]

    def edit(change: "Change") -> Any:
        from agentdesk.domain.holidays import read_holidays
        from agentdesk.services import current_calendar, edit_calendar
        from agentdesk.services.calendars import exceptions_of

        now = current_calendar(change, name)
        holidays = {one.on: one for one in merge_holidays(closed, read_holidays(now.holidays))}
        exceptions = exceptions_of(now) | own
        _remove(holidays, opened, "holiday", now.name)
        _remove(exceptions, usual, "exception", now.name)
        return edit_calendar(
            change, name, zone=zone, hours=hours, holidays=holidays.values(), exceptions=exceptions
        )

    with session.desk() as desk:
        write(session, desk, edit, summary=f"change calendar {name}")
        print_calendar(session, desk, name, form)


def import_holidays(
    ctx: typer.Context,
    name: NameArgument,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="An iCalendar file (.ics); - reads stdin.")
    ] = None,
    *,
    country: Annotated[
        str, typer.Option("--country", metavar="CODE", help="Whose public holidays: GB, DE, US.")
    ] = "",
    subdivision: Annotated[
        str, typer.Option("--subdivision", metavar="CODE", help="Of which part of it: ENG, BY, CA.")
    ] = "",
    years: Annotated[
        str,
        typer.Option(
            "--years", metavar="YEARS", help="2026 or 2026..2028; this year and the next two unless given."
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the same dates, and write nothing.")
    ] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Close a calendar on the holidays of a country, or on those of an iCalendar file.

    Every date is printed as taken, or as known where the calendar was closed on it already. Of a file, all-day events
    count, once or every year; what else is in it is left out and told.

    Example:
        agentdesk calendar import-holidays UK --country GB --subdivision ENG --years 2026..2028
        agentdesk calendar import-holidays UK company.ics --dry-run
    """
    from agentdesk.domain.holidays import parse_years

    session = session_of(ctx)
    if (file is None) == (not country):
        raise WrongUsage(
            "Name a file or a country, as in: agentdesk calendar import-holidays UK --country GB --subdivision ENG"
        )
    if subdivision and not country:
        raise WrongUsage("--subdivision is a part of a --country. Name the country too.")
    with session.desk() as desk:
        this = desk.clock.now().astimezone(desk.zone).year
        wanted = parse_years(years or f"{this}..{this + YEARS_AHEAD}")
        found = _of_country(country, subdivision, wanted) if file is None else _of_file(session, file, wanted)

        def close(change: "Change") -> "HolidaysAdded":
            from agentdesk.services import add_holidays

            added = add_holidays(change, name, found)
            if dry_run:
                done.append(added)
                raise _DryRun
            return added

        done: list[HolidaysAdded] = []
        try:
            added = write(session, desk, close, summary=f"holidays of calendar {name}")
        except _DryRun:
            added = done[0]
            session.say("Dry run: nothing was written.")
    assert added is not None
    _tell(session, added, wanted, form)


def _of_country(country: str, subdivision: str, years: "Years") -> "list[Holiday]":
    from agentdesk.transfer.public_holidays import public_holidays

    return public_holidays(country, subdivision, years)


def _of_file(session: Session, file: str, years: "Years") -> "Sequence[Holiday]":
    from agentdesk.cli.stdin import read_text
    from agentdesk.transfer.holiday_file import MOST_BYTES, read_holiday_file

    if file == "-":
        typed = "calendar import-holidays UK company.ics"
        content, named = read_text("-", what="file", typed=typed).encode(), "stdin"
    else:
        with Path(file).open("rb") as stream:
            content, named = stream.read(MOST_BYTES + 1), file
    found = read_holiday_file(content, named, years)
    for sentence in found.left_out[:TOLD_MOST]:
        session.say(f"Left out: {sentence}")
    if (more := len(found.left_out) - TOLD_MOST) > 0:
        session.say(f"Left out: {more} more events.")
    if found.outside:
        session.say(f"Left out: {found.outside} dates outside {years}; --years asks for others.")
    return found.holidays


def _remove(known: dict[date, Any], dates: Sequence[date], what: str, name: str) -> None:
    for one in dates:
        if known.pop(one, None) is None:
            raise NotFoundError(
                f"{what} of {name} on", one, f"They are listed by: agentdesk calendar show {name}"
            )


def _tell(session: Session, added: "HolidaysAdded", years: "Years", form: Format) -> None:
    states = {one.on: "taken" for one in added.taken} | {one.on: "known" for one in added.known}
    rows = [
        ImportedHoliday(one.on.isoformat(), f"{one.on:%a}", one.name, states[one.on])
        for one in sorted((*added.taken, *added.known))
    ]
    session.emit(rows, IMPORTED, form, things="holidays", hint=f"There is none in {years}.")
    if rows:
        session.say(f"{len(added.taken)} taken, {len(added.known)} known already: {added.name} in {years}.")
    for on, hours in added.overruled.items():
        session.say(f"{on} is open {hours} all the same: its own hours win over a holiday.")
