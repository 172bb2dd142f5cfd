"""Holidays of a country or of an iCalendar file, brought into a calendar; every date is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.calendars import NameArgument
from agentdesk.cli.kept_versions import say_kept_calendar
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.writing import write

if TYPE_CHECKING:
    from agentdesk.desk import Desk
    from agentdesk.domain.holidays import Holiday, Years
    from agentdesk.services.calendars import HolidaysAdded
    from agentdesk.store.change import Change

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
        added = _close(session, desk, name, found, dry_run=dry_run)
        if not dry_run:
            say_kept_calendar(session, desk, name)
    _tell(session, added, wanted, form)


def _close(
    session: Session, desk: "Desk", name: str, holidays: "Sequence[Holiday]", *, dry_run: bool
) -> "HolidaysAdded":
    """Close the calendar; a dry run finds out the same and takes it back."""
    found: list[HolidaysAdded] = []

    def close(change: "Change") -> None:
        from agentdesk.services import add_holidays

        found.append(add_holidays(change, name, holidays))
        if dry_run:
            raise _DryRun

    try:
        write(session, desk, close, summary=f"holidays of calendar {name}")
    except _DryRun:
        session.say("Dry run: nothing was written.")
    return found[0]


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
