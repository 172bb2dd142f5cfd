"""Which line of a table a place of its list is on, where groups stand under headings; a heading is no place."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand together under a heading.

    Attributes:
        key: what they share, as the store knows it.
        name: what they share, in words.
        count: how many there are, exactly; never 0.
    """

    key: int | None
    name: str
    count: int


class Lines:
    """Places and lines of a list, each from the other; without groups they are the same."""

    def __init__(self, groups: Sequence[Group] = ()) -> None:
        self.groups = groups
        self._starts: list[int] = []
        start = 0
        for one in groups:
            self._starts.append(start)
            start += one.count
        self._heads = [start + at for at, start in enumerate(self._starts)]

    def of(self, place: int) -> int:
        """The line a place is on."""
        return place + bisect_right(self._starts, place)

    def above(self, place: int) -> int:
        """The same, or the heading over it where the place begins a group: what has to be in sight."""
        line = self.of(place)
        return line - 1 if self.groups and self._starts[self.group_of(place)] == place else line

    def place(self, line: int) -> int | None:
        """The place on a line; None for a heading."""
        at = bisect_right(self._heads, line)
        return None if at and self._heads[at - 1] == line else line - at

    def below(self, line: int) -> int:
        """The first place on or under a line."""
        at = bisect_right(self._heads, line)
        return self._starts[at - 1] if at and self._heads[at - 1] == line else line - at

    def group_of(self, place: int) -> int:
        """Which group a place is in, by its number from 0."""
        return max(bisect_right(self._starts, place) - 1, 0)

    def heading(self, line: int) -> Group | None:
        """The group whose heading is on a line."""
        at = bisect_right(self._heads, line)
        return self.groups[at - 1] if at and self._heads[at - 1] == line else None

    def total(self, places: int) -> int:
        """How many lines so many places take."""
        return places + len(self.groups)
