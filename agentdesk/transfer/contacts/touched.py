"""Whom the rows of a portion were about, in few bytes: ids as stretches of neighbours."""

import struct
from collections.abc import Iterable, Iterator, Sequence

Touched = tuple[list[range], list[range]]
"""Ids in runs: of those whom the rows made, and of those of before whom they were about."""


def pack_ids(made: Sequence[int], met: Sequence[int]) -> bytes:
    """Whom the rows made, and whom of before they were about."""
    made_runs, met_runs = list(_runs(made)), list(_runs(met))
    numbers = [len(made_runs), *(edge for run in (*made_runs, *met_runs) for edge in (run.start, len(run)))]
    return struct.pack(f"<{len(numbers)}q", *numbers)


def unpack_ids(data: bytes) -> Touched:
    """Read what `pack_ids` wrote."""
    first, *edges = struct.unpack(f"<{len(data) // 8}q", data)
    runs = [range(start, start + size) for start, size in zip(edges[::2], edges[1::2], strict=True)]
    return runs[:first], runs[first:]


def _runs(ids: Iterable[int]) -> Iterator[range]:
    """Ids as stretches of neighbours."""
    if isinstance(ids, range) and ids.step == 1:
        yield from [ids] if ids else []
        return
    listed = sorted(set(ids))
    start = 0
    for place in range(1, len(listed) + 1):
        if place == len(listed) or listed[place] != listed[place - 1] + 1:
            yield range(listed[start], listed[place - 1] + 1)
            start = place
