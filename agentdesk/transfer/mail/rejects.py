"""Mails that were not taken go to a mailbox of their own, as they were, with a line that says why.

Importing that mailbox again is trying again: the line is no part of the mail, and is left out.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from agentdesk.domain.safe_text import line as one_line
from agentdesk.transfer.mail.box import ENVELOPE, RawMail
from agentdesk.transfer.mail.parse import ERROR_HEADER, without_error
from agentdesk.transfer.refusals import RejectsFileError
from agentdesk.transfer.rejects import place_draft

_SUFFIX: Final = ".rejects.mbox"
_ENVELOPE: Final = b"From MAILER-DAEMON Thu Jan  1 00:00:00 1970\n"


def mail_rejects_path(first: str) -> Path:
    """Where the rejects of some paths go: beside the first, or in the working directory for standard input."""
    if first == "-":
        return Path(f"stdin{_SUFFIX}")
    path = Path(os.path.abspath(first))  # noqa: PTH100  `.` and `..` have no name of their own to put it beside
    name = path.name.removesuffix(".gz") or "mail"
    for ending in (".rejects.mbox", ".mbox", ".eml", ".zip"):
        name = name.removesuffix(ending)
    return path.with_name(f"{name or 'mail'}{_SUFFIX}")


class MailRejects:
    """Collects mails; a context manager that puts the mailbox in place when the block ends without an error.

    Attributes:
        path: where it appears, if there is anything in it; certain once it is published.
        notes: what a user may want to hear about it; complete once it is published.
        count: mails written so far.
    """

    def __init__(self, path: Path, *, is_kept: bool = True) -> None:
        """Prepare, without touching the disk before the first mail; a dry run keeps nothing."""
        self.path = path
        self.count = 0
        self.notes: tuple[str, ...] = ()
        self._is_kept = is_kept
        self._draft: Path | None = None
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.publish()
        else:
            self.discard()

    def add(self, mail: RawMail, reason: str) -> None:
        """Write one mail.

        Raises:
            RejectsFileError: the disk does not take it.
        """
        self.count += 1
        if not self._is_kept:
            return
        try:
            self._write(mail, one_line(f"{mail.place}: {reason}"))
        except OSError as error:
            raise RejectsFileError(str(self.path), error.strerror or str(error)) from error

    def _write(self, mail: RawMail, told: str) -> None:
        if self._file is None:
            handle, name = tempfile.mkstemp(
                prefix=f".{self.path.name}.", dir=self.path.parent
            )  # 0600 by itself
            self._draft, self._file = Path(name), os.fdopen(handle, "wb")
        is_envelope = ENVELOPE.fullmatch(mail.envelope) is not None
        self._file.write(mail.envelope if is_envelope else _ENVELOPE)
        self._file.write(f"{ERROR_HEADER}: {told}\n".encode())
        last = b""
        for index, chunk in enumerate(mail.chunks()):
            chunk = without_error(chunk) if index == 0 else chunk  # noqa: PLW2901
            self._file.write(chunk)
            last = chunk[-1:] or last
        self._file.write(b"\n" if last == b"\n" else b"\n\n")

    def discard(self) -> None:
        """Remove what was written so far."""
        if self._file:
            self._file.close()
        if self._draft:
            with suppress(OSError):
                self._draft.unlink()
        self._file = self._draft = None

    def publish(self) -> None:
        """Put the mailbox in place; a second call does nothing.

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
            self.path = place_draft(self._draft, wanted)
        except OSError as error:
            self.discard()
            raise RejectsFileError(str(wanted), error.strerror or str(error)) from error
        self._file = self._draft = None
        if self.path != wanted:
            self.notes = (
                f"{wanted} is kept, it holds something else; the rejected mails of now are in {self.path}.",
            )
