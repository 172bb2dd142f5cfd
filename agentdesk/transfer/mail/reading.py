"""The first half of an import of mail: every mail is read once, and is kept, repeats another, or is rejected."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from agentdesk.transfer.mail.box import RawMail
from agentdesk.transfer.mail.files import MailFiles
from agentdesk.transfer.mail.parse import Mail, parse_mail
from agentdesk.transfer.mail.parts import MailRefusedError
from agentdesk.transfer.mail.rejects import MailRejects
from agentdesk.transfer.mail.scan import too_large
from agentdesk.transfer.mail.scratch import OTHER, SAME, MailScratch
from agentdesk.transfer.result import REASONS, Counts, Progress

SAME_ID: Final = "{where} has its Message-ID {key} and another text; to take this one as well, give it a Message-ID of its own"
TWICE: Final = "came twice with different texts under one Message-ID, this is the first"
_NAMED: Final = 3
_TOLD_EVERY: Final = 50


class MailReading:
    """Reads everything under some paths into the scratch.

    Attributes:
        files: where the mails come from.
        counts: duplicates and rejected so far.
        reasons: why the first rejected mails were rejected, with their places.
    """

    def __init__(
        self,
        paths: Sequence[str],
        scratch: MailScratch,
        rejects: MailRejects,
        now: datetime,
        *,
        stdin: BinaryIO | None = None,
        known: Callable[[str], str | None] = lambda _key: None,
    ) -> None:
        """Take what is to be read.

        Args:
            paths: of files and folders; `-` is standard input.
            scratch: takes the mails.
            rejects: takes those that are not taken.
            now: when no later mail can have been written.
            stdin: what `-` stands for.
            known: the text that the desk has under a Message-ID; None where it has none.
        """
        self.files = MailFiles(paths, stdin)
        self.counts = Counts()
        self.reasons: list[str] = []
        self._scratch = scratch
        self._rejects = rejects
        self._now = now
        self._known = known
        self._mailboxes = 0

    def read(self, progress: Progress) -> None:
        """Read all of it.

        Args:
            progress: told mails read; how many there are is not known.

        Raises:
            FileRefusedError: something cannot be read.
        """
        for done, raw in enumerate(self.files.mails(), start=1):
            self._take(raw)
            if raw.spool is not None:
                raw.spool.close()
            if done % _TOLD_EVERY == 0:
                progress(done, None)
        self._scratch.settle()

    def _take(self, raw: RawMail) -> None:
        self._mailboxes += bool(raw.line)
        try:
            mail = self._parse(raw)
            self._keep(mail)
        except MailRefusedError as refusal:
            self.counts.rejected += 1
            if len(self.reasons) < REASONS:
                self.reasons.append(f"{raw.place}: {refusal}")
            self._rejects.add(raw, str(refusal))
            return

    def _keep(self, mail: Mail) -> None:
        """Let the scratch have it.

        Raises:
            MailRefusedError: another mail of the same Message-ID came before, here or in the desk.
        """
        if not self._scratch.has(mail.key) and self._known(mail.key) not in (None, mail.text):
            raise MailRefusedError(SAME_ID.format(where="a message of the desk", key=mail.key))
        found = self._scratch.add(mail)
        if found == SAME:
            self.counts.duplicates += 1
        if found == OTHER:
            self._scratch.say(mail.key, TWICE)
            raise MailRefusedError(SAME_ID.format(where="a mail before it", key=mail.key))

    def _parse(self, raw: RawMail) -> Mail:
        if raw.data is None:
            raise MailRefusedError(too_large(raw.size))
        return parse_mail(raw.plain, raw.delivered, self._now, raw.flags)

    @property
    def name(self) -> str:
        """What was read, in few words."""
        first, *others = (
            "standard input" if path == "-" else Path(path).name or path for path in self.files.paths
        )
        return f"{first} and {len(others)} more" if others else first

    @property
    def kinds(self) -> str:
        """`mbox` where all of it lay in mailboxes, else `eml`."""
        return "mbox" if self._mailboxes else "eml"

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said of the files."""
        notes = []
        if passed := self.files.passed_over:
            notes.append(f"Passed over, because it holds no mail: {_named(passed)}.")
        if rejects := self.files.rejects:
            notes.append(
                f"Passed over, because earlier imports rejected it; name it to read it: {_named(rejects)}."
            )
        if not self.counts.rows and not self._scratch.count:
            notes.append(f"{self.name} holds no mail: there is nothing to import.")
        return tuple(notes)


def _named(listed: Sequence[str]) -> str:
    more = f" and {len(listed) - _NAMED} more" if len(listed) > _NAMED else ""
    return ", ".join(listed[:_NAMED]) + more
