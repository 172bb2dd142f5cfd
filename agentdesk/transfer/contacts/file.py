"""A file of contacts, opened: format recognised, header checked, records to be iterated once."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from agentdesk.transfer.contact_record import ContactRecord
from agentdesk.transfer.contacts.languages import Languages
from agentdesk.transfer.contacts.wrong_list import refuse_organizations
from agentdesk.transfer.importers import AUTO, from_vcard, recognise
from agentdesk.transfer.importers.protocol import Importer
from agentdesk.transfer.readers.sources import Source, open_source
from agentdesk.transfer.readers.table import AnyTable
from agentdesk.transfer.readers.tables import open_table
from agentdesk.transfer.refusals import RejectsFileError
from agentdesk.transfer.rejects import RejectsFile, default_rejects_path
from agentdesk.transfer.rows import Fault

_SHOWN: Final = 8
"""Names of extra columns that are told."""
_LONG: Final = 40


class ContactFile:
    """What an import needs to know about a file; use it as a context manager.

    Attributes:
        source: the open bytes, with their digest once read.
        table: encoding, delimiter, header and notes.
        importer: the format.
        why: how the format was recognised.
        unmapped: columns that are kept as extra fields.
    """

    def __init__(self, source: Source, table: AnyTable, importer: Importer, why: str) -> None:
        self.source = source
        self.table = table
        self.importer = importer
        self.why = why
        self.unmapped = importer.plan(table.header).unmapped

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.source.close()

    def records(self) -> Iterator[ContactRecord | Fault]:
        """Yield a contact or a fault for every row, in order.

        Raises:
            FileRefusedError: the file as a whole cannot be read on.
        """
        first, count = "", 0
        tongues = Languages()
        for one in self.importer.records(self.table.header, self.table.rows()):
            if not isinstance(one, Fault):
                if one.odd_numbers:
                    count += 1
                    first = first or f"line {one.line}: {one.odd_numbers[0][:_LONG]!r}"
                if one.language:
                    tongues.look_at(one.language, one.line)
            yield one
        self.table.notes.extend([*_about_odd(count, first), *tongues.notes()])

    def rejects(self, path: Path | None = None) -> RejectsFile:
        """Return the file for rejected rows.

        Args:
            path: where to; beside the file by default.

        Raises:
            RejectsFileError: the path is that of the file itself.
        """
        target = path or default_rejects_path(self.source.path, self.table.rejects_suffix)
        if self.source.path and target.resolve() == self.source.path.resolve():
            raise RejectsFileError(str(target), "it is the file that is imported")
        return self.table.rejects(target)


def open_contacts(
    path: str | Path,
    *,
    source: str = AUTO,
    encoding: str | None = None,
    delimiter: str | None = None,
    member: str | None = None,
    stdin: BinaryIO | None = None,
    names_all: bool = False,
) -> ContactFile:
    """Open a file of contacts and read its header.

    Args:
        path: a regular file, plain or gzip, or `-`.
        source: name of an importer, or `auto`.
        encoding: codec, when the caller knows it.
        delimiter: character or word, when the caller knows it.
        member: which file of an archive, sheet of a workbook or list of a JSON object.
        stdin: the stream that `-` means.
        names_all: name every extra column in the notes, not the first few.

    Raises:
        FileRefusedError: one of its kinds; nothing was read beyond the header.
    """
    opened = open_source(path, stdin)
    try:
        table = open_table(opened, encoding=encoding, delimiter=delimiter, member=member)
        if source == AUTO:
            refuse_organizations(table.header)
        importer, why = recognise(table.header, source)
        unmapped = importer.plan(table.header).unmapped
        if (
            importer is not from_vcard
        ):  # its reader says what it is, and its columns are that reader's, mostly empty
            table.notes.extend([f"Taken for {importer.LABEL}, {why}."] if source == AUTO else [])
            table.notes.extend(_about_extra(unmapped, whole=names_all))
        return ContactFile(opened, table, importer, why)
    except BaseException:
        opened.close()
        raise


def _about_extra(names: tuple[str, ...], *, whole: bool) -> list[str]:
    """The columns that have no place of their own, the first of them or all by name."""
    if not names:
        return []
    shown = len(names) if whole else _SHOWN
    left = len(names) - shown
    more = f" and {left} more columns; --dry-run --all names them" if left > 0 else ""
    return [f"Kept as extra fields: {', '.join(name[:_LONG] for name in names[:shown])}{more}."]


def _about_odd(count: int, first: str) -> list[str]:
    """The rows with a phone number that is none, and the first of them."""
    if count == 1:
        return [f"1 row has a phone number that nobody can call ({first}): kept as an extra field."]
    told = f"{count:,} rows have phone numbers that nobody can call (the first in {first}): kept as extra fields."
    return [told] if count else []
