"""Any file of rows is opened by what it holds, never by its name: a table of text, JSON, vCards."""

from agentdesk.transfer.csv_reader import Table
from agentdesk.transfer.file_kinds import JSON, VCARDS, find_kind
from agentdesk.transfer.json_table import JsonTable
from agentdesk.transfer.sources import Source
from agentdesk.transfer.table import AnyTable
from agentdesk.transfer.vcard_table import VCardTable


def open_table(
    source: Source,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    member: str | None = None,
) -> AnyTable:
    """Open a table, whatever holds it.

    Args:
        source: the open bytes.
        encoding: codec, when the caller knows it.
        delimiter: character or word, when the caller knows it; then it is a table of text.
        member: which list of a JSON object.

    Raises:
        FileRefusedError: one of its kinds.
    """
    kind = "" if delimiter else find_kind(source.head)
    if kind == JSON:
        return JsonTable(source, encoding=encoding, member=member)
    if kind == VCARDS:
        return VCardTable(source, encoding=encoding)
    return Table(source, encoding=encoding, delimiter=delimiter)
