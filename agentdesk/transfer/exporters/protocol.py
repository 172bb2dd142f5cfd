"""What an export format is: a module with one function from a sheet to bytes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from agentdesk.queries.exports.listing import Block, Column


@dataclass(frozen=True, slots=True)
class Style:
    """How it is written; a format ignores what does not concern it.

    Attributes:
        is_raw: text that a spreadsheet would run as a formula is not guarded.
        has_mark: a byte order mark comes first, by which a spreadsheet knows UTF-8.
    """

    is_raw: bool = False
    has_mark: bool = False


@dataclass(slots=True)
class Sheet:
    """Rows on their way out, read once.

    Attributes:
        name: the noun.
        columns: what each row holds.
        blocks: the rows, some at a time.
        count: how many were read so far.
        notes: what a user should hear about what could not be written whole; complete when all is written.
    """

    name: str
    columns: Sequence[Column]
    blocks: Iterator[Block]
    count: int = 0
    notes: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Block]:
        for block in self.blocks:
            self.count += len(block[0])
            yield block


class Exporter(Protocol):
    """A module of this package."""

    def write(self, sheet: Sheet, out: BinaryIO, style: Style) -> None:
        """Write all of it; the same rows give the same bytes."""
        ...
