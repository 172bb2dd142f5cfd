"""Contacts from a file into the store: rows = created + updated + unchanged + duplicates + rejected, always.

Rows are written in short transactions, so that agents go on working; each writes down how far the import has come. What
was killed goes on from there, and ends as if it had never been stopped.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from agentdesk.desk import Desk
from agentdesk.domain.actor import Permission
from agentdesk.transfer.contacts.file import ContactFile, open_contacts
from agentdesk.transfer.contacts.order import ContactImport
from agentdesk.transfer.contacts.rehearsal import rehearse
from agentdesk.transfer.contacts.run import ContactRun, Start
from agentdesk.transfer.contacts.story import Listener
from agentdesk.transfer.readers.sources import STANDARD_INPUT
from agentdesk.transfer.result import ImportResult, Progress, nothing_written
from agentdesk.transfer.unfinished import digest_of, unfinished_of

__all__ = ["ContactImport", "go_on", "import_contacts", "rehearse_contacts"]


def import_contacts(
    desk: Desk,
    order: ContactImport,
    progress: Progress | None = None,
    listener: Listener | None = None,
) -> ImportResult:
    """Import a file of contacts, losing no row.

    An import of the same file in the same way that came to no end is gone on with.

    Args:
        desk: whose actor answers for it.
        order: what to import, and how.
        progress: told the rows done after each transaction.
        listener: hears what would become of each row; of a dry run only.

    Raises:
        NotPermittedError: the actor may not import.
        InvalidValueError: the order names an unknown word.
        FileRefusedError: the file cannot be read, or not to its end; what came before stays, and can be undone.
        ResumeError: another process is importing this file.
        ImportStopped: somebody pressed Ctrl-C; what came before stays, and can be undone.
    """
    if order.dry_run:
        return rehearse_contacts(desk, order, progress, listener)
    with _opened(desk, order) as (checked, file):
        start = Start()
        if checked.path:
            digest = digest_of(checked.path)
            with desk.read() as read:
                start = Start(digest, unfinished_of(read, "contacts", digest, checked.told()))
        return go_on(desk, checked, file, start, progress)


def go_on(
    desk: Desk, order: ContactImport, file: ContactFile, start: Start, progress: Progress | None = None
) -> ImportResult:
    """Import an open file from where `start` says.

    Raises:
        ResumeError: another process is at it.
        PlanMovedError: something else comes of a row than was planned; it was not written.
        ImportStopped: somebody pressed Ctrl-C; what came before stays.
    """
    return ContactRun(desk, order, file, start, progress or _silent).carry_out()


def rehearse_contacts(
    desk: Desk, order: ContactImport, progress: Progress | None = None, listener: Listener | None = None
) -> ImportResult:
    """Count what would become of each row, and tell it to who listens; nothing is written.

    Raises:
        NotPermittedError: the actor may not import.
        InvalidValueError: the order names an unknown word.
        FileRefusedError: the file cannot be read.
        ImportStopped: somebody pressed Ctrl-C.
    """
    with _opened(desk, order) as (checked, file), nothing_written():
        return rehearse(desk, checked, file, progress or _silent, listener)


def _silent(_done: int, _total: int | None) -> None:
    """Nobody watches."""


@contextmanager
def _opened(desk: Desk, order: ContactImport) -> Iterator[tuple[ContactImport, ContactFile]]:
    desk.actor.require(Permission.IMPORT)
    checked = order.checked()
    with open_order(checked) as file, collector_at_rest():
        yield checked, file


def open_order(order: ContactImport) -> ContactFile:
    """The file that an order names, open.

    Raises:
        FileRefusedError: it cannot be read.
    """
    return open_contacts(
        order.path or STANDARD_INPUT,
        source=order.source,
        encoding=order.encoding,
        delimiter=order.delimiter,
        member=order.member,
        names_all=order.names_all,
    )


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No search for cycles: a load makes none to speak of, and the search takes a sixth of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
