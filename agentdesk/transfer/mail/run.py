"""One import of mail under way: conversation by conversation into the store, each portion with how far it has come."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from agentdesk.desk import Desk
from agentdesk.store.reader import Reader
from agentdesk.transfer.batch_run import Batch, BatchRun
from agentdesk.transfer.mail.known import Looker, Ours, Portion
from agentdesk.transfer.mail.life import Ending
from agentdesk.transfer.mail.order import MailImport, tell_mail
from agentdesk.transfer.mail.reading import MailReading
from agentdesk.transfer.mail.rejects import MailRejects
from agentdesk.transfer.mail.scratch import MailScratch
from agentdesk.transfer.mail.threads import Home, Node, assign
from agentdesk.transfer.mail.writer import write_mails
from agentdesk.transfer.result import Progress
from agentdesk.transfer.unfinished import READ, Unfinished

KIND: Final = "mail"
MAILS_AT_ONCE: Final = 400
"""Mails of a transaction: long enough to be quick, short enough that others can write in between."""


class MailRun:
    """One import under way."""

    def __init__(
        self,
        desk: Desk,
        order: MailImport,
        reading: MailReading,
        scratch: MailScratch,
        *,
        ours: Ours,
        agents: frozenset[str],
        found: Unfinished | None,
    ) -> None:
        """Take mails that were read.

        Raises:
            ResumeError: another process is at it, or the mails read otherwise by now.
        """
        self.counts = replace(reading.counts)
        self.tickets = self.attachments = self.differing = 0
        self.flags: Counter[str] = Counter()
        self._desk = desk
        self._order = order
        self._reading = reading
        self._scratch = scratch
        self._ending = Ending(order.status)
        self._ours = ours
        self._agents = agents
        facts = Batch(KIND, reading.kinds, reading.name, tell_mail(order), reading.files.sha256)
        self.batch = BatchRun(desk, facts, found)
        self._read = [reading.counts.duplicates, reading.counts.rejected]
        if found is not None:
            found.refuse_other_reading(self._read)

    def rehearse(self, progress: Progress) -> None:
        """Count what would become of the mails."""
        for some in self._portions():
            with self._desk.read() as read:
                self._count(*self._decide(read, some))
            progress(self.counts.rows, self.total)

    def write(self, progress: Progress, rejects: MailRejects) -> None:
        """Write the conversations that are left, then the rejected mails."""
        batch = self.batch
        batch.begin()
        with batch.under_way(self.total):
            self._remember()
            for some in self._portions(batch.passed - self._reading.counts.rows):
                with batch.portion() as change:
                    portion, homes = self._decide(change.reader(), some)
                    write_mails(change, self._scratch, portion, homes, self._ending)
                    self._count(portion, homes)
                    batch.tell(change, self.counts, details=self._told())
                progress(self.counts.rows, self.total)
            rejects.publish()
            where = str(rejects.path) if rejects.count else None
            batch.finish(self.counts, where, details=self._told())

    def _told(self) -> dict[str, Any]:
        """What the batch keeps besides the counts."""
        return {
            READ: self._read,
            "tickets": self.tickets,
            "attachments": self.attachments,
            "differing": self.differing,
            "status": self._ending.value,
            "ours": list(self._order.ours),
            "flags": dict(self.flags.most_common(50)),
        }

    def _remember(self) -> None:
        """What came of the mails before, as if this had dealt with them."""
        if not self.batch.passed:
            return
        told = self.batch.details
        self.counts = self.batch.counts
        self.tickets, self.attachments = told["tickets"], told["attachments"]
        self.differing, self.flags = told["differing"], Counter(told["flags"])

    def notes(self) -> Iterator[str]:
        """What is to be said of it as a whole."""
        if self.counts.created:
            files = f", with {_counted(self.attachments, 'file')}" if self.attachments else ""
            yield f"{_counted(self.counts.created, 'message')} in {_counted(self.tickets, 'new ticket')}{files}."
        if self.differing:
            yield (
                f"{_counted(self.differing, 'mail')} came again under a known Message-ID with another text; "
                "the first stays."
            )
        if self.flags:
            told = "; ".join(f"{count} x {flag}" for flag, count in self.flags.most_common())
            yield f"Flagged: {told}."

    @property
    def total(self) -> int:
        """Every mail that was read."""
        return self._reading.counts.rows + self._scratch.count

    def _portions(self, passed: int = 0) -> Iterator[list[list[Node]]]:
        """Whole conversations, up to some hundred mails; the first ones of so many mails were dealt with before."""
        some: list[list[Node]] = []
        size = 0
        for mails in self._scratch.conversations():
            if passed > 0:
                passed -= len(mails)
                continue
            some.append(mails)
            size += len(mails)
            if size >= MAILS_AT_ONCE:
                yield some
                some, size = [], 0
        if some:
            yield some

    def _decide(self, read: Reader, some: list[list[Node]]) -> tuple[Portion, list[Home]]:
        names = list({name for mails in some for mail in mails for name in (mail.key, *mail.references)})
        looker = Looker(
            read, self._ours, self._agents, is_history=self._ending in (Ending.SOLVED, Ending.CLOSED)
        )
        portion = looker.look(some, self._scratch.awaiting(names))
        return portion, [home for mails in portion.conversations for home in assign(mails, portion.known)]

    def _count(self, portion: Portion, homes: Sequence[Home]) -> None:
        mails = [mail for home in homes for mail in home.mails]
        self.counts.created += len(mails)
        self.counts.unchanged += len(portion.skipped)
        self.tickets += sum(1 for home in homes if home.ticket_id is None)
        self.attachments += self._scratch.count_files([mail.id for mail in mails])
        for told in self._scratch.flags([mail.id for mail in mails]):
            self.flags.update(told)
        for mail in mails:
            self.flags.update(mail.flags)
        for mail in portion.skipped:
            self.differing += portion.texts[mail.key] not in (None, self._scratch.text(mail.id)[0])


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
