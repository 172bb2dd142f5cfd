"""One row of a ticket file as our fields, by a map: typed, in our words, names as numbers; or a fault that says why not.

Values are in the form the journal keeps (instants as text), so that they compare with it as they are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from agentdesk.domain.identity import name_key, normalise_name
from agentdesk.domain.instants import to_iso
from agentdesk.transfer.csv_header import Header, fold_name
from agentdesk.transfer.foreign_time import ForeignTimeError
from agentdesk.transfer.rows import Fault, Row
from agentdesk.transfer.ticket_fields import (
    COLUMN_OF,
    EXTERNAL_ID,
    NUMBERS,
    OPTIONAL_WORDS,
    TAGS,
    TEXTS,
    TIMES,
    WORDS,
    fold_word,
    words_of,
)
from agentdesk.transfer.ticket_map import TicketMap, refuse_unknown
from agentdesk.transfer.ticket_names import ForeignNameError, NameBook

MAX_NUMBER: Final = 2**31 - 1
_OWN_TIMES: Final = ("created_at", "updated_at", "solved_at", "closed_at")
"""Instants that make the history; the others are values of the ticket."""
_CODE: Final = "resolution"
_CUSTOMER: Final = ("customer_email", "customer", "customer_id")
_Convert = Callable[[tuple[int, ...], Sequence[str]], Any]


@dataclass(slots=True)
class ForeignRow:
    """One row.

    Attributes:
        line: physical line where it begins.
        cells: as read.
        external_id: the ticket it is about.
        values: our columns as the journal keeps them; only those the map names.
        times: the instants that make the history, where they are told.
        at: of the event; None where one row is one ticket.
        by: who did it, in the words of the file.
    """

    line: int
    cells: Sequence[str]
    external_id: str
    values: dict[str, Any]
    times: dict[str, datetime]
    at: datetime | None = None
    by: str = ""

    def fault(self, reason: str) -> Fault:
        """This row as one that is not taken."""
        return Fault(self.line, "", "", reason, list(self.cells))


class _CellError(Exception):
    """What is wrong with one cell."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.value = value
        self.reason = reason


