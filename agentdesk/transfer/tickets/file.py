"""A ticket file read whole: its rows by ticket, and the rows that are not taken.

Law: every row is in a ticket, a repetition of an earlier row, or rejected. In an event log one faulty row rejects its
whole ticket: a history with a hole could never be filled, while the rejected rows, repaired, are imported again.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise
from typing import Any

from agentdesk.domain.safe_text import spreadsheet_unguard
from agentdesk.transfer.own_export import is_own_export
from agentdesk.transfer.readers.json_table import JsonTable
from agentdesk.transfer.readers.json_values import JsonRecord, read_object
from agentdesk.transfer.readers.table import AnyTable
from agentdesk.transfer.readers.text_spool import TextSpool
from agentdesk.transfer.result import Progress
from agentdesk.transfer.rows import SHOWN, Fault, Row
from agentdesk.transfer.tickets.foreign_row import ForeignRow
from agentdesk.transfer.tickets.map import TicketMap
from agentdesk.transfer.tickets.names import NameBook
from agentdesk.transfer.tickets.packing import pack_cells
from agentdesk.transfer.tickets.row_store import FaultStore, RowStore, Signs, StoredTicket
from agentdesk.transfer.tickets.rows import RowReader
from agentdesk.transfer.tickets.scratch import TicketScratch, key_of, text_of
from agentdesk.transfer.tickets.stores import Stores

_TOLD_EVERY = 5000
_TOLD_CODES = 5


@dataclass(slots=True)
class TicketRows:
    """What a file holds.

    Attributes:
        reader: what read it.
        scratch: where all of it lies.
        spool: where long texts wait.
        kept: rows of tickets.
        faults: rows that are not taken.
        order: how the rows of a ticket follow each other: `file`, `reversed` or `time`.
        duplicates: rows that repeat an earlier one, cell for cell.
        notes: sentences about the file as a whole.
    """

    reader: RowReader
    scratch: TicketScratch
    spool: TextSpool
    kept: RowStore
    faults: FaultStore
    order: str = "file"
    duplicates: int = 0
    notes: list[str] = field(default_factory=list)

    def tickets(self) -> Iterator[StoredTicket]:
        """Every ticket with its rows in the order of its life; tickets in the order of the file."""
        return self.kept.tickets(self.order)


def read_tickets(
    table: AnyTable, rules: TicketMap, names: NameBook, progress: Progress, stores: Stores
) -> TicketRows:
    """Read every row of an open table.

    Args:
        table: the open table.
        rules: the map.
        names: what the desk knows by name.
        progress: told rows read.
        stores: where all that is read is put.

    Raises:
        MapError: the map names a column that the table has not.
        FileRefusedError: the file cannot be read to its end.
    """
    scratch, spool = stores.scratch, stores.spool
    reader = RowReader(rules, table.header, names, stores)
    record_of, ignored = _record_of(table, rules), reader.columns.ignored
    found = TicketRows(reader, scratch, spool, RowStore(scratch, spool), FaultStore(scratch))
    signs = Signs(scratch)
    is_json, is_own = isinstance(table, JsonTable), is_own_export(table.header)
    count = 0
    for count, row in enumerate(table.rows(), start=1):
        if count % _TOLD_EVERY == 0:
            progress(count, None)
        if isinstance(row, Fault):
            _refuse(found, rules, row, table.delimiter)
            continue
        packed = None if is_json else pack_cells(row.cells)
        if not signs.is_first(reader.ticket_of(row.cells), _sign(packed or key_of(row.cells[-1]))):
            found.duplicates += 1
            continue
        cells = _without(row.cells, ignored) if is_json else row.cells
        if is_own:
            cells, packed = [spreadsheet_unguard(cell) for cell in cells], None
        read = reader.read(Row(row.line, row.cells), cells, record_of(row))
        if is_json and isinstance(read, ForeignRow):
            read.text, read.spool = spool.keep(row.cells[-1]), spool
        _take(found, rules, read, packed)
    if rules.is_log:
        _reject_whole(found)
        _put_in_order(found, rules.order)
    found.notes += _notes(reader, rules)
    progress(count, count)
    return found


def _record_of(table: AnyTable, rules: TicketMap) -> Callable[[Row], Mapping[str, Any] | None]:
    """What gives the whole object of a row, where its conversation is read from it."""
    place = len(table.header.names)
    if rules.messages is None or not isinstance(table, JsonTable):
        return lambda _row: None

    def read(row: Row) -> Mapping[str, Any] | None:
        found = read_object(row.line, row.cells[place])
        return found.value if isinstance(found, JsonRecord) else None

    return read


def _without(cells: Sequence[str], ignored: Collection[int]) -> list[str]:
    """What a row of an object needs to keep: no cell that no field takes, and not its text."""
    return [*("" if place in ignored else cell for place, cell in enumerate(cells[:-1])), ""]


def _sign(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def _notes(reader: RowReader, rules: TicketMap) -> Iterator[str]:
    if reader.times.leap_seconds:
        yield f"Leap seconds read as one second earlier: {reader.times.leap_seconds}."
    if reader.times.has_zoneless:
        yield (
            f"Instants without an offset were read by the clocks of {reader.times.zone}. Where that system's clocks hang "
            "elsewhere, import with its --zone, such as Europe/London; what came in by another zone is to be taken back first."
        )
    for name, words in reader.unknown.items():
        told = "Resolutions" if name == "resolution" else f"Words for {name}"
        yield (
            f"{told} for which the map has no word of ours, kept with their tickets as they are: {_some(words)}. "
            f"[values.{name}] names them."
        )
    if reader.names.numbered:
        yield (
            f"Known by number only, and named so: {_some(reader.names.numbered)}. Rename them here, or let --write-map "
            'write the map and add to it who they are: [values.assignee] or [values.queue] with lines as "NUMBER" = "NAME".'
        )
    if reader.late_solved:
        yield f"Solved after they were closed by their own word, and taken as solved when closed: {reader.late_solved}."
    if reader.messages.files:
        yield (
            f"Files that the export names and does not hold: {reader.messages.files}; each is named with its message."
        )
    if reader.messages.deleted:
        yield f"Messages deleted in {rules.file.system or rules.file.source} and left out: {reader.messages.deleted}."


def _some(names: Mapping[str, None]) -> str:
    more = f" and {len(names) - _TOLD_CODES} more" if len(names) > _TOLD_CODES else ""
    return ", ".join(repr(one[:SHOWN]) for one in list(names)[:_TOLD_CODES]) + more


def _take(found: TicketRows, rules: TicketMap, read: ForeignRow | Fault, cells: bytes | None) -> None:
    if isinstance(read, Fault):
        _refuse(found, rules, read, "")
    elif not rules.is_log and (fault := _table_fault(read, found.kept)):
        found.faults.add(fault)
    else:
        found.kept.add(read, cells)


def _refuse(found: TicketRows, rules: TicketMap, fault: Fault, delimiter: str) -> None:
    """A row that cannot be read; of a log it breaks its ticket."""
    found.faults.add(fault)
    if rules.is_log:
        ticket = key_of(_ticket_of(fault, found.reader, delimiter))
        found.scratch.run("INSERT OR IGNORE INTO broken (key, line) VALUES (?, ?)", ticket, str(fault.line))


def _table_fault(row: ForeignRow, kept: RowStore) -> Fault | None:
    line = kept.first_line(row.external_id)
    if line is not None:
        return row.fault(
            f"ticket {row.external_id} is on line {line} already; for a log of events, map [events] at"
        )
    if "created_at" not in row.times:
        return row.fault("created_at is empty: nothing tells when the ticket began")
    return None


def _ticket_of(fault: Fault, reader: RowReader, delimiter: str) -> str:
    """The ticket a faulty row is about, as far as that can be seen."""
    cells = fault.cells
    if cells is None:
        cells = (fault.raw or "").split(delimiter) if delimiter else []
    return cells[reader.id_place].strip(' "') if reader.id_place < len(cells) else ""


def _reject_whole(found: TicketRows) -> None:
    for key, line in found.scratch.walk("SELECT key, line FROM broken ORDER BY id"):
        for row in found.kept.take(text_of(key)):
            found.faults.add(
                row.fault(f"line {line} of the same ticket was rejected, and a history is taken whole or not")
            )


def _put_in_order(found: TicketRows, order: str) -> None:
    """Find the order in which the events of each ticket happened.

    A log that is mostly chronological is believed in its order, because it tells more than a clock of minutes does.
    """
    many = rising = falling = late = 0
    for instants in found.kept.instants():
        after = sum(one > other for one, other in pairwise(instants))
        late += after
        if len(instants) > 1:
            many += 1
            rising += not after
            falling += all(one >= other for one, other in pairwise(instants))
    if order == "auto":
        order = "file" if 2 * rising >= many else "reversed" if 2 * falling >= many else "time"
    found.order = order
    if order == "file" and late:
        found.notes.append(
            f"Events dated after the one that follows them in the file: {late}; each is kept at that one's instant."
        )
