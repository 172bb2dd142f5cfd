"""A workbook for spreadsheets: every text is an inline string, so that none can ever be a formula or a link.

Written by hand, member by member, because a row is then gone from memory once it is written and the same rows give
the same bytes. What a sheet or a cell cannot hold is told: rows go on in a second sheet, a longer text is cut.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import chain, count, islice
from typing import IO, Any, BinaryIO, Final
from zipfile import ZipFile

from agentdesk.queries.exports.listing import Kind
from agentdesk.transfer.exporters.cells import flat
from agentdesk.transfer.exporters.protocol import Sheet, Style
from agentdesk.transfer.fixed_zip import member, new_zip

MOST_ROWS: Final = 1_048_575
"""Rows of one sheet below its heading."""
LONGEST: Final = 32_767
"""UTF-16 units that one cell holds."""
_DAY: Final = timedelta(days=1)
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DAY_ONE: Final = datetime(1899, 12, 30)  # noqa: DTZ001  a sheet knows no zone: its instants are UTC
_UNPRINTABLE: Final = re.compile("[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_HEAD: Final = (
    f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
_STYLES: Final = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>'
    '</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_INSTANT, _BOLD = ' s="1"', ' s="2"'


def write(sheet: Sheet, out: BinaryIO, style: Style) -> None:  # noqa: ARG001  typed cells need no guard
    """Write the workbook, its sheets first."""
    book = _Book(sheet)
    with new_zip(out) as archive:
        rows = chain.from_iterable(zip(*block, strict=True) for block in sheet)
        for number in count(1):
            book.names.append(sheet.name if number == 1 else f"{sheet.name} {number}")
            if book.add(archive, number, islice(rows, MOST_ROWS)) < MOST_ROWS:
                break
        for name, text in _parts(book.names):
            with member(archive, name) as part:
                part.write(text.encode())
    if book.cut:
        sheet.notes.append(
            f"Texts longer than a cell of a workbook holds ({LONGEST:,} characters): {book.cut:,}; they end with an "
            "ellipsis. JSON and CSV hold them whole."
        )


class _Book:
    """What is known of the workbook while its sheets are written."""

    def __init__(self, sheet: Sheet) -> None:
        self.names: list[str] = []
        self.cut = 0
        self._titles = [column.key for column in sheet.columns]
        letters = [_letters(place) for place in range(len(self._titles))]
        self._cells = [
            (letter, self._cell_of(one.kind)) for letter, one in zip(letters, sheet.columns, strict=True)
        ]
        self._heads = list(zip(letters, self._titles, strict=True))

    def add(self, archive: ZipFile, number: int, rows: Iterator[Any]) -> int:
        """Write one sheet and return how many rows it has."""
        written = 0
        with member(archive, f"xl/worksheets/sheet{number}.xml") as out:
            out.write(_HEAD.encode())
            heads = "".join(self._text(f'{letter}1"{_BOLD}', title) for letter, title in self._heads)
            out.write(f'<row r="1">{heads}</row>'.encode())
            for written, row in enumerate(rows, start=1):
                self._write_row(out, written + 1, row)
            out.write(b"</sheetData></worksheet>")
        return written

    def _write_row(self, out: IO[bytes], number: int, row: Any) -> None:
        cells = [
            make(f"{letter}{number}", value)
            for (letter, make), value in zip(self._cells, row, strict=True)
            if value is not None and value != ""
        ]
        out.write(f'<row r="{number}">{"".join(cells)}</row>'.encode())

    def _cell_of(self, kind: Kind) -> Callable[[str, Any], str]:
        """What draws a cell of a kind, given its place and its value."""
        if kind is Kind.NUMBER:
            return lambda place, value: f'<c r="{place}"><v>{value}</v></c>'
        if kind is Kind.FLAG:
            return lambda place, value: f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
        if kind is Kind.INSTANT:
            return self._instant
        told = flat(kind)
        return lambda place, value: self._text(f'{place}"', told(value) if told else value)

    def _instant(self, place: str, value: str) -> str:
        at = datetime.fromisoformat(value).replace(tzinfo=None)
        days = (at - _DAY_ONE) / _DAY
        if days < 61:  # before March 1900 sheets count otherwise
            return self._text(f'{place}"', value)
        # Twelve places hold a microsecond, and so many tell our reader that they do.
        told = f"{days:.12f}" if at.microsecond else f"{days:.10f}"
        return f'<c r="{place}"{_INSTANT}><v>{told}</v></c>'

    def _text(self, place: str, text: str | None) -> str:
        if not text:
            return ""
        if len(text) > LONGEST // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST:
            text = f"{text.encode('utf-16-le')[: (LONGEST - 1) * 2].decode('utf-16-le', 'ignore')}…"
            self.cut += 1
        if not text.isprintable() or "_x" in text:
            text = _UNPRINTABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f'<c r="{place} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _letters(place: int) -> str:
    """`A` for 0, `AA` for 26."""
    first, last = divmod(place, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


def _parts(names: list[str]) -> list[tuple[str, str]]:
    """What is beside the sheets, by member."""
    numbered = list(enumerate(names, start=1))
    sheets = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in numbered)
    related = "".join(
        f'<Relationship Id="rId{at}" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at, _ in numbered
    )
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for at, _ in numbered
    )
    relations = f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    return [
        (
            "[Content_Types].xml",
            (
                f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                '<Default Extension="xml" ContentType="application/xml"/>'
                f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{kinds}'
                f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
            ),
        ),
        (
            "_rels/.rels",
            f'{relations}<Relationship Id="rId1" Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        ),
        (
            "xl/workbook.xml",
            f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>{sheets}</sheets></workbook>',
        ),
        (
            "xl/_rels/workbook.xml.rels",
            (
                f'{relations}{related}<Relationship Id="rId{len(names) + 1}" Type="{_DOCUMENT}/styles" '
                'Target="styles.xml"/></Relationships>'
            ),
        ),
        ("xl/styles.xml", _STYLES),
    ]
