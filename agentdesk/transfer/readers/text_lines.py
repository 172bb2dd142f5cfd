"""Bytes become physical lines, in blocks, in constant memory.

A line ends at CR, LF or CRLF and at nothing else, as an editor counts. Line ends are kept. Bytes that cannot be
decoded are kept too, and the block that holds them says so.
"""

import codecs
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from agentdesk.transfer.readers.encodings import Encoding
from agentdesk.transfer.refusals import LineTooLongError

MAX_LINE: Final = 10_000_000
"""Characters after which a line without an end is given up."""
DAMAGE: Final = re.compile("[\udc80-\udcff]")
"""A byte that could not be decoded, kept by the `surrogateescape` handler."""
_WIDE_DAMAGE: Final = re.compile("\N{REPLACEMENT CHARACTER}")
_CTRL_Z: Final = "\x1a"


@dataclass(frozen=True, slots=True)
class Block:
    """Some whole lines.

    Attributes:
        lines: the lines with their ends; only the last of the file may lack one.
        is_suspect: some line holds an undecodable byte or a NUL, so its row has to be looked at.
    """

    lines: list[str]
    is_suspect: bool


class TextLines:
    """The lines of a file, to be iterated once.

    Attributes:
        damage: what an undecodable byte looks like in the text.
        had_ctrl_z: the end-of-file mark of old systems closed the text and was dropped.
    """

    def __init__(self, label: str, chunks: Iterable[bytes], encoding: Encoding) -> None:
        self._label = label
        self._chunks = chunks
        codec = codecs.getincrementaldecoder(encoding.name)
        self._strict = codec("strict")
        self._loose = codec(encoding.errors)
        self.damage = _WIDE_DAMAGE if encoding.errors == "replace" else DAMAGE
        self.had_ctrl_z = False
        self._is_damaged = False

    def __iter__(self) -> Iterator[Block]:
        """Yield the lines, block by block.

        Raises:
            LineTooLongError: a line passes `MAX_LINE` characters.
        """
        rest, done, is_first = "", 0, True
        for chunk in self._chunks:
            text = self._decode(chunk)
            if is_first and text:
                text, is_first = text.removeprefix("\ufeff"), False
            rest += text
            # A CR at the very end may be the first half of a CRLF.
            cut = max(rest.rfind("\n"), rest.rfind("\r", 0, -1)) + 1
            if cut:
                block = self._block(rest[:cut])
                done += len(block.lines)
                yield block
                rest = rest[cut:]
            if len(rest) > MAX_LINE:
                raise LineTooLongError(self._label, done + 1, MAX_LINE)
        rest += self._decode(b"", final=True)
        if rest.endswith(_CTRL_Z):
            self.had_ctrl_z = True
            rest = rest.rstrip(_CTRL_Z)
        if rest:
            yield self._block(rest)

    def _decode(self, chunk: bytes, *, final: bool = False) -> str:
        state = self._strict.getstate()
        try:
            return self._strict.decode(chunk, final)
        except UnicodeDecodeError:
            self._is_damaged = True
            self._loose.setstate(state)
            text = self._loose.decode(chunk, final)
            self._strict.setstate(self._loose.getstate())
            return text

    def _block(self, text: str) -> Block:
        lines = list(io.StringIO(text, newline=""))
        is_damaged = self._is_damaged and self.damage.search(text) is not None
        return Block(lines, is_damaged or "\0" in text)
