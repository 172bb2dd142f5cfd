"""One row of a ticket file as our fields, by a map: typed, in our words, names as numbers; or a fault that says why not.

Values are in the form the journal keeps (instants as text), so that they compare with it as they are.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from agentdesk.domain.identity import normalise_name
from agentdesk.domain.instants import to_iso
from agentdesk.transfer.foreign_time import ForeignTimeError
from agentdesk.transfer.header import Header
from agentdesk.transfer.maps.fields import (
    ALSO_ID,
    ANY_OTHER,
    COLUMN_OF,
    EXTERNAL_ID,
    LINKS,
    NUMBERS,
    OPTIONAL_WORDS,
    TAGS,
    TEXTS,
    TIMES,
    WORDS,
    fold_word,
    words_of,
)
from agentdesk.transfer.readers.json_flat import JOIN
from agentdesk.transfer.rows import Fault, Row
from agentdesk.transfer.tickets.columns import CellError, Columns, Places
from agentdesk.transfer.tickets.foreign_names import ForeignNames
from agentdesk.transfer.tickets.foreign_row import ForeignRow
from agentdesk.transfer.tickets.map import TicketMap
from agentdesk.transfer.tickets.messages import About, MessageReader
from agentdesk.transfer.tickets.names import ForeignNameError, NameBook
from agentdesk.transfer.tickets.ratings import read_rating
from agentdesk.transfer.tickets.stores import Stores

MAX_NUMBER: Final = 2**31 - 1
_OWN_TIMES: Final = ("created_at", "updated_at", "solved_at", "closed_at")
"""Instants that make the history; the others are values of the ticket."""
_CODE: Final = "resolution"
_CUSTOMER: Final = ("customer_email", "customer", "customer_id")
_PHONE: Final = "customer_phone"
_REMEMBERED: Final = 5_000
"""Cells of a column whose meaning is kept in memory."""
_Convert = Callable[[Places, Sequence[str]], Any]


class RowReader:
    """Reads rows of one file.

    Attributes:
        times: what read its instants.
        columns: where its fields stand.
        names: what finds the names in it.
        messages: what read its conversations.
        id_place: index of the column with the ticket's id.
        unknown: words of fields that are none of ours by the map, as told; the tickets keep them as they are.
        late_solved: tickets whose solved instant lies after their closing, and was not believed.
    """

    def __init__(self, rules: TicketMap, header: Header, names: NameBook, stores: Stores) -> None:
        """Find the columns of the map in the header.

        Args:
            rules: the map.
            header: the columns of the file.
            names: what the desk knows by name.
            stores: where long texts wait, and what stands beside the tickets.

        Raises:
            MapError: the file has no such column; the nearest one is told.
        """
        self.times = rules.file.times()
        self.columns = columns = Columns(rules, header)
        self.names = ForeignNames(rules, names, stores.beside)
        self.messages = MessageReader(rules, columns, self.names, self.times, stores)
        self.id_place = columns.fields[EXTERNAL_ID][0]
        self.unknown: dict[str, dict[str, None]] = {}
        self.late_solved = 0
        self._map = rules
        self._book = names
        self._has_talk = rules.messages is not None or bool(rules.said)
        self._own_times = [(name, columns.fields[name]) for name in _OWN_TIMES if name in columns.fields]
        self._links = [name for name in LINKS if name in columns.fields]
        self._readers = self._make_readers()
        self._fixed = self._make_fixed()

    def read(
        self, row: Row, cells: Sequence[str], record: Mapping[str, Any] | None = None
    ) -> ForeignRow | Fault:
        """The row in our terms, or what is wrong with it.

        Args:
            row: as the table gave it.
            cells: the same cells, where the caller keeps them otherwise.
            record: its object, where the file is JSON.
        """
        try:
            return self._read(row, cells, record)
        except CellError as error:
            return Fault(row.line, error.column, error.value, error.reason, list(row.cells))

    def ticket_of(self, cells: Sequence[str]) -> str:
        """The id of the ticket that a row is about; nothing where it names none."""
        return self.columns.told(cells, EXTERNAL_ID)

    def leftovers(self, cells: Sequence[str]) -> dict[str, str]:
        """The columns that no field takes, where they hold something, and words that are none of ours."""
        cells = list(cells)
        found = self.columns.leftovers(cells)
        rules, places = self._map.rating, self.columns.rating
        if rules is not None and places:
            place, word = self.columns.first(cells, places[0])
            if word and read_rating(rules, word, "", "") is None:
                found[self.columns.names[place]] = word
        for name, words in self.unknown.items():
            place, cell = self.columns.first(cells, self.columns.fields[name])
            if cell in words:
                found[self.columns.names[place]] = cell
        return found

    def _read(self, row: Row, cells: Sequence[str], record: Mapping[str, Any] | None) -> ForeignRow:
        columns = self.columns
        _, external_id = columns.filled(cells, columns.fields[EXTERNAL_ID], "nothing tells the ticket")
        values = dict(self._fixed)
        for name, places, known, convert in self._readers:
            raw = cells[places[0]] if len(places) == 1 else tuple(cells[place] for place in places)
            if raw not in known:
                if len(known) > _REMEMBERED:
                    known.clear()
                known[raw] = convert(places, cells)
            values[name] = known[raw]
        values["subject"] = values.get("subject") or external_id
        times = self._times(cells)
        at = None
        if columns.at is not None:
            at = self._time(*columns.filled(cells, (columns.at,), "nothing tells when it happened"))
        if (customer_id := values.get("customer_id")) is not None and not values.get("organization_id"):
            values["organization_id"] = self._book.organization_of(customer_id)
        by = columns.cell(cells, columns.by) if columns.by is not None else ""
        found = ForeignRow(row.line, cells, external_id, values, times, at, by)
        if self._has_talk:
            found.messages = self.messages.read(self._about(found), cells, record)
        found.others = [(name, other) for name in self._links if (other := columns.told(cells, name))]
        found.also_id = columns.told(cells, ALSO_ID)
        if (rules := self._map.rating) is not None and columns.rating:
            found.rating = read_rating(rules, *(columns.cell_of(cells, places) for places in columns.rating))
        return found

    def _times(self, cells: Sequence[str]) -> dict[str, datetime]:
        times: dict[str, datetime] = {}
        for name, places in self._own_times:
            place, cell = self.columns.first(cells, places)
            if cell:
                times[name] = self._time(place, cell)
        solved, closed = times.get("solved_at"), times.get("closed_at")
        if self._map.file.late_solved_is_closed and solved and closed and solved > closed:
            self.late_solved += 1
            del times["solved_at"]
        return times

    def _about(self, row: ForeignRow) -> About:
        name, number = (self.columns.told(row.cells, field) for field in ("customer", "customer_id"))
        name = name or self.names.author(number) or self.columns.told(row.cells, "customer_email")
        also = self.columns.told(row.cells, ALSO_ID)
        return About(row.external_id, row.times.get("created_at"), normalise_name(name), number, also)

    def _make_readers(self) -> list[tuple[str, Places, dict[Any, Any], _Convert]]:
        """Column, its places in a row, what was read before, and what reads it."""
        makers: dict[str, Callable[[int, str], Any]] = {"queue": self._queue, "assignee": self._agent}
        makers |= {"organization": self._organization}
        makers |= {name: self._word_reader(name) for name in WORDS}
        makers |= dict.fromkeys(TEXTS[1:], self._text) | {TAGS: self._tags}
        makers |= {name: self._renamed_reader(name) for name in ("category", "waiting_for")}
        makers |= {name: self._iso for name in TIMES if name not in _OWN_TIMES}
        makers |= dict.fromkeys(NUMBERS, self._number)
        columns = {**COLUMN_OF, **{name: f"{name}_id" for name in ("queue", "assignee", "organization")}}
        fields = self.columns.fields
        readers: list[tuple[str, Places, dict[Any, Any], _Convert]] = [
            (columns.get(name, name), fields[name], {}, self._single(convert))
            for name, convert in makers.items()
            if name in fields
        ]
        if "subject" in fields:
            readers.append(("subject", fields["subject"], {}, self._subject))
        if any(name in fields for name in _CUSTOMER):
            places = [
                place for name in (*_CUSTOMER, "organization", _PHONE) for place in fields.get(name, ())
            ]
            readers.append(("customer_id", tuple(places), {}, self._customer))
        return readers

    def _single(self, convert: Callable[[int, str], Any]) -> _Convert:
        return lambda places, cells: convert(*self.columns.first(cells, places))

    def _make_fixed(self) -> dict[str, Any]:
        said = dict(self._map.constants)
        fixed: dict[str, Any] = {}
        for name, find in (
            ("queue", self._book.queue),
            ("assignee", self._book.agent),
            ("organization", self._book.organization),
            ("customer", self._book.customer),
        ):
            if name in said:
                fixed[f"{name}_id"] = find(said.pop(name))
        if TAGS in said:
            fixed[TAGS] = self._tags(0, said.pop(TAGS))
        return fixed | {COLUMN_OF.get(name, name): word for name, word in said.items()}

    def _word_reader(self, name: str) -> Callable[[int, str], Any]:
        allowed = words_of(name)
        meant = {word.replace("_", " "): word for word in allowed} | {word: word for word in allowed}
        meant |= self._map.words.get(name, {})
        other = meant.get(ANY_OTHER)

        def read(place: int, text: str) -> str | None:
            word = meant.get(fold_word(text))
            if word:
                return word
            if word == "" or (not text and name in OPTIONAL_WORDS):
                if text:  # it is none of ours, and stays with its ticket
                    self.unknown.setdefault(name, {})[text] = None
                return None
            if text and (
                other or name == _CODE
            ):  # how it was solved is the least of a ticket: no history is given up
                self.unknown.setdefault(name, {})[text] = None
                return other
            hint = f"say in [values.{name}] of the map which of {', '.join(allowed)} it is"
            raise CellError(
                self.columns.names[place], text, f"is not mapped; {hint}" if text else f"is empty; {hint}"
            )

        return read

    def _queue(self, place: int, text: str) -> int | None:
        return self._named(place, text, lambda: self.names.queue(text))

    def _agent(self, place: int, text: str) -> int | None:
        return self._named(place, text, lambda: self.names.agent(text))

    def _organization(self, place: int, text: str) -> int | None:
        return self._named(place, text, lambda: self.names.organization(text))

    def _named(self, place: int, text: str, find: Callable[[], int | None]) -> int | None:
        try:
            return find()
        except ForeignNameError as error:
            raise CellError(self.columns.names[place], text, str(error)) from None

    def _customer(self, places: Places, cells: Sequence[str]) -> int | None:
        email, name, number, company = (
            self.columns.told(cells, field) for field in (*_CUSTOMER, "organization")
        )
        phones = [
            cell for place in self.columns.fields.get(_PHONE, ()) if (cell := self.columns.cell(cells, place))
        ]
        return self._named(
            places[0],
            email or name or number,
            lambda: self.names.customer(name, email, number, self.names.organization(company), phones),
        )

    def _subject(self, places: Places, cells: Sequence[str]) -> str:
        parts = [normalise_name(self.columns.cell(cells, place)) for place in places]
        return " / ".join(part for part in parts if part)

    def _time(self, place: int, text: str) -> datetime:
        try:
            return self.times.read(text)
        except ForeignTimeError as error:
            raise CellError(self.columns.names[place], text, str(error)) from None

    def _iso(self, place: int, text: str) -> str | None:
        return to_iso(self._time(place, text)) if text else None

    def _text(self, _place: int, text: str) -> str:
        return normalise_name(text)

    def _renamed_reader(self, name: str) -> Callable[[int, str], str]:
        return lambda _place, text: normalise_name(self.names.renamed(name, text))

    def _tags(self, _place: int, text: str) -> list[str]:
        spaced = ",".join(text.split()) if self._map.file.spaced_tags else text
        marked = spaced.replace(JOIN, ",").replace(";", ",").replace("|", ",").split(",")
        return list(dict.fromkeys(tag for one in marked if (tag := "-".join(one.casefold().split()))))

    def _number(self, place: int, text: str) -> int:
        if not text:
            return 0
        if not (text.isascii() and text.isdigit()) or int(text[:12]) > MAX_NUMBER:
            raise CellError(self.columns.names[place], text, f"is no whole number up to {MAX_NUMBER:,}")
        return int(text)
