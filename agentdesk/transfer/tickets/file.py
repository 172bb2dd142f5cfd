"""A ticket file read whole: its rows by ticket, and the rows that are not taken.

Law: every row is in a ticket, a repetition of an earlier row, or rejected. In an event log one faulty row rejects its
whole ticket: a history with a hole could never be filled, while the rejected rows, repaired, are imported again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
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
from agentdesk.transfer.tickets.foreign_names import Beside
from agentdesk.transfer.tickets.foreign_row import ForeignRow
from agentdesk.transfer.tickets.map import TicketMap
from agentdesk.transfer.tickets.names import NameBook
from agentdesk.transfer.tickets.rows import RowReader

_TOLD_EVERY = 5000
_TOLD_CODES = 5


@dataclass(slots=True)
class TicketRows:
    """What a file holds.

    Attributes:
        by_ticket: rows in the order of their ticket's life, by the ticket's id; tickets in the order of the file.
        faults: rows that are not taken.
        duplicates: rows that repeat an earlier one, cell for cell.
        reader: what read them.
        notes: sentences about the file as a whole.
        spool: where long texts wait; to be closed when everything is written.
    """

    reader: RowReader
    spool: TextSpool
    by_ticket: dict[str, list[ForeignRow]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    duplicates: int = 0
    notes: list[str] = field(default_factory=list)


def read_tickets(
    table: AnyTable,
    rules: TicketMap,
    names: NameBook,
    progress: Progress,
    beside: Mapping[str, Mapping[str, Beside]] | None = None,
) -> TicketRows:
    """Read every row of an open table.

    Args:
        table: the open table.
        rules: the map.
        names: what the desk knows by name.
        progress: told rows read.
        beside: what lists beside the tickets say of numbers.

    Raises:
        MapError: the map names a column that the table has not.
        FileRefusedError: the file cannot be read to its end.
    """
    spool = TextSpool()
    reader = RowReader(rules, table.header, names, spool, beside)
    record_of, kept = _record_of(table, rules), _kept(table, reader)
    found = TicketRows(reader, spool)
    seen: set[tuple[str, ...]] = set()
    broken: dict[str, int] = {}
    memo: dict[str, str] = {}
    is_own = is_own_export(table.header)
    count = 0
    for count, row in enumerate(table.rows(), start=1):
        if count % _TOLD_EVERY == 0:
            progress(count, None)
        if isinstance(row, Fault):
            found.faults.append(row)
            broken.setdefault(_ticket_of(row, reader, table.delimiter), row.line)
            continue
        own = kept(row.cells)
        cells = tuple(map(memo.setdefault, own, own))
        if cells in seen:
            found.duplicates += 1
            continue
        seen.add(cells)
        if is_own:
            cells = tuple(map(spreadsheet_unguard, cells))
        read = reader.read(Row(row.line, row.cells), cells, record_of(row))
        if own is not row.cells and isinstance(read, ForeignRow):
            read.whole = _put_away(spool, row.cells)
        _take(found, rules, read, broken)
    if rules.is_log:
        _reject_whole(found, broken)
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


def _kept(table: AnyTable, reader: RowReader) -> Callable[[list[str]], list[str]]:
    """What a row needs to stay in memory; of an object that is no cell that no field takes, and of its text a sign."""
    if not isinstance(table, JsonTable):
        return lambda cells: cells
    ignored = reader.columns.ignored

    def keep(cells: list[str]) -> list[str]:
        sign = blake2b(cells[-1].encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return [*("" if place in ignored else cell for place, cell in enumerate(cells[:-1])), sign]

    return keep


def _put_away(spool: TextSpool, cells: list[str]) -> Callable[[], list[str]]:
    """What gives the cells of an object again, for its rejection: its own text is all that counts then."""
    kept, width = spool.keep(cells[-1]), len(cells)
    return lambda: [*[""] * (width - 1), spool.read(kept)]


def _notes(reader: RowReader, rules: TicketMap) -> Iterator[str]:
    if reader.times.leap_seconds:
        yield f"Leap seconds read as one second earlier: {reader.times.leap_seconds}."
    for name, words in reader.unknown.items():
        told = "Resolutions" if name == "resolution" else f"Words for {name}"
        yield (
            f"{told} not in the map, kept with their tickets as they are: {_some(words)}. "
            f"[values.{name}] names them."
        )
    if reader.names.numbered:
        yield (
            f"Known by number only, and named so: {_some(reader.names.numbered)}. Rename them here, or say in "
            "[values.assignee] and [values.queue] of a map who they are: --write-map writes it."
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


def _take(found: TicketRows, rules: TicketMap, read: ForeignRow | Fault, broken: dict[str, int]) -> None:
    if isinstance(read, Fault):
        found.faults.append(read)
        broken.setdefault(_ticket_of(read, found.reader, ""), read.line)
        return
    rows = found.by_ticket.setdefault(read.external_id, [])
    if not rules.is_log and (fault := _table_fault(read, rows)):
        found.faults.append(fault)
    else:
        rows.append(read)
    if not rows:
        del found.by_ticket[read.external_id]


def _table_fault(row: ForeignRow, rows: Sequence[ForeignRow]) -> Fault | None:
    if rows:
        return row.fault(
            f"ticket {row.external_id} is on line {rows[0].line} already; for a log of events, map [events] at"
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


def _reject_whole(found: TicketRows, broken: dict[str, int]) -> None:
    for external_id, line in broken.items():
        for row in found.by_ticket.pop(external_id, ()):
            found.faults.append(
                row.fault(f"line {line} of the same ticket was rejected, and a history is taken whole or not")
            )


def _put_in_order(found: TicketRows, order: str) -> None:
    """Bring the events of each ticket into the order in which they happened.

    A log that is mostly chronological is believed in its order, because it tells more than a clock of minutes does.
    """
    tickets = found.by_ticket.values()
    if order == "auto":
        many = [[row.at for row in rows if row.at is not None] for rows in tickets if len(rows) > 1]
        rising = sum(all(a <= b for a, b in pairwise(one)) for one in many)
        falling = sum(all(a >= b for a, b in pairwise(one)) for one in many)
        order = "file" if 2 * rising >= len(many) else "reversed" if 2 * falling >= len(many) else "time"
    if order == "file":
        late = sum(_is_late(rows) for rows in tickets)
        if late:
            found.notes.append(
                f"Events dated after the one that follows them in the file: {late}; each is kept at that one's instant."
            )
        return
    for rows in tickets:
        if order == "reversed":
            rows.reverse()
        else:
            rows.sort(key=lambda row: (row.at is not None, row.at))


def _is_late(rows: Sequence[ForeignRow]) -> int:
    return sum(
        one.at is not None and other.at is not None and one.at > other.at for one, other in pairwise(rows)
    )
