import pytest

from agentdesk.reports.renderers.cells import cell_text, cell_value
from tests.reports.tiny_document import one_of_each

DOCUMENT = one_of_each()
TABLE = DOCUMENT.sections[0].blocks[0]
FIRST, SECOND = (
    [
        (column.title, cell_text(cell, column, DOCUMENT), cell_value(cell, column))
        for cell, column in zip(row, TABLE.columns, strict=True)
    ]
    for row in TABLE.rows
)


@pytest.mark.parametrize(
    "expected",
    [
        ("who", "Acme", "Acme"),
        ("count", "3", "3"),
        ("change", "+2", "2"),
        ("share", "78.6%", "0.785714"),
        ("time", "1:15", "75"),
        ("age", "1.5", "1.5"),
        ("when", "09:00", "2026-07-01T08:00:00+00:00"),
        ("day", "Wed 1 Jul", "2026-07-01"),
    ],
)
def test_a_cell_reads_as_words_and_as_a_raw_value(expected):
    assert expected in FIRST


@pytest.mark.parametrize(
    "expected",
    [
        ("count", "2.5", "2.5"),
        ("change", "-2", "-2"),
        ("share", "-", ""),
        ("when", "Tue 30 Jun 09:00", "2026-06-30T08:00:00+00:00"),
    ],
)
def test_medians_losses_and_empty_cells_are_told_apart(expected):
    assert expected in SECOND
