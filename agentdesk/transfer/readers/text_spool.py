"""Long texts that wait on disk until they are written: memory does not grow with what was said on tickets."""

import tempfile
from typing import Final, NamedTuple

_IN_MEMORY: Final = 8 * 1024 * 1024
"""Bytes that stay in memory before a file is made."""


class Kept(NamedTuple):
    """Where a text stands."""

    start: int
    size: int


class TextSpool:
    """A file of texts that nobody else sees, and that is gone when it is closed."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  closed by `close`
        self._end = 0

    def keep(self, text: str) -> Kept:
        """Put a text away."""
        data = text.encode("utf-8", "surrogatepass")
        self._file.seek(self._end)
        self._file.write(data)
        kept = Kept(self._end, len(data))
        self._end += len(data)
        return kept

    def read(self, kept: Kept) -> str:
        """The text again."""
        self._file.seek(kept.start)
        return self._file.read(kept.size).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Forget them all."""
        self._file.close()
