"""A report before it has a format: typed cells, metric ids, and the JSON object that scripts read.

A report builds one `Document`; a renderer turns any `Document` into text. Neither knows the other, and a
column of figures that names no metric cannot be built.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any

from agentdesk.domain.metrics import METRICS

Cell = str | int | Fraction | timedelta | datetime | date | None
"""A value, never formatted: text (foreign, not yet made safe), a count, a ratio or a mean, a length of time,
an instant (aware), a day; None where nothing is to be said."""


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    COUNT = "count"
    """An `int`, or a `Fraction` where it is a median of counts."""
    CHANGE = "change"
    """A count that is printed with its sign."""
    PERCENT = "percent"
    """A `Fraction` between 0 and 1."""
    MINUTES = "minutes"
    """A `timedelta`, printed as hours and minutes."""
    DAYS = "days"
    """A `timedelta`, printed in days."""
    INSTANT = "instant"
    """An aware `datetime`, printed in the zone of the document."""

    @property
    def is_figure(self) -> bool:
        """Whether a column of this kind must name its metric."""
        return self not in {Kind.TEXT, Kind.INSTANT}


@dataclass(frozen=True, slots=True)
class Column:
    """The head of one column."""

    title: str
    kind: Kind = Kind.TEXT
    metric: str = ""
    """The id of what is measured, in `METRICS`."""
    wide: bool = False
    """May be clipped where the page is narrow; everything else is always printed whole."""
    short: str = ""
    """A shorter title for a narrow page."""

    def __post_init__(self) -> None:
        if self.kind.is_figure or self.metric:
            _check_metrics([self.metric], f"column {self.title!r}")

    @property
    def is_right(self) -> bool:
        """Figures and instants are set to the right, words to the left."""
        return self.kind is not Kind.TEXT


@dataclass(frozen=True, slots=True)
class Sentence:
    """A line of prose, with the metrics of the figures in it."""

    text: str
    metrics: tuple[str, ...] = ()
    command: str = ""
    """What lists the things it counts; stands after the text, unbroken where a line can hold it."""

    @property
    def whole(self) -> str:
        """The text with its command."""
        return f"{self.text} {self.command}" if self.command else self.text

    def __post_init__(self) -> None:
        _check_metrics(self.metrics, f"sentence {self.text!r}")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns."""

    name: str
    """How the CSV calls it: one word."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    """The last row, set apart; it is the sum of the rows wherever they can be summed."""
    caption: Sentence | None = None
    """What the rows are, above them."""
    left_out: int = 0
    """Rows that a cap kept off the page; every renderer says so."""
    hint: str = ""
    """The command that lists all of them."""
    notes: tuple[Sentence, ...] = ()
    """What a reader needs to read the rows, below them."""
    metrics: tuple[str, ...] = ()
    """Metrics that rows name rather than columns."""

    def __post_init__(self) -> None:
        _check_metrics(self.metrics, f"table {self.name}")
        for row in (*self.rows, *([self.total] if self.total else [])):
            if len(row) != len(self.columns):
                message = f"table {self.name}: {len(row)} cells under {len(self.columns)} columns"
                raise ValueError(message)

    @property
    def left_out_note(self) -> Sentence | None:
        """What is said about the rows that are not shown; None where all are."""
        if not self.left_out:
            return None
        said = f"{self.left_out} more of {self.left_out + len(self.rows)} not shown"
        return Sentence(f"{said}:" if self.hint else said, command=self.hint)


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part."""

    number: int
    title: str
    blocks: tuple[Table | Sentence, ...]

    @property
    def commands(self) -> tuple[Sentence, ...]:
        """Every sentence of it that names a command."""
        said = [block if isinstance(block, Sentence) else block.left_out_note for block in self.blocks]
        return tuple(one for one in said if one and one.command)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the header says about the whole report."""

    label: str
    value: str
    bare: bool = False
    """The value speaks for itself and is printed without its label."""

    @property
    def text(self) -> str:
        """As it stands in a header line."""
        return self.value if self.bare else f"{self.label} {self.value}"


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report."""

    name: str
    """As `agentdesk report` calls it."""
    title: str
    as_of: datetime
    zone: str
    """IANA zone in which instants are printed."""
    facts: tuple[Fact, ...]
    headline: Sentence
    sections: tuple[Section, ...]
    footer_notes: tuple[Sentence, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    """Exactly what `--format json` prints."""

    @property
    def metrics_used(self) -> tuple[str, ...]:
        """Ids of all metrics on the page, each once, in the order of first use."""
        return tuple(dict.fromkeys(self._metrics()))

    def titles_of(self, metric: str) -> tuple[str, ...]:
        """What columns of this metric are called, each once; nothing where they only say of which kind they count."""
        titles = [
            column.title
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Table) and metric not in block.metrics
            for column in block.columns
            if column.metric == metric
        ]
        return tuple(dict.fromkeys(titles)) if len(set(titles)) <= _FEW else ()

    def _metrics(self) -> Iterator[str]:
        yield from self.headline.metrics
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Table):
                    yield from block.caption.metrics if block.caption else ()
                    yield from (column.metric for column in block.columns if column.metric)
                    yield from (metric for note in block.notes for metric in note.metrics)
                yield from block.metrics
        for note in self.footer_notes:
            yield from note.metrics


_FEW = 2
"""Columns of one metric with more titles than these are a matrix: the titles name rows of the kind, not the figure."""


def _check_metrics(ids: Sequence[str], where: str) -> None:
    for metric in ids:
        if metric not in METRICS:
            message = f"{where} shows a figure of the unknown metric {metric!r}"
            raise ValueError(message)
