"""Where an export goes: a file that appears whole, a pipe that gets its bytes, or a terminal that gets what it can print."""

import gzip
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.failures import ReaderLeftError
from agentdesk.cli.session import Session

PACKED: Final = ".gz"


def named_place(out: Path | None) -> Path | None:
    """The file that was named; None for stdout, which `-` means as well."""
    return None if out == Path("-") else out


@contextmanager
def place_of(session: Session, out: Path | None, what: str) -> Iterator[BinaryIO]:
    """The file, or stdout as bytes.

    Args:
        session: whose stdout.
        out: the file; None for stdout.
        what: the noun, to name a file by.

    Raises:
        WrongUsage: the place is a folder.
        FileNotWrittenError: the disk does not take it.
    """
    from agentdesk.transfer.new_file import new_file

    if out is not None:
        if out.is_dir():
            raise WrongUsage(f"{out} is a folder. Name a file in it: --out {out / what}.csv")
        with new_file(out) as file:
            yield file
        return
    shown = cast("BinaryIO", _Screen(session.out.stream)) if session.out.is_terminal else sys.stdout.buffer
    try:
        yield shown
        shown.flush()
    except BrokenPipeError:
        # Python flushes stdout once more when it ends, and would complain then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise ReaderLeftError from None
    except OSError as error:
        raise OSError(error.errno, error.strerror, "stdout") from None


@contextmanager
def packed(place: BinaryIO, out: Path | None) -> Iterator[BinaryIO]:
    """The place, or what packs into it where the file is called `.gz`; without a date, so that equal rows are equal bytes."""
    if out is None or out.suffix.lower() != PACKED:
        yield place
        return
    with gzip.GzipFile(filename="", mode="wb", fileobj=place, mtime=0) as file:
        yield cast("BinaryIO", file)


class _Screen:
    """A terminal, which gets only what it can print."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.closed = False
        self.readable: Callable[[], bool] = lambda: False
        self.writable: Callable[[], bool] = lambda: True
        self.seekable: Callable[[], bool] = lambda: False

    def write(self, data: bytes) -> int:
        """Print text."""
        from agentdesk.domain.safe_text import block

        self._stream.write(block(bytes(data).decode("utf-8", "replace")))
        return len(data)

    def flush(self) -> None:
        """Show it now."""
        self._stream.flush()
