"""Zip files whose bytes depend on what is in them alone: no clock, no user, no order of a folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_NO_DATE = (1980, 1, 1, 0, 0, 0)
_OWNER_ONLY = 0o100600 << 16


def new_zip(out: BinaryIO) -> ZipFile:
    """A zip to be written to an open file."""
    return ZipFile(out, "w", ZIP_DEFLATED)


@contextmanager
def member(archive: ZipFile, name: str) -> Iterator[IO[bytes]]:
    """A new member, open for writing; however long it gets."""
    info = ZipInfo(name, _NO_DATE)
    info.compress_type = ZIP_DEFLATED
    info.create_system = 3  # else it would tell a Windows from the rest
    info.external_attr = _OWNER_ONLY
    with archive.open(info, "w", force_zip64=True) as out:
        yield out
