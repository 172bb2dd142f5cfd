"""A list that is short enough to be held whole, for the line table."""

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from agentdesk.widgets.paging import Fetch


class Numbered(Protocol):
    """A row with a number of its own."""

    @property
    def id(self) -> int:
        """What tells it from all others."""


Row = TypeVar("Row", bound=Numbered)


@dataclass(frozen=True, slots=True)
class HeldLook(Generic[Row]):
    """One state of the list."""

    rows: list[Row]

    def total(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def page(self, fetch: Fetch[Row]) -> list[Row]:
        """The rows of a fetch in list order."""
        if fetch.is_backwards:
            end = len(self.rows) if fetch.after is None else self._place(fetch.after.id)
            stop = max(end - fetch.skip, 0)
            return self.rows[max(stop - fetch.limit, 0) : stop]
        start = (0 if fetch.after is None else self._place(fetch.after.id) + 1) + fetch.skip
        return self.rows[start : start + fetch.limit]

    def locate(self, row_id: int) -> tuple[int, Row] | None:
        """Where a row stands; None once it left the list."""
        return next(((at, row) for at, row in enumerate(self.rows) if row.id == row_id), None)

    def ids(self) -> list[int]:
        """Every row."""
        return [one.id for one in self.rows]

    def _place(self, row_id: int) -> int:
        found = self.locate(row_id)
        return -1 if found is None else found[0]
