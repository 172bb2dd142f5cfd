"""A ticket file read whole: its rows by ticket, and the rows that are not taken.

Law: every row is in a ticket, a repetition of an earlier row, or rejected. In an event log one faulty row rejects its
whole ticket: a history with a hole could never be filled, while the rejected rows, repaired, are imported again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from agentdesk.domain.safe_text import spreadsheet_unguard
from agentdesk.transfer.csv_reader import Table
from agentdesk.transfer.own_export import is_own_export
from agentdesk.transfer.result import Progress
from agentdesk.transfer.rows import SHOWN, Fault, Row
from agentdesk.transfer.ticket_map import TicketMap
from agentdesk.transfer.ticket_names import NameBook
from agentdesk.transfer.ticket_rows import ForeignRow, RowReader

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
    """

    reader: RowReader
    by_ticket: dict[str, list[ForeignRow]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    duplicates: int = 0
    notes: list[str] = field(default_factory=list)


def read_tickets(table: Table, rules: TicketMap, names: NameBook, progress: Progress) -> TicketRows:
    """Read every row of an open table.

    Raises:
        MapError: the map names a column that the table has not.
        FileRefusedError: the file cannot be read to its end.
    """
    reader = RowReader(rules, table.header, names)
    found = TicketRows(reader)
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
        cells = tuple(map(memo.setdefault, row.cells, row.cells))
        if cells in seen:
            found.duplicates += 1
            continue
        seen.add(cells)
        if is_own:
            cells = tuple(map(spreadsheet_unguard, cells))
        _take(found, rules, reader.read(Row(row.line, row.cells), cells), broken)
    if rules.is_log:
        _reject_whole(found, broken)
        _put_in_order(found, rules.order)
    if reader.times.leap_seconds:
        found.notes.append(f"Leap seconds read as one second earlier: {reader.times.leap_seconds}.")
    if codes := list(reader.unknown_codes):
        more = f" and {len(codes) - _TOLD_CODES} more" if len(codes) > _TOLD_CODES else ""
        told = ", ".join(repr(code[:SHOWN]) for code in codes[:_TOLD_CODES]) + more
        found.notes.append(
            f"Resolutions not in the map, kept with their tickets as they are: {told}. [values.resolution] names them."
        )
    progress(count, count)
    return found


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
