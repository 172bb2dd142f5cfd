"""How far an import has come: a row a chunk, in the transaction of the chunk itself, until the import is done.

What was killed is gone on with from here: which rows were dealt with, whom they were about, which were rejected.
"""

import json
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Final

from agentdesk.desk import Desk
from agentdesk.store.load import Load
from agentdesk.store.reader import Reader
from agentdesk.transfer.rows import Fault

_FIELDS: Final = tuple(one.name for one in fields(Fault))
_INSERT: Final = "INSERT INTO import_chunk (batch_id, number, rows, touched, faults) VALUES (?, ?, ?, ?, ?)"
_AT_ONCE: Final = 100
"""Chunks that are read at a time."""

Touched = tuple[list[range], list[range]]
"""Ids in runs: of those whom the rows made, and of those of before whom they were about."""


def save_chunk(
    load: Load,
    batch_id: int,
    number: int,
    *,
    rows: int,
    ids: tuple[Sequence[int], Sequence[int]],
    faults: Sequence[Fault],
) -> None:
    """Write down one chunk.

    Args:
        load: the change that writes its rows.
        batch_id: of the import.
        number: of the chunk, from 1.
        rows: of the file.
        ids: of those whom the rows made, and of those of before whom they were about.
        faults: the rejected ones, in the order of the file.
    """
    told = json.dumps([[getattr(fault, name) for name in _FIELDS] for fault in faults]) if faults else "[]"
    load.many(_INSERT, [(batch_id, number, rows, _packed(*ids), told)])


def drop_chunks(load: Load, batch_id: int) -> None:
    """Forget how far an import came: it is done."""
    load.many("DELETE FROM import_chunk WHERE batch_id = ?", [(batch_id,)])


def count_chunks(read: Reader, batch_id: int) -> int:
    """How many chunks were written down."""
    return int(read.value("SELECT count(*) FROM import_chunk WHERE batch_id = :id", {"id": batch_id}))


def touched_by(read: Reader, batch_id: int) -> Iterator[Touched]:
    """Whom the chunks were about, one after the other."""
    sql = "SELECT touched FROM import_chunk WHERE batch_id = :id ORDER BY number"
    for (packed,) in read.stream(sql, {"id": batch_id}):
        yield _unpacked(bytes(packed))


def faults_of(desk: Desk, batch_id: int) -> Iterator[Fault]:
    """Every rejected row so far, in the order of the file, some chunks at a time."""
    sql = (
        "SELECT number, faults FROM import_chunk WHERE batch_id = :id AND number > :last "
        f"ORDER BY number LIMIT {_AT_ONCE}"
    )
    last = 0
    while True:
        with desk.read() as read:
            found = read.tuples(sql, {"id": batch_id, "last": last})
        if not found:
            return
        for last, faults in found:  # noqa: B007  the last one is where the next look begins
            for values in json.loads(faults) if isinstance(faults, str) else faults:
                yield Fault(**dict(zip(_FIELDS, values, strict=True)))


def _packed(made: Sequence[int], met: Sequence[int]) -> bytes:
    made_runs, met_runs = list(_runs(made)), list(_runs(met))
    numbers = [len(made_runs), *(edge for run in (*made_runs, *met_runs) for edge in (run.start, len(run)))]
    return struct.pack(f"<{len(numbers)}q", *numbers)


def _unpacked(data: bytes) -> Touched:
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
