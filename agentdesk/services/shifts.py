"""Shifts: when an agent works, and the dates on which they do not."""

from collections.abc import Iterable, Mapping
from datetime import date

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.events import Event
from agentdesk.domain.sla import Calendar, parse_day, spell_day
from agentdesk.domain.sla.hours import Day
from agentdesk.models import Agent, Shift
from agentdesk.store.change import Change

ALWAYS = "24/7"
"""The hours of who had no shift before a day off was asked for: they were taken to be there."""


def set_shift(
    change: Change,
    agent_id: int,
    *,
    zone: str,
    hours: str,
    exceptions: Mapping[date, Day] | None = None,
) -> Shift:
    """Say when an agent works.

    Args:
        change: the transaction.
        agent_id: whose shift.
        zone: whose wall the hours hang on, an IANA name.
        hours: a week as `parse_week` reads it.
        exceptions: all dates with hours of their own; None leaves those there are.

    Raises:
        NotFoundError: there is no such agent.
        ZoneError: there is no such zone.
        HoursError: the hours cannot be read, or overlap.
    """
    change.actor.require(Permission.PLAN)
    agent = change.get(Agent, agent_id)
    row = change.find(Shift, Shift.agent_id == agent_id)
    if exceptions is None:
        exceptions = {} if row is None else exceptions_of(row)
    parsed = Calendar.parse(hours, zone.strip(), (), exceptions, f"shift of {agent.handle}")
    told = {on.isoformat(): spell_day(day) for on, day in parsed.exceptions.items()}
    if row is None:
        row = change.add(
            Shift(
                agent_id=agent_id,
                zone=parsed.zone.key,
                hours=parsed.hours,
                exceptions=told,
                created_at=change.at,
                updated_at=change.at,
            )
        )
    row.zone, row.hours, row.exceptions = parsed.zone.key, parsed.hours, told
    change.record(Event.SHIFT_CHANGED, row)
    return row


def add_days(change: Change, agent_id: int, dates: Iterable[date], *, zone: str, hours: Day = ()) -> Shift:
    """Give some dates hours of their own, none unless told: days off.

    Args:
        change: the transaction.
        agent_id: whose days.
        dates: local dates of the shift.
        zone: of a shift that is made for this, where the agent has none yet.
        hours: the same for each date.

    Raises:
        NotFoundError: there is no such agent.
    """
    change.get(Agent, agent_id)  # locked before its shift is read: two who add days lose none
    row = change.find(Shift, Shift.agent_id == agent_id)
    own = ({} if row is None else exceptions_of(row)) | dict.fromkeys(dates, hours)
    return set_shift(
        change,
        agent_id,
        zone=zone if row is None else row.zone,
        hours=ALWAYS if row is None else row.hours,
        exceptions=own,
    )


def clear_shift(change: Change, agent_id: int) -> None:
    """Take the shift of an agent away: they are taken to be there from now on.

    Raises:
        NotFoundError: there is no such agent, or they have no shift.
    """
    change.actor.require(Permission.PLAN)
    agent = change.get(Agent, agent_id)
    row = change.find(Shift, Shift.agent_id == agent_id)
    if row is None:
        raise NotFoundError("shift of", agent.handle, "They are taken to be there; see: agentdesk shift list")
    change.remove(row)
    change.record(Event.SHIFT_CHANGED, row)


def exceptions_of(row: Shift) -> dict[date, Day]:
    """The dates of a shift that have hours of their own."""
    return {date.fromisoformat(on): parse_day(hours, on) for on, hours in row.exceptions.items()}
