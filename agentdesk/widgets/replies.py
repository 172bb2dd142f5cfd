"""What a terminal answers to a question nobody here asked is not typing: it is dropped before it becomes keys.

Textual hands on a reply it does not know character by character, so the title a stranger chose, or the `m` at the end
of a status report, would press keys. Law: `heard` drops whole replies only; keys, mouse, paste and the reports that
Textual asks for pass.
"""

import codecs
import re
import sys
import time
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.message import Message

HANGUP = 129
"""The exit code of a program whose terminal has gone: 128 and the number of SIGHUP."""
PATIENCE = 0.2
"""Seconds in which the rest of a reply may come; then it was somebody's alt key after all."""
LONGEST = 1 << 16
"""Characters after which a reply that does not end is believed no more."""
_STRING = r"\x1b[\]PX^_][^\x07\x1b\x18\x1a]*(?:\x07|\x1b\\)"
# Device attributes, status, settings, size and colour reports. Kept: `?2026;2$y` and `48;...t`, which Textual asked for.
_REPORT = r"\x1b\[(?:[?>=][\d;:]*(?:\$(?!y))?[@-Z\\^-xz-~]|[\d;]*[cnx]|(?!48;)[\d;]*t)"
_REPLY = re.compile(f"{_STRING}|{_REPORT}")
_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"
_CUT_OFF = "escape-before-escape"
_STYLE = re.compile(r"\x1b(?:\[[\d;:?<=>]*[ -/]*[@-~]?)?")
_STYLE_BEGUN = re.compile(r"\x1b(?:\[[\d;:?<=>]*[ -/]*)?\Z")
_OPEN = re.compile(r"\x1b(?:[\]PX^_][^\x07\x1b\x18\x1a]+\x1b?|\[[?>=][\d;:$]*)\Z")


class ReplyFilter:
    """Drops replies from what is read, also those that come in two pieces."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held = ""
        self._since = 0.0

    def heard(self, data: str) -> str:
        """What was read, without the replies."""
        if self._held and (self._clock() - self._since > PATIENCE or len(self._held) > LONGEST):
            self._held = ""  # the beginning of a reply is never handed on as keys
        if "\x1b" not in data and not self._held:
            return data
        data = _REPLY.sub("", self._held + data)
        self._held = ""
        if unfinished := _OPEN.search(data):
            self._held, self._since = unfinished[0], self._clock()
            data = data[: unfinished.start()]
        return data


class PlainPaste:
    """Takes colours and other escapes out of what is pasted: Textual makes keys of them, and of all that follows."""

    def __init__(self) -> None:
        self._is_inside = False
        self._before = ""
        self._held = ""

    def heard(self, data: str) -> str:
        """What was read, without them; a paste may come in any pieces."""
        data, self._held, passed = self._held + data, "", ""
        while data:
            some, data = self._inside(data) if self._is_inside else self._outside(data)
            passed += some
        return passed

    def _outside(self, data: str) -> tuple[str, str]:
        seen = self._before + data
        at = seen.find(_PASTE)
        if at < 0:
            self._before = seen[1 - len(_PASTE) :]
            return data, ""
        begins = at + len(_PASTE) - len(self._before)
        self._is_inside, self._before = True, ""
        return data[:begins], data[begins:]

    def _inside(self, data: str) -> tuple[str, str]:
        pasted, end, rest = data.partition(_PASTED)
        self._is_inside = not end
        if not end and (begun := _STYLE_BEGUN.search(pasted)):
            self._held, pasted = begun[0], pasted[: begun.start()]
        return _STYLE.sub("", pasted) + end, rest


class DeafParser(XTermParser):
    """Textual's parser behind a `ReplyFilter`, with pastes that are plain text."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._filter = ReplyFilter()
        self._pasted = PlainPaste()

    def feed(self, data: str) -> Iterable[Message]:
        """Parse what was typed; the empty text is the end of the input."""
        heard = self._pasted.heard(self._filter.heard(data))
        return _with_escapes(super().feed(heard) if heard or not data else ())

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        """Escape and a sign that is no letter are two keys: Textual forgets the escape, or makes another sign of both.

        What it names `alt+j` the app takes apart, unless that is bound. Where another escape follows it makes a `^` of the
        first one; by a name of our own that is known again.
        """
        if sequence == "\x1b":
            yield events.Key(_CUT_OFF, sequence)
            return
        if len(sequence) == len("\x1b1") and sequence[0] == "\x1b" and sequence[1] in "0123456789-=":
            sequence, alt = sequence[1:], True
        found = list(super()._sequence_to_key_events(sequence, alt))
        if alt and found and not found[0].key.startswith("alt+"):
            yield events.Key("escape", "\x1b")
        yield from found


def _with_escapes(found: Iterable[Message]) -> Iterable[Message]:
    """The keys, with the escapes that another escape cut off: with a letter they are an alt key, as without the other one."""
    is_cut_off = False
    for one in found:
        if not is_cut_off:
            is_cut_off = isinstance(one, events.Key) and one.key == _CUT_OFF
            if not is_cut_off:
                yield one
            continue
        is_cut_off = False
        if isinstance(one, events.Key) and len(one.key) == 1:
            name = f"shift+{one.key.lower()}" if one.key.isupper() else one.key
            yield events.Key(f"alt+{name}", one.character)
        else:
            yield events.Key("escape", "\x1b")
            yield one


@lru_cache(maxsize=4)
def deaf(driver: type[Driver]) -> type[Driver]:
    """The same driver, deaf to replies nobody asked for; a byte that is no text does not end it, a lost terminal does.

    The app leaves in order (`leave_in_order`) with the code of a hangup once nothing can be typed any more.
    """
    # A driver makes parser and decoder inside the thread that reads, by these names and without a way to say which.
    module = next((sys.modules[one.__module__] for one in driver.__mro__ if _has_parser(one)), None)
    if module is None:
        return driver
    module.XTermParser = DeafParser  # type: ignore[attr-defined]
    if not hasattr(driver, "run_input_thread"):  # Windows reads in another way
        return driver
    module.getincrementaldecoder = _patient_decoder  # type: ignore[attr-defined]

    class Attentive(driver):  # type: ignore[misc, valid-type]  # the driver is the platform's
        def run_input_thread(self) -> None:
            """Read until the program or the terminal ends."""
            try:
                super().run_input_thread()
                is_lost = not self.exit_event.is_set()  # a browser's input just ends
            except (EOFError, OSError):
                is_lost = True
            if is_lost:
                self._app.call_later(self._app.leave_in_order, HANGUP)

        def write(self, data: str) -> None:
            """Write, unless nobody reads any more: what a dead writer is given fills its queue and stops everything."""
            writer = getattr(self, "_writer_thread", None)  # a browser's has none
            if writer is None or writer.is_alive():
                super().write(data)

    return Attentive


def _patient_decoder(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    """A decoder that shows U+FFFD for what it cannot read, where Textual's own would end the console.

    A terminal that is ready and has nothing to read is gone: Textual would ask it again and again.
    """

    class Patient(codecs.getincrementaldecoder(encoding)):  # type: ignore[misc]  # a class made by name
        def decode(self, data: Any, final: bool = False) -> str:
            if not data and not final:
                raise EOFError
            return str(super().decode(data, final))

    return partial(Patient, "replace")


def _has_parser(kind: type[Any]) -> bool:
    return hasattr(sys.modules[kind.__module__], "XTermParser")
