"""The texts that the cells of a workbook share: held up to `HELD` bytes, and in a file without a name beyond."""

import tempfile
from array import array
from typing import Any, Final

HELD: Final = 16 * 1024 * 1024
"""Bytes of shared texts, or nearly so, that are held in memory."""
_OBJECT: Final = 64
"""Bytes that a text takes besides its characters."""


class Texts:
    """The texts that cells share, by their number."""

    def __init__(self) -> None:
        """Begin without any."""
        self._held: list[str] = []
        self._size = 0
        self._file: Any = None
        self._starts = array("Q", [0])

    def add(self, text: str) -> None:
        """Take the next one."""
        self._size += len(text) + _OBJECT
        if self._size <= HELD:
            self._held.append(text)
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  it lives as long as this
            self._size = HELD + 1
        data = text.encode("utf-8", "surrogatepass")
        self._file.write(data)
        self._starts.append(self._starts[-1] + len(data))

    def __getitem__(self, number: int) -> str:
        """Return a text; raises IndexError where there is none."""
        if number < 0:
            raise IndexError(number)
        if number < len(self._held):
            return self._held[number]
        place = number - len(self._held)
        start, end = self._starts[place], self._starts[place + 1]
        self._file.seek(start)
        return str(self._file.read(end - start), "utf-8", "surrogatepass")
