"""How a plan and the imports so far look: as rows of a list, and the highlighted one whole beside it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from agentdesk.desk import Desk
from agentdesk.domain.safe_text import cells, line
from agentdesk.domain.when import stamp
from agentdesk.queries.import_batches import ImportRow, import_batches
from agentdesk.screens.short_list import ShortList
from agentdesk.transfer.contacts.plan_book import CLEARED, PlanBook
from agentdesk.transfer.contacts.plan_words import dropped_text, field_text, reason, value_text
from agentdesk.transfer.outcome import CHANGED, DUPLICATE, NEW, REJECTED, UNCHANGED, FieldChange, Outcome
from agentdesk.widgets.columns import Cell, Column
from agentdesk.widgets.conversation_lines import wrap
from agentdesk.widgets.paging import Fetch
from agentdesk.widgets.spans import Row, Span

STATES: Final = {"done": "muted", "undone": "faint", "interrupted": "late", "running": "soon"}
LABELS: Final = {"done": "done", "undone": "taken back", "interrupted": "stopped", "running": "running"}


@dataclass(frozen=True, slots=True)
class Placed:
    """An outcome and where it stands on its page."""

    id: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class PlanSource:
    """One page of a plan; it never changes."""

    book: PlanBook
    page_name: str

    @contextmanager
    def look(self) -> Iterator["PlanSource"]:
        """It is its own only state."""
        yield self

    def id_of(self, row: Placed) -> int:
        """Where it stands."""
        return row.id

    def total(self) -> int:
        """How many rows there are."""
        return self.book.count(self.page_name)

    def page(self, fetch: Fetch[Placed]) -> list[Placed]:
        """The rows of a fetch, in list order."""
        if fetch.is_backwards:
            end = (self.total() if fetch.after is None else fetch.after.id) - fetch.skip
            start = max(end - fetch.limit, 0)
        else:
            start = (0 if fetch.after is None else fetch.after.id + 1) + fetch.skip
            end = start + fetch.limit
        found = self.book.page(self.page_name, start, max(end - start, 0))
        return [Placed(start + at, one) for at, one in enumerate(found)]

    def locate(self, row_id: int) -> tuple[int, Placed] | None:
        """The row at a place."""
        found = self.book.page(self.page_name, row_id, 1)
        return (row_id, Placed(row_id, found[0])) if found else None

    def ids(self) -> list[int]:
        """Every place."""
        return list(range(self.total()))


def plan_columns(page: str) -> list[Column[Any]]:
    """The columns of a page of a plan."""
    where: Column[Any] = Column("LINE", 7, lambda row: Cell(f"{row.outcome.line}", "muted"))
    if page == REJECTED:
        return [
            where,
            Column("COLUMN", 12, lambda row: Cell(line(row.outcome.column), "muted"), most=20, drop=1),
            Column("VALUE", 16, lambda row: Cell(line(row.outcome.value), "strong"), most=30),
            Column("WHY", 24, lambda row: Cell(line(row.outcome.reason), "text"), flexible=True),
        ]
    said: dict[str, Callable[[Outcome], str]] = {
        NEW: lambda one: "; ".join(value_text(each.after) for each in one.changes if each.field != "name"),
        CHANGED: lambda one: ", ".join(_field(each) for each in one.changes),
        UNCHANGED: lambda one: f"customer {one.row_id}",
        DUPLICATE: _fold,
        CLEARED: lambda one: ", ".join(_field(each) for each in one.changes if each.clears),
    }
    heads = {NEW: "WITH", UNCHANGED: "WHO", DUPLICATE: "FOLDS", CLEARED: "LOSES"}
    tell = said[page]
    return [
        where,
        Column("NAME", 20, lambda row: Cell(line(row.outcome.name), "strong"), most=32),
        Column(heads.get(page, "CHANGES"), 20, lambda row: Cell(tell(row.outcome), "muted"), flexible=True),
    ]


def plan_rows(outcome: Outcome, width: int) -> list[Row]:
    """One outcome whole: each field before and after."""
    told = {
        NEW: "would be a new customer",
        CHANGED: f"customer {outcome.row_id} would change",
        UNCHANGED: f"customer {outcome.row_id}; the row says nothing new",
        DUPLICATE: f"folds into line {outcome.into}",
        REJECTED: "would not be taken",
    }
    head = outcome.name or f"Line {outcome.line}"
    rows: list[Row] = [(Span(text, "subject"),) for text in wrap(line(head), width)]
    where = f"line {outcome.line} · " if outcome.name else ""
    rows += [(Span(f"{where}{told[outcome.kind]}", "faint"),), ()]
    if outcome.kind == REJECTED:
        return [*rows, *((Span(text, "late"),) for text in wrap(reason(outcome), width))]
    for one in outcome.changes:
        rows += _change(one, width)
    for field, value in outcome.dropped:
        rows += (
            (Span(text, "late"),) for text in wrap(f"drops {field_text(field)}: {value_text(value)}", width)
        )
    return rows


def _fold(outcome: Outcome) -> str:
    lost = dropped_text(outcome)
    return f"into line {outcome.into}" + (f"; drops {lost}" if lost else "")


def _change(one: FieldChange, width: int) -> Iterator[Row]:
    """On one line where there is room, else under each other."""
    name, before, after = _field(one), value_text(one.before), value_text(one.after)
    tone = "late" if one.clears else "text"
    was = (
        ()
        if one.before is None
        else (Span(before, "struck" if one.before else "faint"), Span(" → ", "faint"))
    )
    row: Row = (Span(f"{name}  ", "name"), *was, Span(after, tone))
    if sum(cells(span.text) for span in row) <= width:
        yield row
        return
    yield row[:1]
    if was:
        yield from _lines("- ", before, was[0].style, width)
    yield from _lines("+ ", after, tone, width)


def _lines(sign: str, text: str, style: str, width: int) -> Iterator[Row]:
    for at, part in enumerate(wrap(text, max(width - 2, 10))):
        yield (Span(sign if at == 0 else "  ", "faint"), Span(part, style))


def _field(one: FieldChange) -> str:
    return field_text(one.field)


# The imports so far.


@dataclass(frozen=True, slots=True)
class ImportsSource:
    """Every import, the newest first."""

    desk: Desk

    @contextmanager
    def look(self) -> Iterator[ShortList]:
        """One snapshot."""
        with self.desk.read() as read:
            yield ShortList(import_batches(read), self.id_of)

    def id_of(self, row: ImportRow) -> int:
        """Its number."""
        return row.batch


def import_columns(now: Callable[[], datetime], zone: ZoneInfo) -> list[Column[Any]]:
    """The columns of the imports so far."""
    return [
        Column("NO", 5, lambda row: Cell(str(row.batch), "muted")),
        Column("FILE", 12, lambda row: Cell(line(row.file_name), "strong"), flexible=True),
        Column("KIND", 9, lambda row: Cell(line(row.kind), "muted"), from_width=90, drop=4),
        Column("ROWS", 8, lambda row: Cell(f"{row.rows:,}", "text"), right=True, drop=1),
        Column("NEW", 8, lambda row: Cell(f"{row.created:,}", "text"), right=True, drop=2),
        Column(
            "REJECTED",
            8,
            lambda row: Cell(f"{row.rejected:,}", "late" if row.rejected else "faint"),
            right=True,
        ),
        Column("STATE", 10, lambda row: Cell(LABELS[row.state], STATES[row.state])),
        Column("WHEN", 12, lambda row: Cell(stamp(row.started_at, now(), zone), "faint"), drop=3),
    ]


def import_rows(row: ImportRow, now: datetime, zone: ZoneInfo, width: int) -> list[Row]:
    """One import whole, with what can be done about it."""
    counts: Sequence[tuple[str, int]] = (
        ("new", row.created),
        ("changed", row.updated),
        ("unchanged", row.unchanged),
        ("duplicates", row.duplicates),
        ("rejected", row.rejected),
    )
    source = "" if row.source == "plain" else f" from {row.source}"  # plain is how it is read, no place
    who = f"import {row.batch} · {row.kind}{source} · {row.actor or 'the desk'}, {stamp(row.started_at, now, zone)}"
    advice = {
        "done": "u takes it back whole.",
        "undone": "It was taken back; Z brings it back.",
        "interrupted": "It stopped on the way: r goes on, u takes back what is there.",
        "running": "It is running, or its process is gone: r goes on in that case.",
    }
    told = ", ".join(f"{count:,} {name}" for name, count in counts)
    rows: list[Row] = [
        *((Span(text, "subject"),) for text in wrap(line(row.file_name), width)),
        *((Span(text, "faint"),) for text in wrap(line(who), width)),
        *((Span(text, "here"),) for text in wrap(advice[row.state], width)),
        (),
        *((Span(text, "text"),) for text in wrap(f"{row.rows:,} rows: {told}", width)),
    ]
    if row.rejects_file:
        rows += [(Span(text, "late"),) for text in wrap(line(f"Rejected rows: {row.rejects_file}"), width)]
    return rows
