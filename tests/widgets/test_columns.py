"""A row fills its width to the cell, whatever it says."""

from hypothesis import given
from hypothesis import strategies as st

from agentdesk.domain.safe_text import cells
from agentdesk.widgets.columns import Cell, Column, heading, pieces, place_columns

COLUMNS = [
    Column("", 2, lambda row: Cell(row[:2]), gap=1),
    Column("SUBJECT", 10, Cell, flexible=True),
    Column("WHO", 8, lambda row: Cell(row, "muted"), drop=1, most=14),
    Column("WHEN", 6, lambda row: Cell(row, "late"), drop=2, right=True),
]


@given(st.text(max_size=40), st.integers(20, 120))
def test_a_row_is_exactly_as_wide_as_its_columns(text, width):
    placed = place_columns(COLUMNS, width)
    whole = sum(one.width + one.column.gap for one in placed)
    assert sum(cells(part) for part, _ in pieces(placed, text)) == whole
    assert whole - placed[-1].column.gap == width
    assert cells(heading(placed)) <= width


def test_the_column_that_matters_least_is_left_out_first():
    heads = [one.column.head for one in place_columns(COLUMNS, 24)]
    assert heads == ["", "SUBJECT", "WHO"]
    assert [one.column.head for one in place_columns(COLUMNS, 14)] == ["", "SUBJECT"]


def test_neighbours_of_one_style_are_one_piece():
    placed = place_columns([Column("A", 4, Cell), Column("B", 4, Cell)], 10)
    assert len(pieces(placed, "x")) == 1
