"""Lines are handed to the csv module in batches, and those of the unfinished row are remembered.

So a row that turns out broken can be told from the rows it swallowed, and reading can resume at any line after
the last finished one. Looking ahead is bounded in characters, and in lines once much was looked at in vain.
"""

import sys
from collections.abc import Iterator
from typing import Final

from agentdesk.transfer.readers.text_lines import Block

MAX_ROW: Final = 4 * 1024 * 1024
"""Characters of unfinished row after which it counts as broken."""
VAIN_BUDGET: Final = 32 * 1024 * 1024
"""Characters that may be read twice because of broken rows, before rows may only span `THRIFTY_SPAN` lines."""
THRIFTY_SPAN: Final = 20


class RunawayRowError(Exception):
    """A row spans more than may be looked ahead."""


class LineFeed:
    """The lines of a table, of which the first `done` are dealt with.

    Attributes:
        done: physical lines that belong to finished rows; the reader of rows moves it on.
        is_suspect: a line of the rows being read may hold a NUL or an undecodable byte.
    """

    def __init__(self, blocks: Iterator[Block]) -> None:
        self._blocks = blocks
        self._held: list[str] = []
        self._before = 0  # physical lines before the first held one
        self._span = sys.maxsize
        self._vain = 0
        self.done = 0
        self.is_suspect = False

    def batches(self) -> Iterator[list[str]]:
        """Yield the lines after `done`.

        Raises:
            RunawayRowError: `done` stays too far behind.
        """
        given = self.done
        while True:
            if given - self._before >= len(self._held) and not self._fetch():
                return
            at = given - self._before
            batch = self._held[at : at + self._span]
            yield batch
            given += len(batch)
            if given - self.done > self._span:
                raise RunawayRowError

    def next_line(self) -> str:
        """Return the first line that is not dealt with; empty at the end."""
        while not (line := self.peek(1)):
            if not self._fetch():
                return ""
        return line[0]

    def peek(self, count: int) -> list[str]:
        """Return up to `count` lines after `done`, of those that were read already."""
        at = self.done - self._before
        return self._held[at : at + count]

    def charge(self, lines: int) -> None:
        """Count lines that were looked at in vain; past the budget, be thrifty."""
        self._vain += sum(map(len, self.peek(lines)))
        if self._vain > VAIN_BUDGET:
            self._span = THRIFTY_SPAN

    def _fetch(self) -> bool:
        kept = self._held[self.done - self._before :]
        if sum(map(len, kept)) > MAX_ROW:
            raise RunawayRowError
        block = next(self._blocks, None)
        if block is None:
            return False
        self._held = kept + block.lines
        self._before = self.done
        self.is_suspect = block.is_suspect or (bool(kept) and self.is_suspect)
        return True
