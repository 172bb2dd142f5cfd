"""JSON and JSONL, object by object: a list, a list inside an object such as `{"users": [...]}`, or one object a line.

Every object becomes a `JsonRecord` or a `Fault`, and a broken one costs no other. Memory does not grow with the file:
only what stands around a list, and one object at a time, is held.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from agentdesk.transfer.readers.encodings import find_encoding
from agentdesk.transfer.readers.file_kinds import JSON
from agentdesk.transfer.readers.json_list import JsonList
from agentdesk.transfer.readers.json_text import JsonText
from agentdesk.transfer.readers.json_values import MAX_OBJECT, JsonRecord, find_end, raw_value, read_object
from agentdesk.transfer.readers.sources import Source
from agentdesk.transfer.readers.text_lines import MAX_LINE
from agentdesk.transfer.refusals import (
    BrokenJsonError,
    EmptyFileError,
    LineTooLongError,
    NoMemberError,
    NoObjectsError,
)
from agentdesk.transfer.rows import Fault

LIST: Final = "list"
MEMBER: Final = "list in an object"
LINES: Final = "objects in lines"
OBJECTS: Final = "objects"

_LOOKED_AT: Final = 20
"""Lines that tell one object a line from anything else."""
_OF_A_RECORD: Final = frozenset({"id", "email", "subject"})
"""Keys that what stands around a list has not."""
_OF_PAGES: Final = frozenset({"meta", "links", "_links", "paging", "pagination"})
_OPENS_LIST: Final = re.compile(
    r'\{(?:\s*"[^"\n]*"\s*:\s*(?:"[^"\n]*"|[-\w.]+)\s*,)*\s*"[^"\n]*"\s*:\s*\[\s*\{'
)


class JsonReader:
    """An open file of JSON: its shape is known, its objects are to be iterated once.

    Attributes:
        encoding: the codec in use.
        shape: `LIST`, `MEMBER`, `LINES` or `OBJECTS` (one, or several that follow each other).
        notes: what a user may want to hear about the file as a whole; complete once the objects are read.
    """

    def __init__(self, source: Source, *, encoding: str | None = None, member: str | None = None) -> None:
        """Look at the first bytes.

        Args:
            source: the open bytes.
            encoding: codec, when the caller knows it.
            member: the key of the list, when an object holds several.

        Raises:
            FileRefusedError: one of its kinds, for encoding, emptiness or shape.
        """
        self._label = source.label
        verdict = find_encoding(
            source.label, source.head, encoding or _unmarked_wide(source.head), structure=JSON
        )
        self.encoding = verdict.name
        self._text = JsonText(source, verdict)
        self._list = JsonList(source.label, self._text)
        self.notes = self._list.notes
        if verdict.note:
            self.notes.append(verdict.note)
        self._member = member
        self._others: list[str] = []
        self._known: frozenset[str] = frozenset()
        self._others_told = ""
        self._marks_damage = verdict.errors == "replace"
        self.shape = self._find_shape()

    def objects(self) -> Iterator[JsonRecord | Fault]:
        """Yield a record or a fault for every object, in order.

        Raises:
            FileRefusedError: the file cannot be read on.
        """
        for found in self._objects():
            if self._marks_damage and isinstance(found, JsonRecord) and "\ufffd" in found.text:
                yield Fault(found.line, "", "", f"cannot be read as {self.encoding}", raw=found.text)
            else:
                yield found

    def _objects(self) -> Iterator[JsonRecord | Fault]:
        if self.shape == LINES:
            yield from self._lines()
        elif self.shape == OBJECTS:
            yield from self._list.elements("")
        else:
            self._text.pass_to(self._text.at + 1)
            yield from self._around() if self.shape == MEMBER else self._list.elements("]")
            yield from self._rest()

    def _find_shape(self) -> str:
        text = self._text
        first = text.skip_blanks()
        if not first:
            raise EmptyFileError(self._label)
        if first == "[":
            return LIST
        if first != "{":
            raise NoObjectsError(self._label, "something else")
        while text.left < MAX_OBJECT and text.more():
            pass
        if self._member is not None:
            return MEMBER
        return LINES if _has_lines(text.text[text.at :]) else self._shape_of_object()

    def _shape_of_object(self) -> str:
        text = self._text
        try:
            value, end = raw_value(text.text, text.at)
        except (ValueError, RecursionError):
            is_open = find_end(text.text, text.at) < 0 and text.left >= MAX_OBJECT
            return MEMBER if is_open or _OPENS_LIST.match(text.text, text.at) else OBJECTS
        if text.text[end:].strip():
            return OBJECTS
        if value and all(isinstance(one, dict) and one for one in value.values()):
            raise NoObjectsError(self._label, f"an object in {next(iter(value))[:60]!r}")
        return MEMBER if _is_around(value) else OBJECTS

    def _lines(self) -> Iterator[JsonRecord | Fault]:
        text = self._text
        while True:
            end = text.text.find("\n", text.at)
            if end < 0:
                if text.left > MAX_LINE:
                    raise LineTooLongError(self._label, text.line, MAX_LINE)
                if text.more():
                    continue
            line = text.line
            passed = text.pass_to(end + 1 if end >= 0 else len(text.text)).strip(" \t\n\ufeff\x1a")
            if passed:
                yield read_object(line, passed)
            if end < 0:
                return

    def _around(self) -> Iterator[JsonRecord | Fault]:
        """Yield the objects of the list inside an object."""
        text = self._text
        others: list[str] = []
        is_found = False
        while (char := text.skip_blanks()) != "}":
            if char == ",":
                text.pass_to(text.at + 1)
                continue
            key = self._key()
            is_list = text.skip_blanks() == "[" and self._begins_objects()
            is_wanted = is_list and not is_found and self._member in {None, key}
            if is_list:
                text.pass_to(text.at + 1)
                yield from (one for one in self._list.elements("]") if is_wanted)
                if not text.skip_blanks():  # cut off, and told so
                    return
            else:
                self._list.value()
            is_found = is_found or is_wanted
            if is_list and not is_wanted:
                others.append(key)
        text.pass_to(text.at + 1)
        self._tell_others(others, is_found=is_found)

    def _tell_others(self, others: list[str], *, is_found: bool) -> None:
        if not is_found and self._member is not None:
            raise NoMemberError(self._label, self._member, others)
        if not is_found:
            raise NoObjectsError(self._label, "no list")
        self._others = others
        self._note_others()

    def know_lists(self, names: Iterable[str]) -> None:
        """Say which other lists of the file somebody else has read."""
        self._known = frozenset(names)
        self._note_others()

    def _note_others(self) -> None:
        """Let the note name the lists that nobody reads; small files were read to their end before somebody did."""
        if self._others_told in self.notes:
            self.notes.remove(self._others_told)
        if names := ", ".join(repr(name[:60]) for name in self._others if name not in self._known):
            self._others_told = f"The file also holds {names}, not read: --member names the list to read."
            self.notes.append(self._others_told)

    def _key(self) -> str:
        key: Any = self._list.value()
        if not isinstance(key, str) or self._text.skip_blanks() != ":":
            raise BrokenJsonError(self._label, self._text.line, "a key and a colon are expected here")
        self._text.pass_to(self._text.at + 1)
        return key

    def _begins_objects(self) -> bool:
        """Whether the list that begins here holds objects, or nothing."""
        text = self._text
        while True:
            inner = text.text[text.at + 1 : text.at + 4096].lstrip()[:1]
            if inner or not text.more():
                return inner in {"{", "]"}

    def _rest(self) -> Iterator[Fault]:
        """What stands behind the end is one fault."""
        text = self._text
        if not text.skip_blanks():
            return
        line = text.line
        while text.left <= MAX_OBJECT and text.more():
            pass
        if text.left > MAX_OBJECT:
            raise BrokenJsonError(self._label, line, "there is more text after the end of the list")
        raw = text.pass_to(len(text.text)).rstrip()
        yield Fault(line, "", "", "stands after the end of the list", raw=raw)


def _has_lines(text: str) -> bool:
    """Whether most of the first lines are objects by themselves."""
    lines = [line.strip() for line in text.split("\n", 4 * _LOOKED_AT) if line.strip()][:_LOOKED_AT]
    alike = sum(line.startswith("{") and line.endswith("}") for line in lines)
    return len(lines) > 1 and 2 * alike >= len(lines)


def _is_around(value: dict[str, Any]) -> bool:
    """Whether an object is only what stands around a list of objects."""
    has_list = any(isinstance(one, list) and _holds_objects(one) for one in value.values())
    is_record = any(isinstance(one, dict) and key not in _OF_PAGES for key, one in value.items())
    return has_list and not is_record and not _OF_A_RECORD & value.keys()


def _holds_objects(value: list[Any]) -> bool:
    return all(isinstance(one, dict) for one in value)


def _unmarked_wide(head: bytes) -> str | None:
    """JSON begins with a plain character, so that its zero bytes tell which of the wide encodings it is in."""
    return {b"{\0": "utf-16-le", b"[\0": "utf-16-le", b"\0{": "utf-16-be", b"\0[": "utf-16-be"}.get(head[:2])
