"""Working time asked from the command line: when something falls due, and how much was used."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.options import LimitOption, rows_wanted
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.sla_words import check_order, parse_instant, parse_length, parse_pauses

if TYPE_CHECKING:
    from agentdesk.cli.sla_page import Span
    from agentdesk.domain.sla import Calendar
    from agentdesk.queries.calendars import CalendarRow

CalendarOption = Annotated[
    str,
    typer.Option(
        "--calendar", metavar="NAME", help="Whose hours count: UK, its version UK@2, or 24x7 for all hours."
    ),
]
StartOption = Annotated[
    str, typer.Option("--start", metavar="INSTANT", help="When it began, with its zone: 2026-03-02T10:00Z.")
]
PauseOption = Annotated[
    list[str] | None,
    typer.Option(
        "--pause",
        metavar="FROM/TO",
        help="Two instants between which nothing counts; may be given again, and may overlap.",
    ),
]
AnswerFormat = Annotated[
    Format | None,
    typer.Option(
        "--format",
        help="How to print; a table in a terminal and JSON into a pipe unless told.",
        show_default=False,
    ),
]

_WHOLE_WEEK = 7 * 24 * 60


@dataclass(frozen=True, slots=True)
class _Hours:
    """The calendar of a line, as it is kept and as it counts."""

    row: "CalendarRow"
    calendar: "Calendar"


def due(
    ctx: typer.Context,
    *,
    calendar: CalendarOption,
    start: StartOption,
    target: Annotated[
        str,
        typer.Option(
            "--target",
            metavar="LENGTH",
            help="Open time until it is due: 90m, 4h, 1h30m, PT4H. 1d is 24 h of open time, no working day.",
        ),
    ],
    pause: PauseOption = None,
    limit: LimitOption = None,
    form: AnswerFormat = None,
) -> None:
    """Print when a target is used up.

    The table shows every open stretch that was counted, on the calendar's wall, so that it can be checked by hand.

    Example:
        agentdesk sla due --calendar UK --start 2026-03-02T16:00Z --target 2h
        agentdesk sla due --calendar UK --start 2026-03-02T09:00Z --target 8h --pause 2026-03-02T11:00Z/2026-03-03T10:00Z
    """
    from agentdesk.cli.sla_page import Span
    from agentdesk.domain.minutes import say_minutes
    from agentdesk.domain.sla import due_at

    session = session_of(ctx)
    minutes = parse_length(target, "--target")
    with _hours(session, calendar) as hours:
        zone = hours.calendar.zone
        began, pauses = parse_instant(start, "--start", zone), parse_pauses(pause or (), zone)
        reached = due_at(hours.calendar, began, minutes, pauses)
    if "d" in target.lower() and (told := _told_days(target, minutes, hours)):
        session.say(told)
    span = Span(hours.row, hours.calendar, began, reached, pauses)
    facts = {
        "Target": f"{say_minutes(minutes)} ({minutes} min)",
        "Due": span.when(reached),
        "In UTC": _utc(reached),
        "Late from": _late_from(span, minutes),
    }
    _answer(session, span, facts, Column("due_at", read=lambda _: _utc(reached)), form=form, limit=limit)


def elapsed(
    ctx: typer.Context,
    *,
    calendar: CalendarOption,
    start: StartOption,
    end: Annotated[
        str, typer.Option("--end", metavar="INSTANT", help="When it ended, with its zone: 2026-03-03T09:20Z.")
    ],
    pause: PauseOption = None,
    limit: LimitOption = None,
    form: AnswerFormat = None,
) -> None:
    """Print how many minutes of open time were used; what is left of a minute is dropped.

    The table shows every open stretch that was counted, on the calendar's wall, so that it can be checked by hand.

    Example:
        agentdesk sla elapsed --calendar UK --start 2026-03-02T10:00Z --end 2026-03-02T13:15Z
    """
    from agentdesk.cli.sla_page import Span
    from agentdesk.domain.minutes import say_minutes
    from agentdesk.domain.quoting import quoted
    from agentdesk.domain.sla import elapsed_minutes

    session = session_of(ctx)
    with _hours(session, calendar) as hours:
        zone = hours.calendar.zone
        began, ended = parse_instant(start, "--start", zone), parse_instant(end, "--end", zone)
        check_order(began, ended, f"--start {quoted(start)} --end {quoted(end)}")
        pauses = parse_pauses(pause or (), zone)
        minutes = elapsed_minutes(hours.calendar, began, ended, pauses)
    span = Span(hours.row, hours.calendar, began, ended, pauses)
    facts = {"End": span.when(ended), "Used": f"{say_minutes(minutes)} ({minutes} min)"}
    _answer(session, span, facts, Column("minutes", read=lambda _: minutes), form=form, limit=limit)


@contextmanager
def _hours(session: Session, name: str) -> Iterator[_Hours]:
    from agentdesk.queries.calendars import calendar_by_name

    with session.desk() as desk, desk.read() as read:
        row = calendar_by_name(read, name, desk.zone)
        yield _Hours(row, row.as_calendar())


def _answer(
    session: Session,
    span: "Span",
    facts: dict[str, Any],
    column: Column,
    *,
    form: Format | None,
    limit: int | None,
) -> None:
    """One value for a program; for a person what it rests on too."""
    from agentdesk.cli.sla_page import COUNTED

    out = session.out
    form = form or (Format.TABLE if out.is_terminal else Format.JSON)
    if form is not Format.TABLE:
        out.emit_one(span, (column,), form, str)
        return
    rows = list(span.stretches())
    out.emit_text(span.page(facts))
    if rows:
        out.emit_raw("\n")
    shown = session.emit(rows[: rows_wanted(limit, form)], COUNTED, form, things="open stretches")
    session.say_shown(shown, len(rows))


def _utc(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def _late_from(span: "Span", minutes: int) -> str:
    """Where the target ends at closing time, nothing is late before the next opening."""
    from agentdesk.domain.sla import breached_at
    from agentdesk.domain.sla.errors import NeverDueError

    try:
        late = breached_at(span.calendar, span.start, minutes, span.pauses)
    except NeverDueError:
        return "never: it does not open again"
    return "" if late == span.end else f"{span.when(late)}; until then it is met"


def _told_days(target: str, minutes: int, hours: _Hours) -> str:
    """Who types days may mean working days."""
    from agentdesk.domain.minutes import say_minutes

    week = sum(end - start for day in hours.calendar.week for start, end in day)
    if week == _WHOLE_WEEK:
        return ""
    return f"{target} is {say_minutes(minutes)} of open time; {hours.row.ref} is open {say_minutes(week)} a week."
