"""Which line of a file was the first about somebody: in files of its own, so that it costs no memory.

Ids of both signs are taken: a rehearsal has provisional ones. Each has its own place in a sparse file.
"""

import struct
import tempfile
from collections.abc import Iterable, Sequence
from typing import Final

_SIZE: Final = 8
"""Bytes of a line number."""


class FirstLines:
    """Line by id; close it at the end."""

    def __init__(self) -> None:
        """Begin empty."""
        self._files = (tempfile.TemporaryFile(), tempfile.TemporaryFile())  # noqa: SIM115  closed by `close`

    def close(self) -> None:
        """Throw it away."""
        for file in self._files:
            file.close()

    def get(self, row_id: int) -> int:
        """The line, 0 where none is known."""
        file = self._files[row_id < 0]
        file.seek(abs(row_id) * _SIZE)
        data = file.read(_SIZE)
        return int(struct.unpack("<q", data)[0]) if len(data) == _SIZE else 0

    def put(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Remember id and line of each."""
        for row_id, line in pairs:
            self._write(row_id, [line])

    def put_all(self, ids: Sequence[int], lines: Sequence[int]) -> None:
        """Remember as many lines as ids; those of neighbours are written at once."""
        if ids and abs(ids[-1]) - abs(ids[0]) + 1 == len(ids):
            self._write(ids[0], lines)
        else:
            self.put(zip(ids, lines, strict=True))

    def _write(self, row_id: int, lines: Sequence[int]) -> None:
        file = self._files[row_id < 0]
        file.seek(abs(row_id) * _SIZE)
        file.write(struct.pack(f"<{len(lines)}q", *lines))