class RowReader:
    """Reads rows of one file.

    Attributes:
        times: what read its instants.
        id_place: index of the column with the ticket's id.
        unknown_codes: resolutions that are none of ours by the map, as told; the tickets keep them as they are.
    """

    def __init__(self, rules: TicketMap, header: Header, names: NameBook) -> None:
        """Find the columns of the map in the header.

        Raises:
            MapError: the file has no such column; the nearest one is told.
        """
        self.times = rules.file.times()
        self._map = rules
        self._header = header
        self._names = names
        self._places = {
            name: [self._place(f"[ticket] {name}", column) for column in columns]
            for name, columns in rules.columns.items()
        }
        self.id_place = self._places[EXTERNAL_ID][0]
        self.unknown_codes: dict[str, None] = {}
        self._at = self._place("[events] at", rules.at) if rules.at else None
        self._by = self._place("[events] by", rules.by) if rules.by else None
        ignored = {self._place("[file] ignore", column) for column in rules.file.ignore}
        used = {place for places in self._places.values() for place in places} | {self._at, self._by}
        self._extra = [
            (place, name)
            for place, name in enumerate(header.names)
            if name and place not in used and place not in ignored
        ]
        self._own_times = [(name, self._places[name][0]) for name in _OWN_TIMES if name in self._places]
        self._readers = self._make_readers()
        self._fixed = self._make_fixed()

    def read(self, row: Row, cells: Sequence[str]) -> ForeignRow | Fault:
        """The row in our terms, or what is wrong with it.

        Args:
            row: as the table gave it.
            cells: the same cells, where the caller keeps them otherwise.
        """
        try:
            external_id = self._filled(cells, self.id_place, "nothing tells the ticket")
            values = dict(self._fixed)
            for name, places, known, convert in self._readers:
                raw = cells[places[0]] if len(places) == 1 else tuple(cells[place] for place in places)
                if raw not in known:
                    known[raw] = convert(places, cells)
                values[name] = known[raw]
            values["subject"] = values.get("subject") or external_id
            times: dict[str, datetime] = {}
            for name, place in self._own_times:
                if cell := self._cell(cells, place):
                    times[name] = self._time(place, cell)
            at = None
            if self._at is not None:
                at = self._time(self._at, self._filled(cells, self._at, "nothing tells when it happened"))
        except _CellError as error:
            return Fault(row.line, error.column, error.value, error.reason, list(row.cells))
        customer_id = values.get("customer_id")
        if customer_id is not None:
            values["organization_id"] = self._names.organizations.get(customer_id)
        by = self._cell(cells, self._by) if self._by is not None else ""
        return ForeignRow(row.line, cells, external_id, values, times, at, by)

    def leftovers(self, cells: Sequence[str]) -> dict[str, str]:
        """The columns that no field takes, where they hold something, and a resolution that is none of ours."""
        found = {name: cell for place, name in self._extra if (cell := self._cell(cells, place))}
        for place in self._places.get(_CODE, ()):
            if (cell := self._cell(cells, place)) in self.unknown_codes:
                found[self._header.names[place]] = cell
        return found

    def _place(self, where: str, column: str) -> int:
        key = fold_name(column)
        if key not in self._header.keys:
            raise refuse_unknown(
                self._map.label, where, column, [name for name in self._header.names if name]
            )
        return self._header.keys.index(key)

    def _cell(self, cells: Sequence[str], place: int) -> str:
        cell = cells[place].strip()
        return "" if cell in self._map.file.empty else cell

    def _filled(self, cells: Sequence[str], place: int, why: str) -> str:
        cell = self._cell(cells, place)
        if not cell:
            raise _CellError(self._header.names[place], "", f"is empty: {why}")
        return cell

    def _make_readers(self) -> list[tuple[str, tuple[int, ...], dict[Any, Any], _Convert]]:
        """Column, its places in a row, what was read before, and what reads it."""
        makers: dict[str, Callable[[int, str], Any]] = {"queue": self._queue, "assignee": self._agent}
        makers |= {name: self._word_reader(name) for name in WORDS}
        makers |= dict.fromkeys(TEXTS[1:], self._text) | {"category": self._category, TAGS: self._tags}
        makers |= {name: self._iso for name in TIMES if name not in _OWN_TIMES}
        makers |= dict.fromkeys(NUMBERS, self._number)
        columns = {**COLUMN_OF, "queue": "queue_id", "assignee": "assignee_id"}
        readers: list[tuple[str, tuple[int, ...], dict[Any, Any], _Convert]] = [
            (columns.get(name, name), (self._places[name][0],), {}, self._single(convert))
            for name, convert in makers.items()
            if name in self._places
        ]
        if "subject" in self._places:
            readers.append(("subject", tuple(self._places["subject"]), {}, self._subject))
        if who := tuple(self._places[name][0] for name in _CUSTOMER if name in self._places):
            readers.append(("customer_id", who, {}, self._customer))
        return readers

    def _single(self, convert: Callable[[int, str], Any]) -> _Convert:
        return lambda places, cells: convert(places[0], self._cell(cells, places[0]))

    def _make_fixed(self) -> dict[str, Any]:
        said = dict(self._map.constants)
        fixed: dict[str, Any] = {}
        if "queue" in said:
            fixed["queue_id"] = self._names.queue(said.pop("queue"))
        if "assignee" in said:
            fixed["assignee_id"] = self._names.agent(said.pop("assignee"))
        if "customer" in said:
            fixed["customer_id"] = self._names.customer(said.pop("customer"))
        if TAGS in said:
            fixed[TAGS] = self._tags(0, said.pop(TAGS))
        return fixed | {COLUMN_OF.get(name, name): word for name, word in said.items()}

    def _word_reader(self, name: str) -> Callable[[int, str], Any]:
        allowed = words_of(name)
        meant = {word.replace("_", " "): word for word in allowed} | {word: word for word in allowed}
        meant |= self._map.words.get(name, {})

        def read(place: int, text: str) -> str | None:
            word = meant.get(fold_word(text))
            if word:
                return word
            if word == "" or (not text and name in OPTIONAL_WORDS):
                return None
            if name == _CODE:  # how it was solved is the least of a ticket: no history is given up for it
                self.unknown_codes[text] = None
                return None
            column = self._header.names[place]
            hint = f"say in [values.{name}] of the map which of {', '.join(allowed)} it is"
            raise _CellError(column, text, f"is not mapped; {hint}" if text else f"is empty; {hint}")

        return read

    def _queue(self, place: int, text: str) -> int | None:
        text = self._renamed("queue", text)
        return self._named(place, text, lambda: self._names.queue(text))

    def _agent(self, place: int, text: str) -> int | None:
        text = self._renamed("assignee", text)
        return self._named(place, text, lambda: self._names.agent(text))

    def _named(self, place: int, text: str, find: Callable[[], int]) -> int | None:
        try:
            return find() if name_key(text) else None
        except ForeignNameError as error:
            raise _CellError(self._header.names[place], text, str(error)) from None

    def _customer(self, places: tuple[int, ...], cells: Sequence[str]) -> int | None:
        told = {name: self._cell(cells, self._places[name][0]) for name in _CUSTOMER if name in self._places}
        email, name, foreign = (told.get(key, "") for key in _CUSTOMER)
        name = self._renamed("customer", name)
        return self._named(
            places[0], email or name or foreign, lambda: self._names.customer(name, email, foreign)
        )

    def _subject(self, places: tuple[int, ...], cells: Sequence[str]) -> str:
        parts = [normalise_name(self._cell(cells, place)) for place in places]
        return " / ".join(part for part in parts if part)

    def _time(self, place: int, text: str) -> datetime:
        try:
            return self.times.read(text)
        except ForeignTimeError as error:
            raise _CellError(self._header.names[place], text, str(error)) from None

    def _iso(self, place: int, text: str) -> str | None:
        return to_iso(self._time(place, text)) if text else None

    def _text(self, _place: int, text: str) -> str:
        return normalise_name(text)

    def _category(self, _place: int, text: str) -> str:
        return normalise_name(self._renamed("category", text))

    def _renamed(self, name: str, text: str) -> str:
        words = self._map.words.get(name)
        return words.get(fold_word(text), text) if words else text

    def _tags(self, _place: int, text: str) -> list[str]:
        marked = text.replace(";", ",").replace("|", ",").split(",")
        return list(dict.fromkeys(tag for one in marked if (tag := "-".join(one.casefold().split()))))

    def _number(self, place: int, text: str) -> int:
        if not text:
            return 0
        if not (text.isascii() and text.isdigit()) or int(text[:12]) > MAX_NUMBER:
            raise _CellError(self._header.names[place], text, f"is no whole number up to {MAX_NUMBER:,}")
        return int(text)
