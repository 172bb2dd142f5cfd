"""Reading calendars: all of them, and one with its holidays and its versions."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.ticket_page import fact_lines
from agentdesk.domain.safe_text import line

if TYPE_CHECKING:
    from agentdesk.desk import Desk
    from agentdesk.queries.calendars import CalendarRow

_REST = (
    Column("number", "Version", right=True),
    Column("zone", "Zone"),
    Column("hours", "Hours"),
    Column("holiday_count", "Holidays", read=lambda row: len(row.holidays), right=True),
    Column("exception_count", "Own hours", read=lambda row: len(row.exceptions), right=True),
    Column("holidays"),
    Column("exceptions"),
    Column("is_current"),
    Column("created_at", "Since"),
)
LIST = (Column("name", "Calendar"), Column("ref"), *_REST)
EVERY = (Column("ref", "Calendar"), Column("name"), *_REST)
NONE = (
    "Add one: agentdesk calendar add UK --zone Europe/London --hours 'Mon-Fri 09:00-17:00'. "
    "24x7 is always there."
)
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="What the calendar is called.")]


def list_calendars(
    ctx: typer.Context,
    *,
    every: Annotated[bool, typer.Option("--all", help="Former versions too.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the calendars.

    Besides these every desk has 24x7, which is always open.

    Example:
        agentdesk calendar list
        agentdesk calendar list --all --json
    """
    from agentdesk.queries.calendars import calendars

    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        rows = calendars(read, every=every)
    session.emit(rows, EVERY if every else LIST, form, things="calendars", hint=NONE)


def show_calendar(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="UK, its version UK@2, or 24x7.")],
    *,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print one calendar with its holidays and versions.

    Example:
        agentdesk calendar show UK
        agentdesk calendar show UK@1 --json
    """
    session = session_of(ctx)
    with session.desk() as desk:
        print_calendar(session, desk, name, form)


def print_calendar(session: Session, desk: "Desk", name: str, form: Format) -> None:
    """Print a calendar as it is now.

    Raises:
        NotFoundError: there is no such calendar.
    """
    from agentdesk.queries.calendars import calendar_by_name, calendar_versions

    with desk.read() as read:
        row = calendar_by_name(read, name, desk.zone)
        versions = calendar_versions(read, row.name)
    out = session.out
    columns = (*LIST, Column("versions", read=lambda _: [one.number for one in versions]))
    out.emit_one(row, columns, form, lambda: _page(row, versions, out.when))


def _page(row: "CalendarRow", versions: "Sequence[CalendarRow]", when: Any) -> str:
    state = "current" if row.is_current else f"former; current is {versions[-1].ref}"
    facts = {
        "Version": f"{row.number}, {state}, since {when(row.created_at)}" if row.number else "",
        "Zone": row.zone,
        "Hours": row.hours,
    }
    lines = [line(row.name), "", *fact_lines(facts)]
    own = [_day(date.fromisoformat(on), hours) for on, hours in sorted(row.exceptions.items())]
    closed = [_day(one.on, one.name) for one in row.closed_dates]
    former = [
        f"{line(one.ref)}  {when(one.created_at)}  {one.hours}, {one.zone}, holidays {len(one.holidays)}, "
        f"own hours {len(one.exceptions)}"
        for one in versions
    ]
    for title, part in (("Own hours", own), ("Holidays", closed), ("Versions", former)):
        if part:
            lines += ["", title, *part]
    return "\n".join(lines)


def _day(on: date, told: str) -> str:
    return f"{on:%a %Y-%m-%d}  {line(told)}".rstrip()
