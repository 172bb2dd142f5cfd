"""Workbooks written by hand, so that every oddity can be put into them."""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FORMATS = ("General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "h:mm", "[h]:mm:ss", '"day" 0.0', "00000", '"+"0')
"""What the styles 0 to 7 of a cell show."""


def cell(value, at: str = "", style: int = 0) -> str:
    """One cell; a text that begins with `<` is XML as it stands."""
    where = f' r="{at}"' if at else ""
    if isinstance(value, str) and value.startswith("<"):
        return value
    if isinstance(value, str):
        return f'<c{where} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c{where} s="{style}"><v>{value}</v></c>' if value is not None else f"<c{where}/>"


def workbook(rows, *, strings=(), sheets=None, parts=None, day="") -> bytes:
    """A workbook of one sheet, or of several by name; `!` before a name hides it."""
    sheets = sheets or {"People": rows}
    texts = "".join(f"<si>{one if one.startswith('<') else f'<t>{escape(one)}</t>'}</si>" for one in strings)
    links = "".join(
        f'<Relationship Id="s{n}" Type="{_R}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in enumerate(sheets, start=1)
    )
    named = "".join(
        f'<sheet name={quoteattr(name.lstrip("!"))} sheetId="{n}" r:id="s{n}"'
        + (' state="hidden"/>' if name.startswith("!") else "/>")
        for n, name in enumerate(sheets, start=1)
    )
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{_R}/officeDocument" Target="/xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook {_NS} xmlns:r="{_R}"><workbookPr {day}/><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{links}"
        f'<Relationship Id="t" Type="{_R}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="y" Type="{_R}/styles" Target="styles.xml"/></Relationships>',
        "xl/sharedStrings.xml": f"<sst {_NS}>{texts}</sst>",
        "xl/styles.xml": f"<styleSheet {_NS}><numFmts>"
        + "".join(
            f'<numFmt numFmtId="{200 + n}" formatCode={quoteattr(one)}/>' for n, one in enumerate(FORMATS)
        )
        + "</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs>"
        + "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(FORMATS)))
        + "</cellXfs></styleSheet>",
    }
    for n, table in enumerate(sheets.values(), start=1):
        written = "".join(
            row if isinstance(row, str) else f"<row>{''.join(map(cell, row))}</row>" for row in table
        )
        files[f"xl/worksheets/sheet{n}.xml"] = (
            f"<worksheet {_NS}><sheetData>{written}</sheetData></worksheet>"
        )
    return zipped(files | (parts or {}))


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()
