"""Shifts: when agents work, which days they do not, and who is there now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Column, Format
from agentdesk.cli.people import HandleArgument
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.writing import write
from agentdesk.domain.errors import NotFoundError

if TYPE_CHECKING:
    from agentdesk.desk import Desk
    from agentdesk.domain.presence import Presence
    from agentdesk.queries.shifts import ShiftRow
    from agentdesk.store.change import Change


@dataclass(frozen=True, slots=True)
class Shown:
    """A shift, whether its agent is at work now, and which dates from today on have hours of their own."""

    shift: "ShiftRow"
    there: "Presence"
    own_days: tuple[str, ...]


def _of(name: str, title: str = "") -> Column:
    return Column(name, title, read=lambda one: getattr(one.shift, name))


LIST = (
    _of("agent", "Agent"),
    _of("name", "Name"),
    Column("on_shift", "On shift", read=lambda one: one.there.is_on),
    Column("until", "Until", read=lambda one: one.there.until),
    _of("zone", "Zone"),
    _of("hours", "Hours"),
    Column("own_days", "Own days", read=lambda one: one.own_days),
    _of("exceptions"),
)
NONE = "Everybody is taken to be there. Set one: agentdesk shift set ana --hours 'Mon-Fri 09:00-17:00'"
ZoneOption = Annotated[
    str, typer.Option("--zone", metavar="ZONE", help="Whose wall the hours hang on; the desk's unless told.")
]


def list_shifts(ctx: typer.Context, *, form: FormatOption = Format.TABLE) -> None:
    """Print the shifts, and who is there now.

    `Until` is when that ends: for who is off it is when they are back. Who has no shift is taken to be there.

    Example:
        agentdesk shift list
        agentdesk shift list --json
    """
    session = session_of(ctx)
    with session.desk() as desk:
        _print(session, desk, form)


def set_shift(
    ctx: typer.Context,
    agent: HandleArgument,
    *,
    hours: Annotated[
        str,
        typer.Option(
            "--hours", metavar="HOURS", help="'Mon-Fri 09:00-17:00', 'Mon-Thu 8-12,13-17; Fri 8-12'."
        ),
    ] = "",
    zone: ZoneOption = "",
    day: Annotated[
        list[str] | None,
        typer.Option(
            "--day",
            metavar="DATE=HOURS",
            help="A date with hours of its own: 2026-03-02=closed, 2026-03-03=12:00-20:00; may be given again.",
        ),
    ] = None,
    remove_day: Annotated[
        list[str] | None,
        typer.Option("--remove-day", metavar="DATE", help="A date that has the hours of its weekday again."),
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Say when an agent works.

    What is not named stays as it is. New tickets of customers whom an agent owns go to the queue while they are off.

    Example:
        agentdesk shift set ana --hours 'Mon-Fri 09:00-17:00' --zone Europe/London
        agentdesk shift set ana --day 2026-03-02=closed
    """
    from agentdesk.domain.holidays import parse_date, parse_exception

    session = session_of(ctx)
    if not any((hours, zone, day, remove_day)):
        raise WrongUsage(
            f"Nothing is to be changed. Name what, as in: shift set {agent} --hours 'Mon-Fri 09:00-17:00'"
        )
    own = dict(parse_exception(one) for one in day or ())
    usual = [parse_date(one, "day") for one in remove_day or ()]

    def put(change: "Change") -> Any:
        from agentdesk.queries.shifts import shift_of
        from agentdesk.services import set_shift as set_one

        number = _agent(change, agent)
        now = shift_of(change.reader(), number)
        if now is None and not hours:
            raise WrongUsage(
                f"{agent} has no shift yet. Say when they work, as in: --hours 'Mon-Fri 09:00-17:00'"
            )
        days = dict(now.as_calendar().exceptions) if now else {}
        for one in usual:
            if days.pop(one, None) is None:
                raise NotFoundError(f"day of {agent} with own hours,", one, "See: agentdesk shift list")
        return set_one(
            change,
            number,
            zone=zone or (now.zone if now else str(desk.zone)),
            hours=hours or (now.hours if now else ""),
            exceptions=days | own,
        )

    with session.desk() as desk:
        write(session, desk, put, summary=f"set the shift of {agent}")
        _print(session, desk, form, agent)


def days_off(
    ctx: typer.Context,
    agent: HandleArgument,
    dates: Annotated[
        str,
        typer.Argument(metavar="DATE[..DATE]", help="2026-03-02, or 2026-03-02..2026-03-06, both ends in."),
    ],
    *,
    form: FormatOption = Format.TABLE,
) -> None:
    """Give an agent days off.

    Who had no shift is taken to be there on all other days. `shift set AGENT --remove-day DATE` takes a day back.

    Example:
        agentdesk shift off ana 2026-03-02..2026-03-06
    """
    from agentdesk.domain.holidays import parse_dates

    session = session_of(ctx)
    listed = parse_dates(dates)

    def add(change: "Change") -> Any:
        from agentdesk.services import add_days

        return add_days(change, _agent(change, agent), listed, zone=str(desk.zone))

    with session.desk() as desk:
        write(session, desk, add, summary=f"days off for {agent}")
        _print(session, desk, form, agent)


def clear_shift(ctx: typer.Context, agent: HandleArgument) -> None:
    """Take the shift of an agent away: they are taken to be there.

    Example:
        agentdesk shift clear ana
    """
    session = session_of(ctx)

    def clear(change: "Change") -> None:
        from agentdesk.services import clear_shift as clear_one

        clear_one(change, _agent(change, agent))

    with session.desk() as desk:
        write(session, desk, clear, summary=f"clear the shift of {agent}")


def _agent(change: "Change", handle: str) -> int:
    from agentdesk.services.edits import agent_id

    number = agent_id(change, handle)
    assert number is not None
    return number


def _print(session: Session, desk: "Desk", form: Format, handle: str = "") -> None:
    from agentdesk.domain.presence import Presence
    from agentdesk.queries.shifts import presences, shifts

    with desk.read() as read:
        there, rows = presences(read), shifts(read)
        wanted = desk.actor.handle if handle.lower() == "me" else handle.removeprefix("@")
        shown = [
            Shown(
                one,
                there.get(one.agent_id, Presence(is_on=False)),
                _own_days(one, read.now.astimezone(one.as_calendar().zone).date()),
            )
            for one in rows
            if wanted in ("", one.agent)
        ]
    if handle and shown and form is Format.JSON:
        session.out.emit_one(shown[0], LIST, form, str)
    else:
        session.emit(shown, LIST, form, things="shifts", hint=NONE)


def _own_days(shift: "ShiftRow", today: date) -> tuple[str, ...]:
    """`2026-03-02..2026-03-06 closed`: dates from today on, those in a row with the same hours together."""
    runs: list[tuple[date, date, str]] = []
    for day, hours in _ahead(shift, today):
        if runs and runs[-1][1] + timedelta(days=1) == day and runs[-1][2] == hours:
            runs[-1] = (runs[-1][0], day, hours)
        else:
            runs.append((day, day, hours))
    return tuple(f"{first}{f'..{last}' if last > first else ''} {hours}" for first, last, hours in runs)


def _ahead(shift: "ShiftRow", today: date) -> Sequence[tuple[date, str]]:
    days = [(date.fromisoformat(on), hours) for on, hours in sorted(shift.exceptions.items())]
    return [(day, hours) for day, hours in days if day >= today]
