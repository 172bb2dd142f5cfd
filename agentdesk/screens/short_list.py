"""A list that is short enough to be held whole, as a line table asks for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from agentdesk.widgets.paging import Fetch


@dataclass(frozen=True, slots=True)
class ShortList:
    """One state of it; `id_of` tells a row from all others."""

    rows: Sequence[Any]
    id_of: Callable[[Any], int]

    def total(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def page(self, fetch: Fetch[Any]) -> list[Any]:
        """The rows of a fetch in list order."""
        if fetch.is_backwards:
            end = len(self.rows) if fetch.after is None else self._place(fetch.after)
            stop = max(end - fetch.skip, 0)
            return list(self.rows[max(stop - fetch.limit, 0) : stop])
        start = (0 if fetch.after is None else self._place(fetch.after) + 1) + fetch.skip
        return list(self.rows[start : start + fetch.limit])

    def locate(self, row_id: int) -> tuple[int, Any] | None:
        """Where a row stands; None once it left the list."""
        return next(((at, row) for at, row in enumerate(self.rows) if self.id_of(row) == row_id), None)

    def ids(self) -> list[int]:
        """Every row."""
        return [self.id_of(one) for one in self.rows]

    def _place(self, row: Any) -> int:
        found = self.locate(self.id_of(row))
        return -1 if found is None else found[0]
