"""The zip of a desk is looked at from end to end before a store is touched: every member there, whole, and no other.

Nothing of it is believed: sizes are those of the bytes that come out, a line has a limit, a file is what its name says.
"""

import hashlib
import json
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.safe_text import line
from agentdesk.store import whole
from agentdesk.store.sqlite import SCHEMA_VERSION
from agentdesk.transfer.desk_archive import FILES, KIND, MANIFEST, ROWS

OLDEST: Final = 5
"""The first schema whose desks were exported whole."""
LONGEST_LINE: Final = 64 * 1024 * 1024
"""Bytes of one row; a message of that length is none."""
_PIECE: Final = 1024 * 1024
_BROKEN: Final = (
    *(BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, OverflowError),
    *(UnicodeDecodeError, ValueError, OSError),
)
"""What reading a damaged zip raises."""


class BadArchiveError(AgentDeskError):
    """A file that is no whole export of a desk; nothing was written."""

    def __init__(self, path: Path, member: str, why: str, hint: str = "Export the desk again.") -> None:
        where = f"{line(path)}, {line(member)}" if member else line(path)
        super().__init__(f"{where}: {why}. Nothing was written. {hint}")


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip that was found whole.

    Attributes:
        path: where it is.
        schema: of the store it came from.
        counters: the last number each table gave out.
        rows: how many, by table.
    """

    path: Path
    schema: int
    counters: dict[str, int]
    rows: dict[str, int]

    @contextmanager
    def opened(self) -> Iterator[ZipFile]:
        """The zip, to be read.

        Raises:
            BadArchiveError: it was damaged since it was looked at.
        """
        try:
            with ZipFile(self.path) as archive:
                yield archive
        except (BadZipFile, zlib.error, EOFError) as error:
            raise BadArchiveError(self.path, "", f"it cannot be read ({error})") from None


def check_desk(path: Path) -> Archive:
    """Look at all of a zip.

    Args:
        path: of a file that `export desk` wrote.

    Raises:
        BadArchiveError: it is none, it is damaged, or a newer AgentDesk wrote it; the sentence names the member.
    """
    try:
        path.open("rb").close()
    except OSError as error:
        hint = "Name the file that was exported."
        raise BadArchiveError(path, "", error.strerror or str(error), hint) from None
    try:
        archive = ZipFile(path)
    except _BROKEN:
        raise BadArchiveError(path, "", "this is no zip, or only a part of one") from None
    with archive:
        return _look(path, archive)


def _look(path: Path, archive: ZipFile) -> Archive:
    names = archive.namelist()
    for info in archive.infolist():
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise BadArchiveError(path, info.filename, "was damaged: it is packed in a way we do not write")
    manifest = _manifest(path, archive)
    told = manifest["tables"]
    members = {ROWS.format(table): table for table in told}
    for name in (*members, MANIFEST):
        if names.count(name) != 1:
            raise BadArchiveError(path, name, "is missing" if name not in names else "is there twice")
    files = set(names) - set(members) - {MANIFEST}
    if len(names) != len(set(names)):
        raise BadArchiveError(path, next(one for one in names if names.count(one) > 1), "is there twice")
    for name, table in members.items():
        rows, sha256 = _sum(path, archive, name)
        if (rows, sha256) != (told[table]["rows"], told[table]["sha256"]):
            raise BadArchiveError(path, name, "was damaged: it is not what the manifest says")
    _check_files(path, archive, files)
    return Archive(
        path, manifest["schema"], manifest["counters"], {table: one["rows"] for table, one in told.items()}
    )


def _manifest(path: Path, archive: ZipFile) -> dict[str, Any]:
    """What the zip says it holds, in a shape that can be asked."""
    try:
        with archive.open(MANIFEST) as part:
            found = json.loads(part.read(LONGEST_LINE))
        is_ours = found["kind"] == KIND
        schema, counters, tables = int(found["schema"]), dict(found["counters"]), dict(found["tables"])
        for one in tables.values():
            int(one["rows"]), str(one["sha256"])
    except KeyError:
        raise BadArchiveError(path, MANIFEST, "this is no export of a desk") from None
    except (TypeError, AttributeError, *_BROKEN):
        raise BadArchiveError(path, MANIFEST, "was damaged") from None
    if not is_ours:
        raise BadArchiveError(path, MANIFEST, "this is no export of a desk")
    if schema > SCHEMA_VERSION:
        newer = f"a newer AgentDesk wrote it (schema {schema}, this one knows {SCHEMA_VERSION})"
        raise BadArchiveError(path, MANIFEST, newer, "Update AgentDesk.")
    if schema < OLDEST or not all(isinstance(one, int) for one in counters.values()):
        raise BadArchiveError(path, MANIFEST, "was damaged")
    known = whole.tables()
    if unknown := [name for name in tables if name not in known]:
        raise BadArchiveError(path, ROWS.format(unknown[0]), "is no table of a desk")
    if schema == SCHEMA_VERSION and (missing := [name for name in known if name not in tables]):
        raise BadArchiveError(path, ROWS.format(missing[0]), "is missing")
    return {"schema": schema, "counters": counters, "tables": tables}


def _check_files(path: Path, archive: ZipFile, names: set[str]) -> None:
    """Every other member is a file under its own hash, and each row of the table of files has one."""
    for name in sorted(names):
        if name != FILES.format(name.removeprefix("files/")):
            raise BadArchiveError(path, name, "does not belong there")
        if _sum(path, archive, name)[1] != name.removeprefix("files/"):
            raise BadArchiveError(path, name, "was damaged: it is not what its name says")
    table = ROWS.format("blob")
    try:
        with archive.open(table) as part:
            wanted = {FILES.format(json.loads(one)["sha256"]) for one in part}
    except (KeyError, TypeError, ValueError):
        raise BadArchiveError(path, table, "was damaged") from None
    for name in sorted(wanted ^ names):
        raise BadArchiveError(path, name, "is missing" if name in wanted else "does not belong there")


def _sum(path: Path, archive: ZipFile, name: str) -> tuple[int, str]:
    """Lines and SHA-256 of a member."""
    found, lines = hashlib.sha256(), 0
    try:
        with archive.open(name) as part:
            while piece := part.read(_PIECE):
                found.update(piece)
                lines += piece.count(b"\n")
    except _BROKEN:
        raise BadArchiveError(path, name, "was damaged") from None
    return lines, found.hexdigest()
