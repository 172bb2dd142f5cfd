"""Tickets of a file that tell of instants that are still to come: taken as they are, and told."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from agentdesk.transfer.tickets.foreign_row import ForeignRow

_TOLD: Final = 5


class FutureBook:
    """Counts them, and remembers the first ones."""

    def __init__(self) -> None:
        """Begin with none."""
        self._count = 0
        self._first: list[str] = []

    def look(self, external_id: str, rows: Sequence[ForeignRow], now: datetime) -> None:
        """See what a ticket tells.

        Args:
            external_id: its id in the other system.
            rows: its rows.
            now: the instant of the import.
        """
        if any(at > now for row in rows for at in _instants(row)):
            self._count += 1
            self._first = [*self._first, external_id][:_TOLD]

    def notes(self) -> Iterator[str]:
        """What is to be said of them."""
        if self._count:
            first = ", ".join(map(repr, self._first))
            more = f" and {self._count - _TOLD:,} more" if self._count > _TOLD else ""
            yield (
                f"Instants that are still to come, of tickets {first}{more}: taken as they are. Look whether the dates "
                "and the zone of the file are read aright."
            )


def _instants(row: ForeignRow) -> Iterator[datetime]:
    yield from row.times.values()
    if row.at is not None:
        yield row.at
    yield from (one.at for one in row.messages)
