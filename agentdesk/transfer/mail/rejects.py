"""Mails that were not taken go to a mailbox of their own, as they were, with a line that says why.

Importing that mailbox again is trying again: the line is no part of the mail, and is left out.
"""

import os
from pathlib import Path
from typing import ClassVar, Final

from agentdesk.domain.safe_text import line as one_line
from agentdesk.transfer.drafted_file import DraftedFile
from agentdesk.transfer.mail.box import ENVELOPE, RawMail
from agentdesk.transfer.mail.parse import ERROR_HEADER, without_error
from agentdesk.transfer.refusals import RejectsFileError

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


class MailRejects(DraftedFile):
    """Collects mails."""

    WHAT: ClassVar[str] = "mails"

    def __init__(self, path: Path, *, is_kept: bool = True) -> None:
        """Prepare, without touching the disk before the first mail; a dry run keeps nothing."""
        super().__init__(path)
        self._is_kept = is_kept

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
        file = self._file or self.open_draft("wb")
        is_envelope = ENVELOPE.fullmatch(mail.envelope) is not None
        file.write(mail.envelope if is_envelope else _ENVELOPE)
        file.write(f"{ERROR_HEADER}: {told}\n".encode())
        last = b""
        for index, chunk in enumerate(mail.chunks()):
            chunk = without_error(chunk) if index == 0 else chunk  # noqa: PLW2901
            file.write(chunk)
            last = chunk[-1:] or last
        file.write(b"\n" if last == b"\n" else b"\n\n")
