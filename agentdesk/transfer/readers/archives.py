"""A zip archive is opened where it holds one file that may be a table, and nothing is ever unpacked to a named file.

Bounds are those of gzip: a member stops at 100 times its packed size. What programs add beside (`__MACOSX`, hidden
files) does not count.
"""

import zipfile
from typing import BinaryIO, Final, cast

from agentdesk.transfer.readers.sources import MAX_RATIO, MAX_UNPACKED, RATIO_FREE, Source
from agentdesk.transfer.refusals import (
    ArchiveRefusedError,
    DecompressionRefusedError,
    NoMemberError,
    SeveralMembersError,
    WorkbookRefusedError,
)

MAX_MEMBERS: Final = 10_000
"""Files of an archive that is looked into."""

_TYPES: Final = "[Content_Types].xml"
_FIRST: Final = 4096
"""Bytes in which a workbook names its first part."""
_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xltx")
_CUT_OFF: Final = "it is cut off or damaged"
_ANEW: Final = (
    "Copy or download it again, or open it in a spreadsheet program and save it anew, and import that."
)
_OTHERS: Final = {"word/document.xml": "a Word document", "ppt/presentation.xml": "a PowerPoint file"}


def open_zip(source: Source) -> zipfile.ZipFile:
    """Open the archive that a source is.

    Raises:
        WorkbookRefusedError: it is a broken workbook.
        ArchiveRefusedError: it is broken, or has more than `MAX_MEMBERS` files.
        FileRefusedError: its bytes cannot be read.
    """
    try:
        archive = zipfile.ZipFile(source.spool())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeError) as error:
        if _TYPES.encode() in source.head[:_FIRST] or source.label.casefold().endswith(_WORKBOOKS):
            raise WorkbookRefusedError(source.label, _CUT_OFF, _ANEW) from error
        raise ArchiveRefusedError(source.label, f"the zip archive is broken ({error})") from error
    if len(archive.infolist()) > MAX_MEMBERS:
        raise ArchiveRefusedError(source.label, f"it holds more than {MAX_MEMBERS:,} files")
    return archive


def is_workbook(archive: zipfile.ZipFile, label: str) -> bool:
    """Whether an archive is a workbook of Excel.

    Raises:
        ArchiveRefusedError: it is a document of another program.
    """
    names = frozenset(archive.namelist())
    if "mimetype" in names and "content.xml" in names:
        raise ArchiveRefusedError(label, "it is an OpenDocument file; save it as XLSX or CSV")
    if _TYPES not in names:
        return False
    if other := next((kind for name, kind in _OTHERS.items() if name in names), None):
        raise ArchiveRefusedError(label, f"it is {other}")
    if any(name.endswith("workbook.bin") for name in names):
        raise ArchiveRefusedError(label, "it is a binary workbook (.xlsb); save it as XLSX or CSV")
    return any(name.endswith("workbook.xml") for name in names)


def find_member(
    archive: zipfile.ZipFile, label: str, wanted: str | None
) -> tuple[zipfile.ZipInfo, str | None]:
    """Return the file to read, and what is asked of it: the rest of `wanted` behind its name and a colon.

    Raises:
        NoMemberError: it has no such file.
        SeveralMembersError: it has several, and none is named.
        ArchiveRefusedError: it has none.
    """
    found = [info for info in archive.infolist() if not info.is_dir() and not _is_aside(info.filename)]
    if not found:
        raise ArchiveRefusedError(label, "it holds no file")
    for info in found:
        if wanted and (wanted == info.filename or wanted.startswith(f"{info.filename}:")):
            return info, wanted[len(info.filename) + 1 :] or None
    if len(found) == 1:
        return found[0], wanted
    names = [info.filename for info in found]
    if wanted:
        raise NoMemberError(label, wanted, names)
    raise SeveralMembersError(label, names)


def open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, label: str) -> BinaryIO:
    """Open one file of an archive.

    Raises:
        ArchiveRefusedError: it needs a password, or is packed in a way that is not known.
        DecompressionRefusedError: it would grow beyond all reason.
    """
    if info.file_size > RATIO_FREE and info.file_size > MAX_RATIO * info.compress_size:
        raise DecompressionRefusedError(
            label, f"{info.filename!r} grows to more than {MAX_RATIO} times its size"
        )
    if info.file_size > MAX_UNPACKED:
        raise DecompressionRefusedError(
            label, f"{info.filename!r} holds more than {MAX_UNPACKED // 1024**3} GiB"
        )
    if info.flag_bits & 1:
        raise ArchiveRefusedError(label, f"{info.filename!r} needs a password")
    try:
        return cast("BinaryIO", archive.open(info))
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
        UnicodeError,
    ) as error:
        raise ArchiveRefusedError(label, f"{info.filename!r} cannot be unpacked ({error})") from error


def _is_aside(name: str) -> bool:
    """Whether a file is one that a system puts beside others."""
    parts = name.split("/")
    return (
        parts[0] == "__MACOSX"
        or parts[-1].startswith(".")
        or parts[-1].casefold() in {"thumbs.db", "desktop.ini"}
    )
