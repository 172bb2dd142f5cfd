"""Bytes come in through one door: a regular file, a gzip file or standard input, never read whole.

What is no regular file is refused before a byte is read; a file that changes under the reader is refused at
its end; a gzip file stops at 100 times its packed size. `sha256` covers the bytes as stored.
"""

import gzip
import hashlib
import io
import lzma
import os
import stat
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self, cast

from agentdesk.transfer.refusals import DecompressionRefusedError, FileChangedError, UnreadableFileError

CHUNK: Final = 256 * 1024
"""Bytes read at a time."""
HEAD: Final = 1024 * 1024
"""Bytes that are looked at before the encoding is decided."""
MAX_RATIO: Final = 100
"""Unpacked bytes per packed byte; a table of text rarely passes 30."""
RATIO_FREE: Final = 1024 * 1024
"""Unpacked bytes that are allowed whatever the ratio: small files pack well."""
MAX_UNPACKED: Final = 8 * 1024**3
"""Unpacked bytes at which a gzip file is given up in any case."""

_GZIP_MAGIC: Final = b"\x1f\x8b"
STANDARD_INPUT: Final = "-"


class _Tally(io.RawIOBase):
    """Passes bytes on, counting and hashing them."""

    def __init__(self, inner: BinaryIO) -> None:
        super().__init__()
        self._inner = inner
        self.count = 0
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        data = self._inner.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        self.digest.update(data)
        return len(data)


class Source:
    """An open source of bytes; use it as a context manager.

    Attributes:
        label: how messages name it.
        path: the file, or `None` for standard input.
        head: its first bytes (unpacked), at most `HEAD`.
    """

    def __init__(self, label: str, path: Path | None, stream: BinaryIO) -> None:
        self.label = label
        self.path = path
        self._file = stream
        self._before = _fingerprint(stream) if path else None
        self._tally = _Tally(stream)
        self._packed = False
        self._held: list[BinaryIO] = []
        self._unpacked = 0
        buffered = io.BufferedReader(self._tally, CHUNK)
        self._stream: io.BufferedIOBase = buffered
        if buffered.peek(2)[:2] == _GZIP_MAGIC:
            self._packed = True
            self._stream = gzip.GzipFile(fileobj=buffered)
        self.head = self._read_head()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and what was unpacked from it; standard input is left open."""
        for held in self._held:
            held.close()
        if self.path:
            self._file.close()

    @property
    def sha256(self) -> str:
        """Digest of the bytes read so far, as stored: of the whole file once `chunks` is exhausted."""
        return self._tally.digest.hexdigest()

    def spool(self) -> BinaryIO:
        """Copy all bytes to a file without a name, where they can be read in any order; it goes with the source.

        Raises:
            FileRefusedError: as `chunks`.
        """
        file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115  it is closed with the source
        self._held.append(file)
        try:
            file.writelines(self.chunks())
        except OSError as error:
            raise UnreadableFileError(self.label, error.strerror or str(error)) from error
        file.seek(0)
        return file

    def chunks(self) -> Iterator[bytes]:
        """Yield all bytes, unpacked, in order; once.

        Raises:
            DecompressionRefusedError: the gzip data is broken, or unpacks to more than is sane.
            FileChangedError: size or time of the file differ at the end from the beginning.
            UnreadableFileError: the device failed.
        """
        for start in range(0, len(self.head), CHUNK):
            yield self.head[start : start + CHUNK]
        while data := self._read(CHUNK):
            yield data
        if self._before is not None and _fingerprint(self._file) != self._before:
            raise FileChangedError(self.label)

    def _read_head(self) -> bytes:
        parts: list[bytes] = []
        missing = HEAD
        while missing and (data := self._read(missing)):
            parts.append(data)
            missing -= len(data)
        return b"".join(parts)

    def _read(self, size: int) -> bytes:
        try:
            data = self._stream.read(size)
        except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile) as error:
            raise DecompressionRefusedError(self.label, f"the gzip data is broken ({error})") from error
        except zipfile.BadZipFile as error:
            raise DecompressionRefusedError(self.label, f"the zip archive is broken ({error})") from error
        except OSError as error:
            raise UnreadableFileError(self.label, error.strerror or str(error)) from error
        if self._packed:
            self._unpacked += len(data)
            self._check_growth()
        return data

    def _check_growth(self) -> None:
        if self._unpacked > RATIO_FREE and self._unpacked > MAX_RATIO * self._tally.count:
            raise DecompressionRefusedError(self.label, f"it grows to more than {MAX_RATIO} times its size")
        if self._unpacked > MAX_UNPACKED:
            raise DecompressionRefusedError(self.label, f"it holds more than {MAX_UNPACKED // 1024**3} GiB")


def open_source(path: str | Path, stdin: BinaryIO | None = None) -> Source:
    """Open a file, or standard input for `-`.

    Args:
        path: a regular file, plain or gzip, or `-`.
        stdin: the stream that `-` means; that of the process by default.

    Raises:
        UnreadableFileError: missing, a directory, a pipe or device, not permitted, a loop of links.
        DecompressionRefusedError: the first bytes are broken gzip data or unpack to more than is sane.
    """
    if str(path) == STANDARD_INPUT:
        return Source("standard input", None, stdin or sys.stdin.buffer)
    file = Path(path)
    stream = _open_regular(file)
    try:
        return Source(str(file), file, stream)
    except BaseException:
        stream.close()
        raise


def _open_regular(path: Path) -> BinaryIO:
    """Open without waiting for a writer, then look at what was opened: no gap between check and use."""
    flags = (
        os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    )
    try:
        handle = os.open(path, flags)
    except FileNotFoundError as error:
        raise UnreadableFileError(
            str(path), "there is no such file", "Check the spelling of the path."
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableFileError(str(path), reason[0].lower() + reason[1:]) from error
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(handle, "rb", buffering=0)
    with suppress(OSError):
        os.close(handle)
    if stat.S_ISDIR(mode):
        raise UnreadableFileError(str(path), "it is a directory", "Name a file in it.")
    raise UnreadableFileError(str(path), "it is not a regular file", "For a pipe, use - and standard input.")


def _fingerprint(stream: BinaryIO) -> tuple[int, int]:
    status = os.fstat(stream.fileno())
    return status.st_size, status.st_mtime_ns
