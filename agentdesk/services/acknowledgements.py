"""By when somebody has to have answered an escalation at all: a timer of its own, beside those of the ticket."""

from datetime import datetime, timedelta
from typing import Final

from sqlmodel import col

from agentdesk.domain.escalation import ACK_MINUTES
from agentdesk.domain.sla import due_at
from agentdesk.domain.sla.errors import NeverDueError
from agentdesk.models import CalendarVersion, Setting, Ticket
from agentdesk.queries.calendars import CalendarRow
from agentdesk.store.change import Change

KEY: Final = "ack_minutes"
"""The desk's own setting: a whole number of minutes, from 1."""


def ack_due(change: Change, ticket: Ticket) -> datetime | None:
    """When an escalation asked now must have been answered, counted in the calendar of the ticket.

    A calendar that never opens again has no such instant, and keeps nobody from asking for help.
    """
    minutes = _minutes(change)
    version = None if ticket.calendar_id is None else change.session.get(CalendarVersion, ticket.calendar_id)
    if version is None:
        return change.at + timedelta(minutes=minutes)
    try:
        return due_at(_row(version).as_calendar(), change.at, minutes)
    except NeverDueError:
        return None


def _minutes(change: Change) -> int:
    row = change.find(Setting, Setting.key == KEY, col(Setting.agent_id).is_(None))
    # A slip in a setting must not keep anybody from asking for help.
    return row.value if row is not None and type(row.value) is int and row.value > 0 else ACK_MINUTES


def _row(version: CalendarVersion) -> CalendarRow:
    assert version.id is not None
    return CalendarRow(
        version.id,
        version.name,
        version.number,
        version.zone,
        version.hours,
        tuple(version.holidays),
        version.exceptions,
        version.is_current,
        version.created_at,
    )
