"""One customer while a file is applied: what the store holds, what the rows made of it, and the difference.

Values are replaced, never mutated, so that `before` stays what it was.
"""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any, Final, NamedTuple

from agentdesk.domain.identity import name_key

FIELDS: Final = (
    "external_id",
    "name",
    "email",
    "phone",
    "organization_id",
    "title",
    "language",
    "time_zone",
    "notes",
    "tags",
    "extra",
)
"""The columns of a customer that a file can fill, in the order of `Person.values`."""

_values: Final[Callable[[Any], tuple[Any, ...]]] = attrgetter(*FIELDS)


class Point:
    """One way to reach somebody.

    Attributes:
        id: 0 until it is in the store.
        before: label and rank as they are in the store; None until it is there.
    """

    __slots__ = ("before", "id", "is_primary", "kind", "label", "normalised", "value")

    def __init__(
        self, kind: str, value: str, normalised: str, label: str, *, is_primary: bool, row_id: int = 0
    ) -> None:
        """Take a way; with a `row_id` it is one the store holds."""
        self.id = row_id
        self.kind = kind
        self.value = value
        self.normalised = normalised
        self.label = label
        self.is_primary = is_primary
        self.before = (label, is_primary) if row_id else None

    @property
    def is_changed(self) -> bool:
        """Whether the store holds it otherwise."""
        return self.before is not None and self.before != (self.label, self.is_primary)


Way = tuple[str, str, str, str, bool]
"""A way to reach somebody: kind, value, normalised, label, whether it is the primary one of its kind."""


class Newcomer(NamedTuple):
    """A customer nobody knows yet.

    Attributes:
        values: the columns, in the order of `FIELDS`.
        ways: all ways to reach them.
    """

    values: tuple[Any, ...]
    ways: Sequence[Way]


class Person:
    """One customer.

    Attributes:
        id: in the store; below 0 until it is there, -1 for the first.
        version: in the store.
        points: all ways to reach them.
        before: `values` as they are in the store; None until they are there.
        is_touched: an earlier row of this file was about them.
        is_made: an earlier row of this file made them.
        former: external ids of customers that were merged into them.
        line: of the first row of this chunk about them; 0 where there is none.
    """

    __slots__ = (*FIELDS, "before", "former", "id", "is_made", "is_touched", "line", "points", "version")

    def __init__(
        self, row_id: int, version: int, values: tuple[Any, ...], points: list[Point], *, is_new: bool = False
    ) -> None:
        """Take a customer of the store, or a new one."""
        self.id = row_id
        self.version = version
        self.points = points
        self.former: Sequence[str] = ()
        self.line = 0
        self.is_touched = self.is_made = is_new
        (
            self.external_id,
            self.name,
            self.email,
            self.phone,
            self.organization_id,
            self.title,
            self.language,
            self.time_zone,
            self.notes,
            self.tags,
            self.extra,
        ) = values
        self.before: tuple[Any, ...] | None = None if is_new else values

    @property
    def values(self) -> tuple[Any, ...]:
        """The columns, in the order of `FIELDS`."""
        return _values(self)

    @property
    def newcomer(self) -> Newcomer:
        """Them as somebody nobody knows yet."""
        ways = [(one.kind, one.value, one.normalised, one.label, one.is_primary) for one in self.points]
        return Newcomer(_values(self), ways)

    @property
    def is_changed(self) -> bool:
        """Whether the store holds them otherwise."""
        return self.before != self.values or any(not one.id or one.is_changed for one in self.points)

    @property
    def age(self) -> tuple[bool, int]:
        """Sorts from the oldest to the newest."""
        return self.id < 0, abs(self.id)

    @property
    def is_nameless(self) -> bool:
        """Whether an address stands in for the name."""
        return self.name in {point.value for point in self.points} or self.name == self.external_id

    def keys(self, kind: str) -> set[str]:
        """The normalised forms of one kind of point."""
        return {point.normalised for point in self.points if point.kind == kind}

    def difference(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Columns before and after, only those that changed, with the key that follows the name."""
        changed = list(self._changed())
        before = {name: old for name, old, _ in changed}
        after = {name: new for name, _, new in changed}
        if "name" in after and name_key(before["name"]) != name_key(after["name"]):
            before["name_key"], after["name_key"] = name_key(before["name"]), name_key(after["name"])
        return before, after

    def _changed(self) -> Iterator[tuple[str, Any, Any]]:
        assert self.before is not None
        for name, old, new in zip(FIELDS, self.before, self.values, strict=True):
            if old != new:
                yield name, old, new
