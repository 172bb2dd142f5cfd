"""The values of a JSON list, one by one: a broken one costs itself, and reading goes on behind its last bracket."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from agentdesk.transfer.readers.json_text import JsonText
from agentdesk.transfer.readers.json_values import (
    MAX_DEPTH,
    MAX_OBJECT,
    JsonRecord,
    RefusedValueError,
    checked,
    find_end,
    raw_value,
    read_object,
    refused,
)
from agentdesk.transfer.refusals import BrokenJsonError
from agentdesk.transfer.rows import Fault, ItemLine

_WORD: Final = re.compile(r'(?:"(?:[^"\\\n]|\\.)*"?|[^,\[\]{}\n"])+')
_TOO_LONG: Final = f"an object goes on for more than {MAX_OBJECT:,} characters"


class JsonList:
    """Reads lists from a text.

    Attributes:
        notes: what a user may want to hear; grows while lists are read.
    """

    def __init__(self, label: str, text: JsonText) -> None:
        """Read from where `text` stands.

        Args:
            label: how messages name the file.
            text: shared with whoever reads what stands around the list.
        """
        self._label = label
        self._text = text
        self._is_odd = False
        self.notes: list[str] = []

    def elements(self, closing: str) -> Iterator[JsonRecord | Fault]:
        """Yield what stands before a bracket, and pass it.

        Args:
            closing: `]`, or nothing for objects that follow each other up to the end of the file.
        """
        text = self._text
        commas = wanted = item = 0
        before = text.line if closing else 0
        while (char := text.skip_blanks()) and char != closing:
            if char == ",":
                commas += 1
                text.pass_to(text.at + 1)
                continue
            self._expect_commas(wanted, commas)
            commas, wanted = 0, 1 if closing else 0
            item += 1
            line = text.line
            yield self._element(ItemLine(line, item) if line == before else line)
            before = line
        self._expect_commas(0, commas)
        if char:
            text.pass_to(text.at + 1)
        elif closing:
            self.notes.append("The file ends before its list does: it may have been cut off.")

    def value(self) -> Any:
        """Return the value that begins here, whatever it is.

        Raises:
            BrokenJsonError: it cannot be read.
        """
        text = self._text
        while True:
            try:
                value, end = raw_value(text.text, text.at)
            except RefusedValueError as error:
                raise BrokenJsonError(
                    self._label, text.line, f"{error.key or error.value!r} {error}"
                ) from None
            except RecursionError:
                raise BrokenJsonError(
                    self._label, text.line, f"it is nested deeper than {MAX_DEPTH}"
                ) from None
            except json.JSONDecodeError as error:
                if text.left > MAX_OBJECT:
                    raise BrokenJsonError(self._label, text.line, _TOO_LONG) from None
                if not text.more():
                    line = text.line + text.text.count("\n", text.at, error.pos)
                    reason = f"this is no JSON ({error.msg[0].lower()}{error.msg[1:]})"
                    raise BrokenJsonError(self._label, line, reason) from None
            else:
                if end < len(text.text) or not text.more():  # a number may go on
                    text.pass_to(end)
                    return value

    def _element(self, line: int) -> JsonRecord | Fault:
        text = self._text
        while True:
            try:
                value, end = raw_value(text.text, text.at)
            except (ValueError, RecursionError) as error:
                if found := self._broken(line, error):
                    return found
            else:
                if end < len(text.text) or not text.more():
                    return checked(line, value, text.pass_to(end))

    def _broken(self, line: int, error: Exception) -> JsonRecord | Fault | None:
        """What comes of a value that is all there by its brackets; `None` when more of it was brought in first."""
        text = self._text
        end = self._end()
        if end < 0:
            if text.left > MAX_OBJECT:
                raise BrokenJsonError(self._label, line, _TOO_LONG)
            if text.more():
                return None
            end = len(text.text)
        passed = text.pass_to(end)
        if isinstance(error, (RefusedValueError, RecursionError)):
            return refused(line, passed, error)
        return read_object(line, passed)

    def _end(self) -> int:
        """Where what begins here ends: behind its last bracket, or before whatever ends a word."""
        text = self._text
        if text.text[text.at] in "[{":
            return find_end(text.text, text.at)
        match = _WORD.match(text.text, text.at)
        end = match.end() if match else text.at + 1  # a bracket that closes nothing
        return end if end < len(text.text) else -1

    def _expect_commas(self, wanted: int, found: int) -> None:
        if wanted != found and not self._is_odd:
            self._is_odd = True
            self.notes.append(
                f"Line {self._text.line}: the list has a comma too many or too few; its objects were read."
            )
