"""The one place that asks what time it is; everything else is told."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant, aware and in UTC."""

    def now(self) -> datetime:
        """The present instant."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC)


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until it is set: tests, the sample desk."""

    instant: datetime

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.instant


@dataclass(frozen=True, slots=True)
class ToldClock:
    """The clock of `--as-of`: it stands at the instant it was told, and the wall still shows what time it is."""

    instant: datetime
    wall: Clock

    def now(self) -> datetime:
        """The instant it was told."""
        return self.instant


def true_now(clock: Clock) -> datetime:
    """The present instant, whatever the clock was told."""
    return clock.wall.now() if isinstance(clock, ToldClock) else clock.now()
