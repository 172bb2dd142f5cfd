"""JSON as a table: the first objects say which columns there are, and every later key is kept or told.

The last cell of each row is the object as it is written. A key that first comes up later is kept in the column
`other fields`; where it would have been more than that, a name or an address, its object is rejected: the file of
rejects begins with it, and is imported as it is.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final, TextIO

from agentdesk.transfer.contact_columns import ROLES, compact_name
from agentdesk.transfer.header import REJECT_COLUMNS, Header, fold_name, parse_header
from agentdesk.transfer.readers.json_flat import flatten
from agentdesk.transfer.readers.json_reader import LINES, LIST, MEMBER, OBJECTS, JsonReader
from agentdesk.transfer.readers.json_values import JsonRecord, read_object
from agentdesk.transfer.readers.sources import Source
from agentdesk.transfer.refusals import BrokenJsonError, FileRefusedError, NoObjectsError
from agentdesk.transfer.rejects import RejectsFile
from agentdesk.transfer.rows import Fault, Row

SUFFIX: Final = ".rejects.jsonl"
OTHERS: Final = "other fields"
FIRST_OBJECTS: Final = 2_000
"""Objects that say which columns there are."""
FIRST_TEXT: Final = 4 * 1024 * 1024
"""Characters of them."""

_SHOWN: Final = 8
"""Late keys that are told."""
_LONG: Final = 40
_RAW: Final = "raw"
_TOLD: Final = {
    LIST: "a JSON list",
    MEMBER: "a list in a JSON object",
    LINES: "JSON, one object a line",
    OBJECTS: "JSON objects",
}
_LINE_ENDS: Final = re.compile(r"\n\s*")


class JsonTable:
    """An open file of JSON as a table; see `table.AnyTable`."""

    delimiter = ""
    rejects_suffix = SUFFIX

    def __init__(self, source: Source, *, encoding: str | None = None, member: str | None = None) -> None:
        """Read the first objects.

        Args:
            source: the open bytes.
            encoding: codec, when the caller knows it.
            member: the key of the list, when an object holds several.

        Raises:
            FileRefusedError: one of its kinds, for encoding, emptiness or shape.
        """
        self._reader = JsonReader(source, encoding=encoding, member=member)
        self.encoding = self._reader.encoding
        self.notes = self._reader.notes
        self.notes.insert(0, f"Read as {_TOLD[self._reader.shape]}.")
        self._objects = map(_as_it_was, self._reader.objects())
        self._first = list(self._read_first())
        self._looked_at = len(self._first)
        names = self._names()
        if not names:
            raise self._nothing(source.label)
        self._places = {fold_name(name): place for place, name in enumerate(names)}
        self._has_more = (more := next(self._objects, None)) is not None
        if more is not None:
            self._first.append(more)
            names.append(OTHERS)
        self.header: Header = parse_header(
            source.label,
            names,
            is_guarded=False,
            may_be_rejects=False,  # each object says for itself
        )
        self._late: Counter[str] = Counter()

    def rows(self) -> Iterator[Row | Fault]:
        """Yield a row or a fault for every object, in order.

        Raises:
            FileRefusedError: the file as a whole cannot be read on.
        """
        for one in chain(self._first, self._objects):
            yield self._row(one) if isinstance(one, JsonRecord) else one
        if self._late:
            told = [f"{name[:_LONG]} ({times:,})" for name, times in self._late.most_common(_SHOWN)]
            more = f" and {len(self._late) - _SHOWN:,} more" if len(self._late) > _SHOWN else ""
            self.notes.append(
                f"Keys that come up only after the first {self._looked_at:,} objects are kept as {OTHERS!r}, with how often: "
                f"{', '.join(told)}{more}."
            )

    def know_lists(self, names: Iterable[str]) -> None:
        """Say which other lists of the file somebody else has read."""
        self._reader.know_lists(names)

    def rejects(self, path: Path) -> RejectsFile:
        """Return the file that takes rejected objects, one a line."""
        return JsonRejects(path, self.header, delimiter="", encoding=self.encoding)

    def _read_first(self) -> Iterator[JsonRecord | Fault]:
        size = 0
        for count, one in enumerate(self._objects, start=1):
            yield one
            size += len(one.text if isinstance(one, JsonRecord) else one.raw or "")
            if count >= FIRST_OBJECTS or size >= FIRST_TEXT:
                return

    def _nothing(self, label: str) -> FileRefusedError:
        """Why there is no column at all."""
        fault = next((one for one in self._first if isinstance(one, Fault)), None)
        if fault is None:
            return NoObjectsError(label, "no object with a key")
        return BrokenJsonError(label, fault.line, f"no object can be read, the first one {fault.message}")

    def _names(self) -> list[str]:
        """The keys of the first objects; those that differ in case only are one."""
        names: dict[str, str] = {}
        for one in self._first:
            if isinstance(one, JsonRecord):
                for name in flatten(one.value):
                    names.setdefault(fold_name(name), name)
        return list(names.values())

    def _row(self, record: JsonRecord) -> Row | Fault:
        cells = [""] * len(self.header.names)
        late: dict[str, str] = {}
        for name, text in flatten(record.value).items():
            place = self._places.get(fold_name(name), -1)
            if place < 0:
                late[name] = text
            elif cells[place]:
                return Fault(record.line, name, text, "is there twice in one object", raw=record.text)
            else:
                cells[place] = text
        if late := {name: text for name, text in late.items() if text}:
            if known := next((name for name in late if compact_name(name) in ROLES), None):
                reason = (
                    f"is a key that comes up only after the first {self._looked_at:,} objects; import the rejected ones by "
                    "themselves, and it is among the first"
                )
                return Fault(record.line, known, late[known], reason, raw=record.text)
            self._late.update(late.keys())
            cells[-1] = json.dumps(late, ensure_ascii=False)
        cells.append(record.text)
        return Row(record.line, cells)


def _as_it_was(found: JsonRecord | Fault) -> JsonRecord | Fault:
    """Take back what a file of rejects adds: its two keys, or the whole object around a text that was none."""
    if isinstance(found, Fault) or tuple(found.value)[-2:] != REJECT_COLUMNS:
        return found
    value = {key: inner for key, inner in found.value.items() if key not in REJECT_COLUMNS}
    if tuple(value) == (_RAW,) and isinstance(value[_RAW], str):
        return read_object(found.line, value[_RAW])
    return JsonRecord(found.line, value, json.dumps(value, ensure_ascii=False))


class JsonRejects(RejectsFile):
    """Writes one object a line: the rejected one with `line` and `error`, or its text as `raw` where it is none."""

    def begin(self, file: TextIO) -> None:
        """Nothing stands before the first object."""

    def put(self, file: TextIO, fault: Fault) -> None:
        """Write one object with its line and its reason."""
        told = json.dumps(
            dict(zip(REJECT_COLUMNS, (fault.line, fault.message), strict=True)), ensure_ascii=False
        )
        text = fault.cells[-1] if fault.cells else fault.raw or ""
        if not isinstance(read_object(1, text), JsonRecord):
            text = json.dumps({_RAW: text}, ensure_ascii=False)
        body = _LINE_ENDS.sub(" ", text.strip()).removesuffix("}").rstrip()
        file.write(f"{body}{'' if body == '{' else ', '}{told[1:]}\n")
