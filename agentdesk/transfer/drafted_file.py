"""A file of what was rejected: written beside its place, it takes its name at the end, whole or not at all.

It is readable by its owner only, and takes the next free name where another file is.
"""

import filecmp
import os
import tempfile
from contextlib import suppress
from errno import EISDIR
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import IO, Any, ClassVar, Self

from agentdesk.transfer.refusals import RejectsFileError


class DraftedFile:
    """A context manager that puts the file in place when the block ends without an error.

    Attributes:
        WHAT: what is rejected, in the plural.
        path: where the file appears, if there is anything in it; certain once it is published.
        notes: what a user may want to hear about it; complete once it is published.
        count: what was rejected so far.
    """

    WHAT: ClassVar[str] = "rows"

    def __init__(self, path: Path) -> None:
        """Prepare, without touching the disk.

        Args:
            path: target; a file of that name that says something else is kept, and the next free name taken.
        """
        self.path = path
        self.count = 0
        self.notes: tuple[str, ...] = ()
        self._draft: Path | None = None
        self._file: IO[Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.publish()
        else:
            self.discard()

    def check_place(self) -> None:
        """Tell before anything is rejected that its file has no place.

        Raises:
            RejectsFileError: nothing can be written to its folder.
        """
        folder = self.path.absolute().parent
        if not os.access(folder, os.W_OK):
            reason = "may not be written to" if folder.exists() else "does not exist"
            raise RejectsFileError(str(self.path), f"its folder {reason}")

    def open_draft(self, mode: str, **told: Any) -> IO[Any]:
        """The draft, open for writing; `mode` and what is told besides go to `open`.

        Raises:
            OSError: the disk does not take it.
        """
        handle, name = tempfile.mkstemp(prefix=f".{self.path.name}.", dir=self.path.parent)  # 0600 by itself
        self._draft = Path(name)
        self._file = os.fdopen(handle, mode, **told)
        return self._file

    def discard(self) -> None:
        """Remove what was written so far."""
        if self._file:
            self._file.close()
        if self._draft:
            with suppress(OSError):
                self._draft.unlink()
        self._file = self._draft = None

    def publish(self) -> None:
        """Put the file in place; a second call does nothing.

        Raises:
            RejectsFileError: the disk does not take it.
        """
        if not self._file or not self._draft:
            return
        wanted = self.path
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self.path = _place(self._draft, wanted)
        except OSError as error:
            self.discard()
            raise RejectsFileError(str(wanted), error.strerror or str(error)) from error
        self._file = self._draft = None
        if self.path != wanted:
            self.notes = (
                f"{wanted} is kept, it says something else; the rejected {self.WHAT} of now are in {self.path}.",
            )


def _place(draft: Path, wanted: Path) -> Path:
    """Give a draft the first name that is free, or that of a file that says the same already; return it."""
    for number in count(1):
        target = wanted if number == 1 else wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
        if target.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        if _says_the_same(draft, target):
            draft.replace(target)
            return target
        if _claim(draft, target):
            return target
    raise AssertionError  # counting has no end


def _says_the_same(draft: Path, target: Path) -> bool:
    try:
        return not target.is_symlink() and filecmp.cmp(draft, target, shallow=False)
    except FileNotFoundError:
        return False


def _claim(draft: Path, target: Path) -> bool:
    """Rename, unless somebody has the name: a link is refused then, where a rename would replace."""
    try:
        target.hardlink_to(draft)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if os.path.lexists(target):
            return False
        draft.replace(target)
        return True
    draft.unlink()
    return True
