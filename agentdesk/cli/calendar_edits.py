"""Writing calendars: add one, and make its next version."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.calendars import NameArgument, print_calendar
from agentdesk.cli.kept_versions import say_kept_calendar
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Format
from agentdesk.cli.session import session_of
from agentdesk.cli.writing import write
from agentdesk.domain.errors import NotFoundError

if TYPE_CHECKING:
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
        say_kept_calendar(session, desk, name)
        print_calendar(session, desk, name, form)


def _remove(known: dict[date, Any], dates: Sequence[date], what: str, name: str) -> None:
    for one in dates:
        if known.pop(one, None) is None:
            raise NotFoundError(
                f"{what} of {name} on", one, f"They are listed by: agentdesk calendar show {name}"
            )
