"""One row of a file as our columns, by a map; or a fault that says why not. Names are not looked up here."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final
from zoneinfo import ZoneInfo

from agentdesk.transfer.foreign_time import TimeReader
from agentdesk.transfer.header import Header
from agentdesk.transfer.maps.fields import fold_word
from agentdesk.transfer.maps.look import fitting_dates
from agentdesk.transfer.maps.toml import MapError
from agentdesk.transfer.records import cells as reading
from agentdesk.transfer.records.kind import EXTERNAL_ID, EXTRA, CellError, Field, Kind, Told, Ways
from agentdesk.transfer.records.mapping import RecordMap, place_of
from agentdesk.transfer.rows import SHOWN, Fault, Row, all_of

WHO: Final = ("customer_id", "customer_email", "customer_phone", "customer")
TICKET: Final = "ticket"
_NUL: Final = "\0"
_WORDS: Final = 8
"""Words of the other system that are told."""
_COUNTED: Final = 1000
"""Words that are counted; where there are more they are no words but texts."""
_LISTED: Final = 50
"""Dates that are looked at to say how they may be written."""


@dataclass(slots=True)
class Record:
    """One row.

    Attributes:
        line: physical line where it begins.
        cells: as read.
        values: our columns; None where a cell was empty, no key where no column is mapped.
        names: what it says of people and tickets, by field; those that are empty are left out.
        extra: columns that no field takes.
    """

    line: int
    cells: Sequence[str]
    values: Told
    names: dict[str, str]
    extra: dict[str, Any] = field(default_factory=dict)

    def fault(self, reason: str, column: str = "", value: str = "") -> Fault:
        """This row as one that is not taken."""
        return Fault(self.line, column, value, reason, list(self.cells))


@dataclass(frozen=True, slots=True)
class _Mapped:
    """A field and where it stands: the columns, or what it is in every row."""

    field: Field
    places: tuple[int, ...]
    fixed: Any
    words: dict[str, str]


class RecordReader:
    """Reads the rows of one file."""

    def __init__(self, kind: Kind, rules: RecordMap, header: Header) -> None:
        """Find the columns of the map in the header.

        Raises:
            MapError: the file has no such column, or what is said for every row cannot be read.
        """
        self._kind, self._rules, self._header = kind, rules, header
        times = rules.file.times()
        self._ways = Ways(times, rules.decimal, rules.file.dates == "iso")
        self._mapped = [
            self._map(one) for one in kind.fields if one.name in {*rules.columns, *rules.constants}
        ]
        used = {place for one in self._mapped for place in one.places}
        ignored = {place_of(rules, header, "[file] ignore", column) for column in rules.file.ignore}
        self._extra = [
            (place, name)
            for place, name in enumerate(header.names)
            if name and place not in used and place not in ignored
        ]
        self._undated: dict[str, dict[str, None]] = {}
        self._dated: set[str] = set()
        self._kept: Counter[tuple[str, str]] = Counter()

    @property
    def times(self) -> TimeReader:
        """What reads the instants."""
        return self._ways.times

    def column(self, name: str) -> str:
        """How the file calls a field; the field itself where no column is it."""
        return self._rules.columns.get(name, (name,))[0]

    def read(self, row: Row) -> Record | Fault:
        """The row in our terms, or what is wrong with it."""
        told: Told = {}
        written: dict[str, str] = {}
        cells = row.cells[: len(self._header.names)]
        wrong: list[CellError] = []
        for one in self._mapped:
            name = one.field.name
            try:
                written[name], told[name] = self._value(one, cells)
            except CellError as error:
                wrong.append(error)
        if not wrong:
            try:
                told = self._kind.finish(told)
            except CellError as error:
                wrong.append(error)
        if wrong:
            return all_of([self._fault(row, error, written.get(error.field, "")) for error in wrong])
        if _NUL in "".join(cells):
            return Fault(row.line, "", "", "holds a NUL character", list(row.cells))
        names = {one: told.pop(one) for one in (*WHO, TICKET, *self._kind.people) if one in told}
        if not told.get(EXTERNAL_ID) and not self._kind.natural:
            told[EXTERNAL_ID] = _fingerprint(cells)
        extra = self._leftovers(cells)
        return Record(row.line, row.cells, told, {name: said for name, said in names.items() if said}, extra)

    def kept_words(self) -> Iterator[str]:
        """What to say of words of the other system that no map says in ours, the most frequent first."""
        for name in dict.fromkeys(name for name, _ in self._kept):
            words = [(word, times) for (owner, word), times in self._kept.most_common() if owner == name]
            shown = ", ".join(f"{word[:SHOWN]!r} ({times:,})" for word, times in words[:_WORDS])
            more = f" and {len(words) - _WORDS:,} more" if len(words) > _WORDS else ""
            yield (
                f"{self.column(name)} keeps the words of the file: {shown}{more}; "
                f"[values.{name}] of a map puts them in yours."
            )

    def refuse_undated(self) -> None:
        """Refuse the file where nobody said how dates are written, and those of a column are never ISO.

        Raises:
            MapError: it names the ways that fit.
        """
        for name in set(self._undated) - self._dated:
            values = list(self._undated[name])
            fitting = [f"dates = {written!r}" for written in fitting_dates(values) if written != "iso"]
            shown = f"the column {self.column(name)!r} holds dates such as {values[0][:SHOWN]!r}"
            if not fitting:
                raise MapError(self._header.label, "", f"{shown}, which are not ISO 8601", _HOW)
            why = "only you can know which it is" if len(fitting) > 1 else "nobody has said so"
            raise MapError(self._header.label, "", f"{shown}: {' or '.join(fitting)} fits, and {why}", _HOW)

    def _fault(self, row: Row, error: CellError, written: str) -> Fault:
        column = self.column(error.field)
        return Fault(row.line, column, error.value or written, error.reason, list(row.cells))

    def _map(self, one: Field) -> _Mapped:
        rules, where = self._rules, f"[{self._kind.noun}] {one.name}"
        words = {fold_word(word.replace("_", " ")): word for word in one.words}
        words |= {fold_word(word): word for word in one.words} | dict(one.means) if one.words else {}
        words |= rules.words.get(one.name, {})
        if one.name in rules.columns:
            columns = rules.columns[one.name]
            return _Mapped(
                one, tuple(place_of(rules, self._header, where, column) for column in columns), None, words
            )
        try:
            fixed = one.read(
                rules.constants[one.name], Ways(TimeReader("iso", ZoneInfo(rules.file.zone)), rules.decimal)
            )
        except CellError as error:
            raise MapError(rules.label, where, f"{rules.constants[one.name]!r} {error.reason}") from None
        return _Mapped(one, (), fixed, words)

    def _cell(self, cells: Sequence[str], place: int) -> str:
        cell = cells[place].strip()
        return "" if cell in self._rules.file.empty else cell.translate(_SAFE)

    def _value(self, one: _Mapped, cells: Sequence[str]) -> tuple[str, Any]:
        """The cell and its value, None where it is empty."""
        if not one.places:
            return "", one.fixed
        name = one.field.name
        parts = [cell for place in one.places if (cell := self._cell(cells, place))]
        cell = one.field.joins.join(parts) if len(parts) > 1 else "".join(parts)
        said = self._meant(one, cell)
        if not said:
            if one.field.is_needed:
                raise CellError("is empty", name)
            return cell, None
        try:
            value = one.field.read(said, self._ways)
        except CellError as error:
            if one.field.read is reading.instant:
                self._note_undated(name, cell)
            raise CellError(error.reason, name, cell) from None
        if one.field.read is reading.instant:
            self._dated.add(name)
        return cell, value

    def _meant(self, one: _Mapped, cell: str) -> str:
        """What a cell stands for by the words of the map."""
        if one.field.is_told and cell and fold_word(cell) not in one.words:
            key = one.field.name, cell
            if key in self._kept or len(self._kept) < _COUNTED:
                self._kept[key] += 1
        if not one.words or not (cell or "" in one.words):
            return cell
        word = one.words.get(fold_word(cell))
        if word is None and one.field.words:
            allowed = ", ".join(one.field.words)
            raise CellError(
                f"is not mapped; say in [values.{one.field.name}] of a map which of {allowed} it is",
                one.field.name,
                cell,
            )
        return cell if word is None else word

    def _leftovers(self, cells: Sequence[str]) -> dict[str, Any]:
        """The columns that no field takes; one called `extra` that holds an object, as an export has it, is that."""
        found: dict[str, Any] = {
            name: cell for place, name in self._extra if (cell := self._cell(cells, place))
        }
        if found.get(EXTRA, "").startswith("{"):
            with suppress(ValueError, RecursionError):
                held = json.loads(found[EXTRA], parse_constant=_refuse)
                del found[EXTRA]
                found |= held
        return found

    def _note_undated(self, name: str, cell: str) -> None:
        if not self._rules.is_dated and len(found := self._undated.setdefault(name, {})) < _LISTED:
            found[cell] = None


_HOW: Final = "Draft a map with --write-map FILE.toml, say in [file] how dates are written, and import with --map FILE.toml."
_SAFE: Final = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def _refuse(word: str) -> Any:
    """`NaN` and its like are no JSON."""
    raise ValueError(word)


def _fingerprint(cells: Sequence[str]) -> str:
    """An id for a row that has none: the same cells are the same row."""
    told = "\x1f".join(cell.strip() for cell in cells).encode("utf-8", "surrogatepass")
    return f"row:{blake2b(told, digest_size=12).hexdigest()}"
