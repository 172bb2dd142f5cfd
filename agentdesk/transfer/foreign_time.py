"""Instants as another system writes them: one format and one zone for a whole file, and nothing is guessed.

A wall time that a clock change skips or repeats is refused unless the map says which side is meant.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

ISO: Final = "iso"
EPOCHS: Final = {"epoch": 1.0, "epoch_ms": 0.001}
"""Counts since 1970 and the seconds one of them lasts."""
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Outside of these a date is a slip, or a placeholder of the other system."""
_REMEMBERED: Final = 20_000
"""Texts whose instants are kept in memory."""
_LEAP: Final = re.compile(r"(:\d\d):60(?!\d)")


class ForeignTimeError(ValueError):
    """A text that names no instant; `str()` reads after the column and the value."""


class TimeReader:
    """Reads instants of one file; what it has read once it knows.

    Attributes:
        leap_seconds: texts with a 60th second, taken as the 59th.
        has_zoneless: a text named no offset, and was read by the clocks of the zone.
        zone: what the zone is called.
    """

    def __init__(self, written: str, zone: ZoneInfo, dst: str = "") -> None:
        """Prepare.

        Args:
            written: `iso`, `epoch`, `epoch_ms`, or a format of `strptime`.
            zone: whose wall the clock hangs on, where a text names no offset.
            dst: `earlier` or `later` for wall times that a clock change skips or repeats; empty refuses them.
        """
        self.leap_seconds = 0
        self.has_zoneless = False
        self.zone = zone.key
        self._format = written
        self._zone = zone
        self._dst = dst
        self._known: dict[str, datetime] = {}

    def read(self, text: str) -> datetime:
        """The aware UTC instant of a text.

        Raises:
            ForeignTimeError: it names none, or two.
        """
        known = self._known.get(text)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            known = self._known[text] = self._read(text)
        return known

    def _read(self, text: str) -> datetime:
        try:
            found = self._parse(text.strip())
            if found.tzinfo is None:
                self.has_zoneless = True
                found = self._place(found)
            found = found.astimezone(UTC)
        except ForeignTimeError:
            raise
        except (ValueError, OverflowError, OSError):
            raise ForeignTimeError(f"is no date written as {self._format}") from None
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise ForeignTimeError(f"is outside of the years {FIRST_YEAR} to {LAST_YEAR}")
        return found

    def _parse(self, text: str) -> datetime:
        if self._format in EPOCHS:
            return datetime.fromtimestamp(float(text) * EPOCHS[self._format], UTC)
        text, leaps = _LEAP.subn(r"\1:59", text)
        self.leap_seconds += leaps
        return datetime.fromisoformat(text) if self._format == ISO else datetime.strptime(text, self._format)  # noqa: DTZ007  placed by the caller

    def _place(self, wall: datetime) -> datetime:
        one, two = (wall.replace(tzinfo=self._zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if one == two:
            return one
        if not self._dst:
            told = "twice" if one < two else "never"
            raise ForeignTimeError(
                f"happens {told} in {self._zone.key}, where the clocks change; say dst = earlier or later"
            )
        return min(one, two) if self._dst == "earlier" else max(one, two)


def is_format(written: str) -> bool:
    """Whether a text says how dates are written, so that a date written so can be read again."""
    if written == ISO or written in EPOCHS:
        return True
    probe = datetime(2016, 2, 29, 13, 45, tzinfo=UTC)
    try:
        again = datetime.strptime(probe.strftime(written), written)  # noqa: DTZ007  only the day is compared
    except ValueError:
        return False
    return abs(again.replace(tzinfo=UTC) - probe) < timedelta(days=1)
