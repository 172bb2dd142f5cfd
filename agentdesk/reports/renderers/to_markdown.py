"""A document as Markdown: headings, pipe tables, and no character of a stranger that means something to Markdown."""

import re
from collections.abc import Iterator

from agentdesk.domain.metrics import METRICS
from agentdesk.domain.safe_text import line
from agentdesk.reports.document import Cell, Column, Document, Section, Sentence, Table
from agentdesk.reports.renderers.base import RenderOptions
from agentdesk.reports.renderers.cells import cell_text
from agentdesk.reports.wording import as_of_text

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#!&])")
_LIST_MARK = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s|$)")


def render(document: Document, options: RenderOptions) -> str:  # noqa: ARG001  Markdown has no width
    """The document as CommonMark with the pipe tables of GitHub."""
    lines = [f"# {_escape(document.title)}", "", f"- as of: {as_of_text(document.as_of, document.zone)}"]
    lines += [f"- {_escape(fact.label)}: {_escape(fact.value)}" for fact in document.facts]
    lines += ["", f"**{_escape(document.headline.text)}**"]
    for section in document.sections:
        lines += ["", f"## {section.number} {_escape(section.title)}", *_section(section, document)]
    lines += ["", "---", ""]
    lines += [f"{_escape(note.text)}  " for note in document.footer_notes]
    lines += ["", "| metric | formula | unit |", "| :-- | :-- | :-- |"]
    used = [METRICS[metric] for metric in document.metrics_used]
    lines += [f"| `{metric.id}` | {_escape(metric.formula)} | {metric.unit} |" for metric in used]
    return "\n".join(lines) + "\n"


def _section(section: Section, document: Document) -> Iterator[str]:
    for block in section.blocks:
        yield ""
        if isinstance(block, Sentence):
            yield _escape(block.whole)
        else:
            yield from _table(block, document)


def _table(table: Table, document: Document) -> Iterator[str]:
    if table.caption:
        yield from (_escape(table.caption.text), "")
    if table.rows:
        yield _cells([_escape(column.title) for column in table.columns])
        yield _cells(["--:" if column.is_right else ":--" for column in table.columns])
        for row in table.rows:
            yield _cells([_cell(*pair, document) for pair in zip(row, table.columns, strict=True)])
        if table.total:
            totals = [_cell(*pair, document) for pair in zip(table.total, table.columns, strict=True)]
            yield _cells([f"**{text}**" if text.strip() else "" for text in totals])
    for note in (table.left_out_note, *table.notes):
        yield from ("", _escape(note.whole)) if note else ()


def _cell(cell: Cell, column: Column, document: Document) -> str:
    return _inline(cell_text(cell, column, document))


def _cells(texts: list[str]) -> str:
    return f"| {' | '.join(texts)} |"


def _escape(text: str) -> str:
    """One safe line that Markdown prints as it stands."""
    return _LIST_MARK.sub(_shield, _inline(text))


def _inline(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", line(text))


def _shield(mark: re.Match[str]) -> str:
    """A dash or a dot that would begin a list, with a backslash before it."""
    return f"{mark[1]}{mark[2][:-1]}\\{mark[2][-1]}"
