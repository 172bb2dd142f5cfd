"""What every reader of rows is, whatever it reads: a header, rows and faults once, and rejects in its own dialect."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from agentdesk.transfer.header import Header
from agentdesk.transfer.rejects import RejectsFile
from agentdesk.transfer.rows import Fault, Row


class AnyTable(Protocol):
    """An open table: the header is known, the rows are to be iterated once.

    A row may have one cell more than its header has columns: what it looks like in the file, for the rejects.
    """

    @property
    def header(self) -> Header:
        """Its columns."""
        ...

    @property
    def encoding(self) -> str:
        """The codec of its text; empty for a workbook."""
        ...

    @property
    def delimiter(self) -> str:
        """The character between cells; empty where none is."""
        ...

    @property
    def notes(self) -> list[str]:
        """What a user may want to hear about the file as a whole; complete once the rows are read."""
        ...

    @property
    def rejects_suffix(self) -> str:
        """How the name of its rejects ends."""
        ...

    def rows(self) -> Iterator[Row | Fault]:
        """Yield every row, in order.

        Raises:
            FileRefusedError: the file as a whole cannot be read on.
        """
        ...

    def rejects(self, path: Path) -> RejectsFile:
        """Return the file that takes its rejected rows."""
        ...
