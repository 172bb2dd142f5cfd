"""A document as a plain page: readable on paper, by eye or by grep, without colour.

Every line fits the width, in terminal cells; text of strangers is made safe before it is measured.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from agentdesk.domain.metrics import METRICS
from agentdesk.domain.safe_text import ELLIPSIS, cells, line
from agentdesk.reports.document import Cell, Document, Section, Sentence, Table
from agentdesk.reports.renderers.base import RenderOptions
from agentdesk.reports.renderers.cells import cell_text
from agentdesk.reports.renderers.text_table import INDENT, table_lines
from agentdesk.reports.renderers.wrapping import wrap
from agentdesk.reports.wording import as_of_text

_FOLDED = str.maketrans(
    {
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{MIDDLE DOT}": "-",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    }
)


_CUT = ">"
"""Stands for the ellipsis of a clipped word where only ASCII is allowed."""


@dataclass(frozen=True, slots=True)
class _Page:
    width: int
    rule: str
    clean: Callable[[object], str]


def render(document: Document, options: RenderOptions) -> str:
    """The page, in lines of at most `options.page_width` cells."""
    page = _Page(options.page_width, "-" if options.ascii else "─", _to_ascii if options.ascii else line)
    lines = [
        *_header(document, page),
        page.rule * page.width,
        *_wrapped(document.headline.text, page),
    ]
    for section in document.sections:
        lines += ["", *_section(section, document, page)]
    lines += ["", page.rule * page.width, *_footer(document, page)]
    text = "\n".join(lines) + "\n"
    return text.replace(ELLIPSIS, _CUT) if options.ascii else text


def _header(document: Document, page: _Page) -> list[str]:
    title = page.clean(document.title).upper()
    as_of = f"as of {as_of_text(document.as_of, document.zone)}"
    return [
        *_spread([title, as_of], page.width),
        *_spread([page.clean(fact.text) for fact in document.facts], page.width),
    ]


def _spread(parts: Sequence[str], width: int) -> list[str]:
    """Parts on one line from edge to edge; on several where they do not fit with two cells between them."""
    gaps = len(parts) - 1
    free = width - sum(map(cells, parts))
    if gaps < 1 or free < 2 * gaps:
        return _packed(parts, width)
    between = [free // gaps + (place < free % gaps) for place in range(gaps)]
    return ["".join(part + " " * gap for part, gap in zip(parts, [*between, 0], strict=True))]


def _packed(parts: Sequence[str], width: int) -> list[str]:
    """Parts on as few lines as they need, three cells apart."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}   {part}" if lines else part
        if lines and cells(longer) <= width:
            lines[-1] = longer
        else:
            lines += wrap(part, width)
    return lines


def _section(section: Section, document: Document, page: _Page) -> Iterator[str]:
    yield f"{section.number} {page.clean(section.title).upper()}"
    for place, block in enumerate(section.blocks):
        if place and not (isinstance(block, Sentence) and isinstance(section.blocks[place - 1], Sentence)):
            yield ""
        if isinstance(block, Sentence):
            yield from _sentence(block, page)
        else:
            yield from _table(block, document, page)


def _table(table: Table, document: Document, page: _Page) -> Iterator[str]:
    if table.caption:
        yield from _wrapped(table.caption.text, page, INDENT)

    def texts(row: Sequence[object]) -> list[str]:
        return [
            page.clean(cell_text(cast(Cell, cell), column, document))
            for cell, column in zip(row, table.columns, strict=True)
        ]

    if table.rows:
        yield from table_lines(table, texts, page.width, page.rule)
    for note in (table.left_out_note, *table.notes):
        yield from _sentence(note, page) if note else ()


def _sentence(sentence: Sentence, page: _Page) -> list[str]:
    """A sentence with its command, which gets lines of its own where one cannot hold both: it is there to be copied."""
    whole = _wrapped(sentence.whole, page, INDENT)
    if not sentence.command or len(whole) == 1:
        return whole
    return [*_wrapped(sentence.text, page, INDENT), *_wrapped(sentence.command, page, INDENT * 2)]


def _footer(document: Document, page: _Page) -> Iterator[str]:
    for note in document.footer_notes:
        yield from _wrapped(note.text, page)
    yield ""
    used = [METRICS[metric] for metric in document.metrics_used]
    room = max((len(metric.id) for metric in used), default=0) + 2
    for metric in used:
        titles = [
            title
            for title in document.titles_of(metric.id)
            if title.replace("-", " ") != metric.id.replace("_", " ")
        ]
        said = f"{', '.join(titles)}: {metric.formula}" if titles else metric.formula
        yield from wrap(page.clean(said), page.width, first=f"{metric.id:<{room}}", rest=" " * room)


def _wrapped(text: str, page: _Page, indent: str = "") -> list[str]:
    return wrap(page.clean(text), page.width, first=indent)


def _to_ascii(value: object) -> str:
    """A safe line in which letters lose their accents and everything else that is not ASCII becomes `?`."""
    plain = unicodedata.normalize("NFKD", line(value).translate(_FOLDED))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return kept.encode("ascii", "replace").decode("ascii")
