"""How far an import has come: a row a chunk, in the transaction of the chunk itself, until the import is done.

What was killed is gone on with from here: which rows were dealt with, whom they were about, which were rejected.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any, Final

from agentdesk.desk import Desk
from agentdesk.store.load import Load
from agentdesk.store.reader import Reader
from agentdesk.transfer.rows import Fault, ItemLine

_FIELDS: Final = tuple(one.name for one in fields(Fault))
_INSERT: Final = "INSERT INTO import_chunk (batch_id, number, rows, touched, faults) VALUES (?, ?, ?, ?, ?)"
_AT_ONCE: Final = 100
"""Chunks that are read at a time."""


def save_chunk(
    load: Load, batch_id: int, number: int, *, rows: int, touched: bytes, faults: Sequence[Fault]
) -> None:
    """Write down one chunk.

    Args:
        load: the change that writes its rows.
        batch_id: of the import.
        number: of the chunk, from 1.
        rows: of the file.
        touched: what they were about, in the form of the kind of import.
        faults: the rejected ones, in the order of the file.
    """
    told = json.dumps([_told(fault) for fault in faults]) if faults else "[]"
    load.many(_INSERT, [(batch_id, number, rows, touched, told)])


def drop_chunks(load: Load, batch_id: int) -> None:
    """Forget how far an import came: it is done."""
    load.many("DELETE FROM import_chunk WHERE batch_id = ?", [(batch_id,)])


def count_chunks(read: Reader, batch_id: int) -> int:
    """How many chunks were written down."""
    return int(read.value("SELECT count(*) FROM import_chunk WHERE batch_id = :id", {"id": batch_id}))


def touched_by(read: Reader, batch_id: int) -> Iterator[bytes]:
    """What the chunks were about, one after the other."""
    sql = "SELECT touched FROM import_chunk WHERE batch_id = :id ORDER BY number"
    for (touched,) in read.stream(sql, {"id": batch_id}):
        yield bytes(touched)


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
                yield _fault(values)


def _told(fault: Fault) -> list[Any]:
    line = [int(fault.line), fault.line.item] if isinstance(fault.line, ItemLine) else fault.line
    return [line, *(getattr(fault, name) for name in _FIELDS[1:])]


def _fault(values: Sequence[Any]) -> Fault:
    line, *others = values
    return Fault(ItemLine(*line) if isinstance(line, list) else line, *others)
