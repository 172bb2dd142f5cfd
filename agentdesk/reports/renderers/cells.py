"""One typed cell becomes words for a reader or a raw value for a program; rounding happens here and nowhere else."""

from datetime import date, datetime, timedelta
from fractions import Fraction

from agentdesk.domain.instants import to_iso
from agentdesk.domain.numbers import hours_text, in_days, percent_text, round_half_up
from agentdesk.reports.document import Cell, Column, Document, Kind
from agentdesk.reports.wording import day_text, instant_text

NOTHING = "-"
"""What stands in a cell that has nothing to say; a 0 is a figure, this is none."""


def cell_text(cell: Cell, column: Column, document: Document) -> str:
    """A cell as a reader sees it; text is passed on as it came, unsafe."""
    if cell is None:
        return NOTHING
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date | timedelta):
        return _time_text(cell, column, document)
    if column.kind is Kind.PERCENT:
        return percent_text(Fraction(cell))
    number = _number_text(cell)
    return f"+{number}" if column.kind is Kind.CHANGE and cell > 0 else number


def cell_value(cell: Cell, column: Column) -> str:
    """A cell as a program reads it: ISO instants in UTC, whole minutes, ratios with up to six decimals."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return to_iso(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        if column.kind is Kind.DAYS:
            return _raw(in_days(cell))
        return str(cell // timedelta(minutes=1))
    return _raw(cell) if isinstance(cell, Fraction) else str(cell)


def _raw(number: Fraction) -> str:
    return f"{round_half_up(number, 6).normalize():f}"


def _time_text(cell: date | timedelta, column: Column, document: Document) -> str:
    if isinstance(cell, datetime):
        return instant_text(cell, document.zone, document.as_of)
    if isinstance(cell, date):
        return day_text(cell)
    return str(round_half_up(in_days(cell), 1)) if column.kind is Kind.DAYS else hours_text(cell)


def _number_text(number: int | Fraction) -> str:
    """Whole numbers as they are, a mean or a median between two counts with one decimal."""
    exact = Fraction(number)
    return str(exact.numerator) if exact.denominator == 1 else str(round_half_up(exact, 1))
