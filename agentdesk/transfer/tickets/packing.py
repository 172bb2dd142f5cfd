"""Rows and faults as bytes that wait in the scratch, and back.

`marshal` is several times quicker than JSON; it reads only what this very process wrote into a folder of its own.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from marshal import dumps, loads
from typing import Any, Final, overload

from agentdesk.domain.vocabulary import AuthorKind
from agentdesk.transfer.readers.text_spool import Kept, TextSpool
from agentdesk.transfer.rows import Fault, ItemLine
from agentdesk.transfer.tickets.foreign_row import ForeignRating, ForeignRow
from agentdesk.transfer.tickets.messages import ForeignMessage

_PLAIN: Final = 0
"""The form of `marshal` that says equal things alike, and that is the quickest to write."""


class Cells(Sequence[str]):
    """Cells that are read from their bytes when one of them is asked for: of most rows of a log none ever is."""

    __slots__ = ("_cells", "packed")

    def __init__(self, packed: bytes) -> None:
        """Take what `pack_cells` made."""
        self.packed = packed
        self._cells: list[str] | None = None

    def _all(self) -> list[str]:
        if self._cells is None:
            self._cells = loads(self.packed)  # noqa: S302  see above
        return self._cells

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        return self._all()[place]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())


class Instants(dict[float, datetime]):
    """Instants by their seconds, each made once. To the microsecond: a float tells them apart until the year 2242."""

    def __missing__(self, at: float) -> datetime:
        made = self[at] = datetime.fromtimestamp(at, UTC)
        return made


def pack_cells(cells: Sequence[str]) -> bytes:
    """Cells as bytes: the same for the same cells."""
    return dumps(list(cells), _PLAIN)


def told_row(row: ForeignRow, cells: bytes) -> tuple[Any, ...]:
    """A row as plain values for `pack`.

    Args:
        row: the row.
        cells: its cells, by `pack_cells`.
    """
    return (
        _line_told(row.line),
        cells,
        row.external_id,
        row.values,
        {name: at.timestamp() for name, at in row.times.items()},
        None if row.at is None else row.at.timestamp(),
        row.by,
        [_said(one) for one in row.messages],
        row.others,
        row.also_id,
        row.rating and tuple(row.rating),
        None if row.text is None else tuple(row.text),
    )


def pack(told: Any) -> bytes:
    """Plain values as bytes."""
    return dumps(told, _PLAIN)


def unpack_rows(data: bytes, spool: TextSpool) -> Iterator[ForeignRow]:
    """The rows of a packed list; `spool` holds their long texts."""
    instants = Instants()
    for told in loads(data):  # noqa: S302  see above
        line, cells, external_id, values, times, at, by, messages, others, also_id, rating, text = told
        yield ForeignRow(
            _line(line),
            Cells(cells),
            external_id,
            values,
            {name: instants[one] for name, one in times.items()},
            None if at is None else instants[at],
            by,
            [_message(one, instants) for one in messages],
            others,
            also_id,
            rating and ForeignRating(*rating),
            text and Kept(*text),
            spool,
        )


def unpack_instants(data: bytes) -> list[float]:
    """When the events of a packed list of rows took place, in seconds."""
    return [one[5] for one in loads(data)]  # noqa: S302  see above


def pack_fault(fault: Fault) -> bytes:
    """A fault as bytes."""
    return dumps((_line_told(fault.line), fault.column, fault.value, fault.reason, fault.cells, fault.raw))


def unpack_fault(data: bytes) -> Fault:
    """The fault again."""
    line, *told = loads(data)  # noqa: S302  see above
    return Fault(_line(line), *told)


def _said(message: ForeignMessage) -> tuple[Any, ...]:
    key, at, kind, is_internal, author, agent_id, text, extra, channel = message
    return key, at.timestamp(), kind.value, is_internal, author, agent_id, tuple(text), extra, channel


def _message(told: Sequence[Any], instants: Instants) -> ForeignMessage:
    key, at, kind, is_internal, author, agent_id, text, extra, channel = told
    return ForeignMessage(
        key, instants[at], AuthorKind(kind), is_internal, author, agent_id, Kept(*text), extra, channel
    )


def _line_told(line: int) -> int | tuple[int, int]:
    return (int(line), line.item) if isinstance(line, ItemLine) else line


def _line(told: Any) -> int:
    return ItemLine(*told) if isinstance(told, tuple) else told
