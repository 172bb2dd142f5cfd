"""A set of row ids in a bit each, so that a file of any length costs next to no memory."""

from collections.abc import Sequence
from typing import Final

_BITS: Final = 16
_MASK: Final = (1 << _BITS) - 1


class IdSet:
    """Ids that were seen; dense ones take one bit, each lonely one at most 8 kB."""

    __slots__ = ("_pages",)

    def __init__(self) -> None:
        """Begin empty."""
        self._pages: dict[int, bytearray] = {}

    def __contains__(self, row_id: int) -> bool:
        """Whether `add` was told this id."""
        page = self._pages.get(row_id >> _BITS)
        low = row_id & _MASK
        return page is not None and bool(page[low >> 3] >> (low & 7) & 1)

    def add(self, row_id: int) -> None:
        """Remember an id; negative ones are fine."""
        page = self._pages.get(row_id >> _BITS)
        if page is None:
            page = self._pages[row_id >> _BITS] = bytearray(1 << (_BITS - 3))
        low = row_id & _MASK
        page[low >> 3] |= 1 << (low & 7)

    def add_all(self, row_ids: Sequence[int]) -> None:
        """Remember many ids; a range of them a byte at a time."""
        if not isinstance(row_ids, range) or row_ids.step != 1:
            for row_id in row_ids:
                self.add(row_id)
            return
        at, end = row_ids.start, row_ids.stop
        while at < end:
            low = at & _MASK
            whole = min(end - at, _MASK + 1 - low) >> 3
            if low & 7 or not whole:
                self.add(at)
                at += 1
                continue
            page = self._pages.setdefault(at >> _BITS, bytearray(1 << (_BITS - 3)))
            page[low >> 3 : (low >> 3) + whole] = b"\xff" * whole
            at += whole << 3
