"""A document as one tidy CSV: a line for each cell, values raw, text defused for spreadsheets.

Columns: section, table, row, label, column, metric, unit, value. The label is the first cell of the row; the
row `total` is the sum. Instants are ISO 8601 in UTC, lengths of time whole minutes or days, ratios 0 to 1.
"""

import csv
import io
from collections.abc import Iterator

from agentdesk.domain.instants import to_iso
from agentdesk.domain.metrics import METRICS
from agentdesk.domain.safe_text import line, spreadsheet_guard
from agentdesk.reports.document import Cell, Document, Section, Sentence, Table
from agentdesk.reports.renderers.base import RenderOptions
from agentdesk.reports.renderers.cells import cell_value

HEAD = ("section", "table", "row", "label", "column", "metric", "unit", "value")

_Line = tuple[str, str, str, str, str, str, str, str]


def render(document: Document, options: RenderOptions) -> str:  # noqa: ARG001  a table of values has no width
    """The document as RFC 4180 text, except that lines end in a newline alone."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(_lines(document))
    return out.getvalue()


def _lines(document: Document) -> Iterator[_Line]:
    yield ("", "report", "", document.name, "as_of", "", "", to_iso(document.as_of))
    for fact in document.facts:
        yield ("", "report", "", document.name, _text(fact.label), "", "", _text(fact.value))
    yield ("", "report", "", document.name, "headline", "", "", _text(document.headline.text))
    for section in document.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[_Line]:
    number = str(section.number)
    for block in section.blocks:
        if isinstance(block, Sentence):
            yield _sentence(number, block)
            continue
        for place, row in enumerate(block.rows, start=1):
            yield from _row(number, block, str(place), row)
        if block.total:
            yield from _row(number, block, "total", block.total)
        if block.left_out:
            yield (number, block.name, "left out", "", "count", "", "", str(block.left_out))
        for note in block.notes:
            yield _sentence(number, note)


def _sentence(section: str, sentence: Sentence) -> _Line:
    return (section, "notes", "", "", "text", " ".join(sentence.metrics), "", _text(sentence.whole))


def _row(section: str, table: Table, name: str, row: tuple[Cell, ...]) -> Iterator[_Line]:
    named = next((place for place, column in enumerate(table.columns) if column.title), 0)
    label = _text(cell_value(row[named], table.columns[named]))
    for column, cell in zip(table.columns, row, strict=True):
        if not column.title:
            continue
        unit = METRICS[column.metric].unit if column.metric else ""
        value = cell_value(cell, column)
        yield (
            section,
            table.name,
            name,
            label,
            column.title,
            column.metric,
            unit,
            _text(value) if isinstance(cell, str) else value,
        )


def _text(text: str) -> str:
    return spreadsheet_guard(line(text))
