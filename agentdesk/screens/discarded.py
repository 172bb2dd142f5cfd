"""What an agent wrote and threw away, with its files, held until something else is done: z brings it back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from agentdesk.desk import Desk
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.written import LetterKind, Written
from agentdesk.queries.attachments import kept_content

if TYPE_CHECKING:
    from agentdesk.store.change import Change

_NOUNS: Final = {LetterKind.NOTE: "note on", LetterKind.FORWARD: "forward of"}


@dataclass(frozen=True, slots=True)
class Discarded:
    """A letter with the version of the ticket it answers, and the bytes of its files by name."""

    ticket_id: int
    written: Written
    base_version: int
    contents: tuple[tuple[str, bytes], ...]

    @property
    def what(self) -> str:
        """`reply to T-1042`."""
        return f"{_NOUNS.get(self.written.kind, 'reply to')} {ticket_ref(self.ticket_id)}"

    def bring_back(self, change: "Change") -> None:
        """Make it a draft again; another of its kind that waits there by now is kept beside."""
        from agentdesk import services

        for name, data in self.contents:
            services.keep_content(change, name, data)
        kind, extra = self.written.kind, self.written.extra()
        services.save_draft(
            change,
            self.ticket_id,
            self.written.text,
            kind.visibility,
            self.base_version,
            extra=extra,
            known="",
        )


def hold(desk: Desk, ticket_id: int, written: Written, base_version: int) -> Discarded | None:
    """Take it into hand before it is dropped; None where nothing was written."""
    if written.is_empty:
        return None
    with desk.read() as read:
        found = ((one.name, kept_content(read, one.sha256)) for one in written.files)
        contents = tuple((name, data) for name, data in found if data is not None)
    return Discarded(ticket_id, written, base_version, contents)
