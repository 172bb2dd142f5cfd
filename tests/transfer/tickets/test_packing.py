"""What waits in the scratch of a ticket import comes back as it was."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.vocabulary import AuthorKind
from agentdesk.transfer.readers.text_spool import Kept, TextSpool
from agentdesk.transfer.rows import Fault, ItemLine
from agentdesk.transfer.tickets.foreign_row import ForeignRating, ForeignRow
from agentdesk.transfer.tickets.messages import ForeignMessage
from agentdesk.transfer.tickets.packing import (
    pack,
    pack_cells,
    pack_fault,
    told_row,
    unpack_fault,
    unpack_rows,
)

TEXTS = st.text(st.characters(), max_size=8)
"""Surrogates too: a byte that could not be decoded is kept as one."""
INSTANTS = st.integers(-(70 * 366 * 86400 * 10**6), 229 * 365 * 86400 * 10**6).map(
    lambda count: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=count)
)
LINES = st.one_of(st.integers(1, 9), st.builds(ItemLine, st.integers(1, 9), st.integers(1, 9)))
MESSAGES = st.builds(
    ForeignMessage,
    TEXTS,
    INSTANTS,
    st.sampled_from(AuthorKind),
    st.booleans(),
    TEXTS,
    st.one_of(st.none(), st.integers(-9, 9)),
    st.builds(Kept, st.integers(0, 9), st.integers(0, 9)),
    st.dictionaries(TEXTS, st.lists(TEXTS, max_size=2), max_size=2),
    TEXTS,
)
ROWS = st.builds(
    ForeignRow,
    line=LINES,
    cells=st.lists(TEXTS, max_size=4),
    external_id=TEXTS,
    values=st.dictionaries(TEXTS, st.one_of(st.none(), TEXTS, st.integers(), st.lists(TEXTS, max_size=2))),
    times=st.dictionaries(TEXTS, INSTANTS, max_size=3),
    at=st.one_of(st.none(), INSTANTS),
    by=TEXTS,
    messages=st.lists(MESSAGES, max_size=2),
    others=st.lists(st.tuples(TEXTS, TEXTS), max_size=2),
    also_id=TEXTS,
    rating=st.one_of(st.none(), st.builds(ForeignRating, st.one_of(st.none(), st.integers()), TEXTS, TEXTS)),
    text=st.one_of(st.none(), st.builds(Kept, st.integers(0, 9), st.integers(0, 9))),
)


@given(st.lists(ROWS, max_size=3))
def test_rows_come_back_as_they_were(rows: list[ForeignRow]) -> None:
    spool = TextSpool()
    packed = pack([told_row(row, pack_cells(row.cells)) for row in rows])
    again = list(unpack_rows(packed, spool))
    for row, other in zip(rows, again, strict=True):
        other.cells, other.spool = list(other.cells), None
        assert other == row
        assert str(other.line) == str(row.line)


@given(st.builds(Fault, LINES, TEXTS, TEXTS, TEXTS, st.one_of(st.none(), st.lists(TEXTS)), TEXTS))
def test_a_fault_comes_back_as_it_was(fault: Fault) -> None:
    again = unpack_fault(pack_fault(fault))
    assert again == fault
    assert str(again.line) == str(fault.line)


@given(INSTANTS)
def test_neighbouring_microseconds_stay_two(at: datetime) -> None:
    both = [ForeignRow(1, [], "", {}, {}, when) for when in (at, at + timedelta(microseconds=1))]
    packed = pack([told_row(row, b"") for row in both])
    assert [row.at for row in unpack_rows(packed, TextSpool())] == [row.at for row in both]


@given(st.lists(TEXTS))
def test_equal_cells_are_packed_alike(cells: list[str]) -> None:
    assert pack_cells(cells) == pack_cells(["".join(one) for one in map(list, cells)])
