"""Shifts of agents: who works when, who is there at an instant, and when the others are back."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from agentdesk.domain.presence import ALWAYS_THERE, Presence, presence
from agentdesk.domain.sla import Calendar, parse_day, parse_week
from agentdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """The shift of one agent.

    Attributes:
        hours: as `parse_week` reads them.
        exceptions: a day as `parse_day` reads it, by date.
    """

    id: int
    version: int
    agent_id: int
    agent: str
    name: str
    zone: str
    hours: str
    exceptions: dict[str, str]

    def as_calendar(self) -> Calendar:
        """The hours to look at work in."""
        return Calendar(
            ZoneInfo(self.zone),
            parse_week(self.hours),
            exceptions={
                date.fromisoformat(on): parse_day(hours, on) for on, hours in self.exceptions.items()
            },
            name=f"shift of {self.agent}",
        )


_SHIFTS: Final = (
    "SELECT shift.id, shift.version, shift.agent_id, agent.handle AS agent, agent.name, shift.zone, shift.hours, "
    "shift.exceptions FROM shift JOIN agent ON agent.id = shift.agent_id "
)


def shifts(read: Reader) -> list[ShiftRow]:
    """Every shift by handle."""
    return read.rows(ShiftRow, f"{_SHIFTS}ORDER BY agent.handle")


def shift_of(read: Reader, agent_id: int) -> ShiftRow | None:
    """The shift of an agent, or None: then they are taken to be there."""
    return read.row(ShiftRow, f"{_SHIFTS}WHERE shift.agent_id = :agent_id", {"agent_id": agent_id})


def presences(read: Reader) -> dict[int, Presence]:
    """Who is there now and until when, and when the others are back, by the id of each active agent."""
    hours = {one.agent_id: one.as_calendar() for one in shifts(read)}
    active = [int(one) for (one,) in read.tuples("SELECT id FROM agent WHERE is_active ORDER BY id")]
    return {one: presence(hours[one], read.now) if one in hours else ALWAYS_THERE for one in active}


def on_shift_now(read: Reader) -> list[int]:
    """The ids of the active agents who are there now."""
    return [agent_id for agent_id, there in presences(read).items() if there.is_on]
