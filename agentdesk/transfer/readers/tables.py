"""Any file of rows is opened by what it holds, never by its name: text with delimiters, JSON, vCards, workbooks, zip."""

from agentdesk.transfer.readers.archives import find_member, is_workbook, open_member, open_zip
from agentdesk.transfer.readers.csv_reader import Table
from agentdesk.transfer.readers.file_kinds import JSON, VCARDS, ZIP, find_kind
from agentdesk.transfer.readers.json_table import JsonTable
from agentdesk.transfer.readers.sources import Source
from agentdesk.transfer.readers.table import AnyTable
from agentdesk.transfer.readers.vcard_table import VCardTable
from agentdesk.transfer.readers.xlsx_table import XlsxTable
from agentdesk.transfer.refusals import ArchiveRefusedError


def open_table(
    source: Source,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    member: str | None = None,
) -> AnyTable:
    """Open a table, whatever holds it.

    Args:
        source: the open bytes; it is to be closed by the caller, after the last row.
        encoding: codec, when the caller knows it.
        delimiter: character or word, when the caller knows it; then no text is taken for JSON or vCards.
        member: which file of an archive, sheet of a workbook or list of a JSON object; `FILE:SHEET` names both.

    Raises:
        FileRefusedError: one of its kinds.
    """
    kind = find_kind(source.head)
    if kind == ZIP:
        return _open_archive(source, encoding, delimiter, member)
    if kind == JSON and not delimiter:
        return JsonTable(source, encoding=encoding, member=member)
    if kind == VCARDS and not delimiter:
        return VCardTable(source, encoding=encoding)
    return Table(source, encoding=encoding, delimiter=delimiter)


def _open_archive(
    source: Source, encoding: str | None, delimiter: str | None, member: str | None
) -> AnyTable:
    archive = open_zip(source)
    if is_workbook(archive, source.label):
        return XlsxTable(archive, source.label, sheet=member)
    info, inner = find_member(archive, source.label, member)
    label = f"{source.label}:{info.filename}"
    held = Source(label, None, open_member(archive, info, source.label))
    if find_kind(held.head) != ZIP:
        return open_table(held, encoding=encoding, delimiter=delimiter, member=inner)
    archive = open_zip(held)
    if not is_workbook(archive, label):
        raise ArchiveRefusedError(label, "it is an archive in an archive")
    return XlsxTable(archive, label, sheet=inner)
