"""Imports of every kind that came to no end, gone on with by their number."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Protocol

from agentdesk.desk import Desk
from agentdesk.domain.actor import Permission
from agentdesk.transfer.batch_run import left_to_go_on
from agentdesk.transfer.contacts.plans import resume_contacts
from agentdesk.transfer.mail.importing import resume_mail
from agentdesk.transfer.records.catalog import KINDS
from agentdesk.transfer.records.importing import resume_records
from agentdesk.transfer.result import ImportResult, Progress
from agentdesk.transfer.tickets.importing import resume_tickets
from agentdesk.transfer.unfinished import unfinished_by_number


class Resume(Protocol):
    """Goes on with an import of one kind."""

    def __call__(
        self, desk: Desk, number: int, file: Path | None, rejects: Path | None, progress: Progress | None
    ) -> ImportResult:
        """As `resume_import`."""


_BY_KIND: Final[Mapping[str, Resume]] = {
    "contacts": resume_contacts,
    "tickets": resume_tickets,
    "mail": resume_mail,
    **dict.fromkeys(KINDS, resume_records),
}


def resume_import(
    desk: Desk,
    number: int,
    file: Path | None = None,
    rejects: Path | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Go on with an import that was killed, stopped or broken off; it ends as if it had never been.

    Args:
        desk: whose actor answers for it.
        number: of the import.
        file: where its file is by now; where it was, by default.
        rejects: where what is rejected goes; as it was ordered, by default.
        progress: told the rows done.

    Raises:
        NotPermittedError: the role does not allow imports.
        NotFoundError: there is no such import.
        ResumeError: it came to its end, is still running, or its file is another one by now.
        FileRefusedError: the file is gone.
        PlanMovedError: it was the import of a plan, and the desk has moved on since.
        ImportStopped: somebody pressed Ctrl-C; what came before stays.
    """
    desk.actor.require(Permission.IMPORT)
    with desk.read() as read:
        found = unfinished_by_number(read, number)
    with left_to_go_on(desk, found):
        return _BY_KIND[found.kind](desk, number, file, rejects, progress)
