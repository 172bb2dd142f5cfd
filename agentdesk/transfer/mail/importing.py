"""Mail that lies in files, as tickets: one conversation one ticket, each mail told at its own instant.

All mails are read before the first is written, because an answer may come before what it answers; they wait in a
scratch beside the store, so that memory grows neither with a file nor with their number. They are written some
hundred at a time, whole conversations, each with how far the import has come: what was killed goes on from there.
"""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from agentdesk.desk import Desk
from agentdesk.domain.actor import Permission
from agentdesk.domain.identity import normalise_email
from agentdesk.store.reader import Reader
from agentdesk.transfer.breaking_off import reading_on
from agentdesk.transfer.mail.known import awaited, read_ours, tell_ours, text_in
from agentdesk.transfer.mail.order import MailImport, moved_to, read_mail_order, tell_mail
from agentdesk.transfer.mail.reading import MailReading
from agentdesk.transfer.mail.rejects import MailRejects, mail_rejects_path
from agentdesk.transfer.mail.run import KIND, MailRun
from agentdesk.transfer.mail.scratch import MailScratch
from agentdesk.transfer.result import ImportResult, Progress, nothing_written
from agentdesk.transfer.unfinished import Unfinished, unfinished_by_number, unfinished_of

__all__ = ["MailImport", "MailResult", "import_mail", "resume_mail"]


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

    An import of the same mails in the same way that came to no end is gone on with.

    Args:
        desk: the open desk.
        order: what to import.
        progress: told mails done.

    Raises:
        NotPermittedError: the role does not allow imports.
        InvalidValueError: `ours` holds something that is no address.
        FileRefusedError: a file cannot be read, or is named and holds no mail; nothing was written.
        ResumeError: another process is importing these mails.
        ImportStopped: somebody pressed Ctrl-C; the tickets written before stay, and can be undone.
    """
    return _carry_out(desk, order, None, progress)


def resume_mail(
    desk: Desk,
    number: int,
    file: Path | None = None,
    rejects: Path | None = None,
    progress: Progress | None = None,
) -> MailResult:
    """Go on with an import that was killed, stopped or broken off.

    Args:
        desk: whose actor answers for it.
        number: of the import.
        file: where its mails are by now, if one path was named; where they were, by default.
        rejects: where rejected mails go; as it was ordered, by default.
        progress: told the mails done.

    Raises:
        NotFoundError: there is no such import.
        ResumeError: it came to its end, is still running, or its mails are others by now.
    """
    desk.actor.require(Permission.IMPORT)
    with desk.read() as read:
        found = unfinished_by_number(read, number)
    order = read_mail_order(found)
    if file is not None:
        order = replace(order, paths=moved_to(order.paths, file, number))
    order = replace(order, rejects=rejects or order.rejects)
    return _carry_out(desk, order, found, progress or _silent)


def _silent(_done: int, _total: int | None) -> None:
    """Nobody watches."""


def _carry_out(desk: Desk, order: MailImport, found: Unfinished | None, progress: Progress) -> MailResult:
    desk.actor.require(Permission.IMPORT)
    began = time.monotonic()
    ours = read_ours(order.ours)
    path = order.rejects or mail_rejects_path(order.paths[0])
    if found is not None:
        found.refuse_running(desk.clock.now())
    with (
        closing(MailScratch(keeps_files=not order.dry_run)) as scratch,
        MailRejects(path, is_kept=not order.dry_run) as rejects,
    ):
        now, known = desk.clock.now(), _texts_of(desk)
        reading = MailReading(order.paths, scratch, rejects, now, stdin=order.stdin, known=known)
        with reading_on(desk, found):
            reading.read(progress)
            with desk.read() as read:
                scratch.await_all(awaited(read))
                agents = _agents(read)
        found = _found(desk, order, reading, found)
        run = MailRun(desk, order, reading, scratch, ours=ours, agents=agents, found=found)
        if order.dry_run:
            with nothing_written():
                run.rehearse(progress)
        elif run.total or found is not None:
            run.write(progress, rejects)
        own = tuple(tell_ours(order.ours, scratch.senders())) if run.total else ()
    return MailResult(
        batch=run.batch.number or None,
        kind=KIND,
        source=reading.kinds,
        encoding="",
        delimiter="",
        counts=run.counts,
        rejects_file=str(rejects.path) if rejects.count and not order.dry_run else None,
        dry_run=order.dry_run,
        seconds=time.monotonic() - began,
        notes=(*reading.notes, *own, *run.notes(), *run.batch.notes, *rejects.notes),
        reasons=tuple(reading.reasons),
        tickets=run.tickets,
        attachments=run.attachments,
        flags=dict(run.flags),
    )


def _found(
    desk: Desk, order: MailImport, reading: MailReading, found: Unfinished | None
) -> Unfinished | None:
    """How far an import of these mails came before, if it came to no end."""
    digest = reading.files.sha256
    if found is not None:
        found.refuse_another(reading.name, digest)
    told = tell_mail(order)
    if found is not None or order.dry_run or not told["paths"]:
        return found
    with desk.read() as read:
        return unfinished_of(read, KIND, digest, told)


def _texts_of(desk: Desk) -> Callable[[str], str | None]:
    """What the desk has under a Message-ID: asked mail by mail, so that no snapshot is held while files are read."""
    with desk.read() as read:
        has_mails = read.value("SELECT 1 FROM message WHERE external_id IS NOT NULL LIMIT 1") is not None

    def text_of(key: str) -> str | None:
        with desk.read() as read:
            return text_in(read, key)

    return text_of if has_mails else lambda _key: None


def _agents(read: Reader) -> frozenset[str]:
    rows = read.tuples("SELECT email FROM agent WHERE email IS NOT NULL")
    return frozenset(filter(None, (normalise_email(email) for (email,) in rows)))
