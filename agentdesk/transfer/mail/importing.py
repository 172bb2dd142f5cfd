"""Mail that lies in files, as tickets: one conversation one ticket, each mail told at its own instant.

All mails are read before the first is written, because an answer may come before what it answers; they wait in a
scratch beside the store, so that memory grows neither with a file nor with their number. They are written some
hundred at a time, whole conversations, with the counts of the batch: an import that was cut short is continued by
importing the same again.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, Final

from agentdesk.desk import Desk
from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.identity import normalise_email
from agentdesk.domain.vocabulary import Origin
from agentdesk.models import ImportBatch
from agentdesk.store.change import Change
from agentdesk.store.reader import Reader
from agentdesk.transfer.mail.known import Looker, Ours, Portion, awaited, read_ours
from agentdesk.transfer.mail.life import Ending
from agentdesk.transfer.mail.reading import MailReading
from agentdesk.transfer.mail.rejects import MailRejects, mail_rejects_path
from agentdesk.transfer.mail.scratch import MailScratch
from agentdesk.transfer.mail.threads import Home, Node, assign
from agentdesk.transfer.mail.writer import write_mails
from agentdesk.transfer.result import ImportResult, ImportStopped, Progress, nothing_written

KIND: Final = "mail"
MAILS_AT_ONCE: Final = 400
"""Mails of a transaction: long enough to be quick, short enough that others can write in between."""


@dataclass(frozen=True, slots=True)
class MailImport:
    """What to import, and how.

    Attributes:
        paths: mailboxes, Maildirs, single mails and folders of them; `-` is standard input.
        ours: addresses, or `@domain`, whose mails are the desk's own.
        status: how tickets end, a word of `Ending`.
        dry_run: count, and write nothing.
        rejects: where rejected mails go; beside the first path by default.
        stdin: the stream that stands for standard input.
    """

    paths: Sequence[str]
    ours: Sequence[str] = ()
    status: str = Ending.AUTO.value
    dry_run: bool = False
    rejects: Path | None = None
    stdin: BinaryIO | None = None


@dataclass(frozen=True, slots=True)
class MailResult(ImportResult):
    """One import of mail.

    Attributes:
        tickets: how many were made.
        attachments: how many files came with the new messages.
        flags: how often each thing was said of a mail that was made.
    """

    tickets: int = 0
    attachments: int = 0
    flags: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The object that `import --format json` prints."""
        return {**ImportResult.as_json(self), "tickets": self.tickets, "attachments": self.attachments}


def import_mail(desk: Desk, order: MailImport, progress: Progress = lambda _done, _total: None) -> MailResult:
    """Import mails; each becomes a message, is one already, repeats another of the import, or is rejected.

    Args:
        desk: the open desk.
        order: what to import.
        progress: told mails done.

    Raises:
        NotPermittedError: the role does not allow imports.
        InvalidValueError: `ours` holds something that is no address.
        FileRefusedError: a file cannot be read, or is named and holds no mail; nothing was written.
        ImportStopped: somebody pressed Ctrl-C; the tickets written before stay, and can be undone.
    """
    desk.actor.require(Permission.IMPORT)
    began = time.monotonic()
    ours = read_ours(order.ours)
    path = order.rejects or mail_rejects_path(order.paths[0])
    with (
        closing(MailScratch(keeps_files=not order.dry_run)) as scratch,
        MailRejects(path, is_kept=not order.dry_run) as rejects,
    ):
        reading = MailReading(order.paths, scratch, rejects, desk.clock.now(), order.stdin)
        with nothing_written():
            reading.read(progress)
            with desk.read() as read:
                scratch.await_all(awaited(read))
                agents = _agents(read)
        run = _Run(desk, order, reading, scratch, ours=ours, agents=agents)
        if order.dry_run:
            with nothing_written():
                run.rehearse(progress)
        else:
            run.write(progress, rejects)
    return MailResult(
        batch=run.batch,
        kind=KIND,
        source=reading.kinds,
        encoding="",
        delimiter="",
        counts=run.counts,
        rejects_file=str(rejects.path) if rejects.count and not order.dry_run else None,
        dry_run=order.dry_run,
        seconds=time.monotonic() - began,
        notes=(*reading.notes, *run.notes(), *rejects.notes),
        reasons=tuple(reading.reasons),
        tickets=run.tickets,
        attachments=run.attachments,
        flags=dict(run.flags),
    )


def _agents(read: Reader) -> frozenset[str]:
    rows = read.tuples("SELECT email FROM agent WHERE email IS NOT NULL")
    return frozenset(filter(None, (normalise_email(email) for (email,) in rows)))


class _Run:
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
    ) -> None:
        self.batch: int | None = None
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

    def rehearse(self, progress: Progress) -> None:
        """Count what would become of the mails."""
        for some in self._portions():
            with self._desk.read() as read:
                self._count(*self._decide(read, some))
            progress(self.counts.rows, self._total)

    def write(self, progress: Progress, rejects: MailRejects) -> None:
        """Write the conversations, then the rejected mails."""
        self.batch = self._begin()
        try:
            for some in self._portions():
                with self._change() as change:
                    portion, homes = self._decide(change.reader(), some)
                    write_mails(change, self._scratch, portion, homes, self._ending)
                    self._count(portion, homes)
                    self._tell(change, "running")
                progress(self.counts.rows, self._total)
            rejects.publish()
            with self._change() as change:
                self._tell(change, "done", str(rejects.path) if rejects.count else None)
        except BaseException as stop:
            written = self._break_off()
            if isinstance(stop, KeyboardInterrupt):
                raise ImportStopped(self.batch, written, self._total) from None
            raise

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
    def _total(self) -> int:
        return self._reading.counts.rows + self._scratch.count

    def _portions(self) -> Iterator[list[list[Node]]]:
        """Whole conversations, up to some hundred mails."""
        some: list[list[Node]] = []
        size = 0
        for mails in self._scratch.conversations():
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

    def _change(self) -> Change:
        desk = self._desk
        return desk.store.change(
            desk.clock, desk.actor, Origin.IMPORT, batch_id=self.batch, summary=f"import {self._reading.name}"
        )

    def _begin(self) -> int:
        with self._change() as change:
            batch = ImportBatch(
                kind=KIND,
                source=self._reading.kinds,
                file_name=self._reading.name,
                file_hash=self._reading.files.sha256,
                actor_id=self._desk.actor.id,
                started_at=change.at,
            )
            change.add(batch)
        assert batch.id is not None
        return batch.id

    def _tell(self, change: Change, state: str, rejects: str | None = None) -> None:
        assert self.batch is not None
        batch = change.get(ImportBatch, self.batch)
        for name, count in self.counts.as_columns().items():
            setattr(batch, name, count)
        batch.state = state
        if state == "done":
            batch.finished_at = change.at
            batch.rejects_file = rejects
            batch.details = {
                "tickets": self.tickets,
                "attachments": self.attachments,
                "status": self._ending.value,
                "ours": list(self._order.ours),
                "flags": dict(self.flags.most_common(50)),
            }

    def _break_off(self) -> int:
        """How many mails are dealt with in the store; what was counted since went with its transaction."""
        assert self.batch is not None
        with suppress(AgentDeskError), self._change() as change:
            change.get(ImportBatch, self.batch).state = "interrupted"
        with self._desk.read() as read:
            return int(read.value("SELECT rows FROM import_batch WHERE id = :id", {"id": self.batch}) or 0)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
