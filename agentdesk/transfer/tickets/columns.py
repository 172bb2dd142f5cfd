"""The columns of a file as a map names them: where each field stands, what is kept besides, and what is wrong with a cell."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from agentdesk.transfer.header import Header, fold_name
from agentdesk.transfer.maps.fields import ALSO_ID, EXTERNAL_ID, LINKS
from agentdesk.transfer.readers.json_flat import JOIN
from agentdesk.transfer.tickets.map import MapError, TicketMap, refuse_unknown
from agentdesk.transfer.tickets.message_rules import SaidRules

_NUMBER: Final = ".id"
"""How the number of a custom field is called, beside its value: `custom_fields.id` and `custom_fields`."""
_REQUIRED: Final = (EXTERNAL_ID, "created_at")
Places = tuple[int, ...]


class CellError(Exception):
    """What is wrong with one cell."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.value = value
        self.reason = reason


class Columns:
    """Finds cells of one file.

    Attributes:
        names: of the columns, as written.
        fields: the places of each field that the file has.
        at: place of an event's instant.
        by: place of who did it.
        rating: places of score, comment and theme of a rating; empty where the file has no score.
        ignored: places whose cells are of no use to a ticket.
    """

    def __init__(self, rules: TicketMap, header: Header) -> None:
        """Find the columns of the map in the header.

        Raises:
            MapError: the file has no such column; the nearest one is told.
        """
        self.names = header.names
        self._rules = rules
        self._header = header
        self.fields: Mapping[str, Places] = {
            name: found
            for name, columns in rules.columns.items()
            if (found := self._all(f"[ticket] {name}", columns))
        }
        for name in _REQUIRED:
            if name in rules.columns and name not in self.fields:
                raise MapError(
                    rules.label, f"[ticket] {name}", f"the file has no column {rules.columns[name][0]!r}"
                )
        self.at = self._place("[events] at", rules.at) if rules.at else None
        self.by = self._place("[events] by", rules.by) if rules.by else None
        self.rating = self._rating_places()
        used = {
            place for name, some in self.fields.items() if name not in (ALSO_ID, *LINKS) for place in some
        }
        used |= {place for said in rules.said for place in self.said_places(said)}
        used |= {place for places in self.rating for place in places}
        used |= {place for place in (self.at, self.by) if place is not None}
        self.ignored = frozenset(self._ignored(rules.file.ignore)) - used
        passed = used | self.ignored
        self._extra = [
            (place, name) for place, name in enumerate(header.names) if name and place not in passed
        ]

    def said_places(self, said: SaidRules) -> Places:
        """The places of the texts that are a message of their own."""
        return (*self.find("text", said.text), *self.find("html", said.html))

    def _rating_places(self) -> tuple[Places, ...]:
        rules = self._rules.rating
        if rules is None:
            return ()
        told = {"score": rules.score, "comment": rules.comment, "theme": rules.theme}
        found = tuple(self._all(f"[rating] {name}", columns) for name, columns in told.items())
        return found if found[0] else ()

    def cell_of(self, cells: Sequence[str], places: Places) -> str:
        """The first cell that holds something; nothing where there is no place."""
        return self.first(cells, places)[1] if places else ""

    def find(self, where: str, columns: Iterable[str]) -> Places:
        """The places of some columns of `[[said]]`."""
        return self._all(f"[[said]] {where}", columns)

    def cell(self, cells: Sequence[str], place: int) -> str:
        """One cell, trimmed; nothing where it means nothing."""
        cell = cells[place].strip()
        return "" if cell in self._rules.file.empty else cell

    def first(self, cells: Sequence[str], places: Places) -> tuple[int, str]:
        """The first cell that holds something, and its place."""
        for place in places:
            if cell := self.cell(cells, place):
                return place, cell
        return places[0], ""

    def told(self, cells: Sequence[str], field: str) -> str:
        """What a field holds; nothing where the file has no such column."""
        return self.first(cells, self.fields[field])[1] if field in self.fields else ""

    def filled(self, cells: Sequence[str], places: Places, why: str) -> tuple[int, str]:
        """The same, where it must hold something.

        Raises:
            CellError: it does not.
        """
        place, cell = self.first(cells, places)
        if not cell:
            raise CellError(self.names[place], "", f"is empty: {why}")
        return place, cell

    def leftovers(self, cells: Sequence[str]) -> dict[str, str]:
        """The columns that no field takes, where they hold something."""
        found = {self._short(name): cell for place, name in self._extra if (cell := self.cell(cells, place))}
        raw = {self._short(name): cells[place] for place, name in self._extra}
        for name in [one for one in found if one.endswith(_NUMBER)]:
            base = name.removesuffix(_NUMBER)
            numbers, values = raw[name].split(JOIN), raw.get(base, "").split(JOIN)
            if base in raw and len(numbers) == len(values):
                found = {one: cell for one, cell in found.items() if one not in (name, base)}
                told = zip(numbers, values, strict=True)
                found |= {f"{base} {number}": value for number, value in told if value}
        return found

    def _short(self, name: str) -> str:
        inside = self._rules.file.inside
        return name.removeprefix(f"{inside}.") if inside else name

    def _ignored(self, patterns: Iterable[str]) -> Iterable[int]:
        for pattern in patterns:
            if pattern.endswith("*"):
                begin = fold_name(pattern.removesuffix("*"))
                yield from (
                    place
                    for place, key in enumerate(self._header.keys)
                    if key.startswith(begin)
                    or key.removeprefix(f"{self._rules.file.inside}.").startswith(begin)
                )
            else:
                yield from self._all("[file] ignore", [pattern])

    def _all(self, where: str, columns: Iterable[str]) -> Places:
        skips = self._rules.file.skip_missing
        return tuple(self._place(where, one) for one in columns if not skips or self._has(one))

    def _has(self, column: str) -> bool:
        return any(key in self._header.keys for key in self._keys(column))

    def _keys(self, column: str) -> tuple[str, ...]:
        inside, key = self._rules.file.inside, fold_name(column)
        return (key, fold_name(f"{inside}.{column}")) if inside else (key,)

    def _place(self, where: str, column: str) -> int:
        for key in self._keys(column):
            if key in self._header.keys:
                return self._header.keys.index(key)
        raise refuse_unknown(self._rules.label, where, column, [name for name in self.names if name])
