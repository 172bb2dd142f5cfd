"""One row of a ticket file in our terms."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from agentdesk.transfer.readers.text_spool import Kept, TextSpool
from agentdesk.transfer.rows import Fault
from agentdesk.transfer.tickets.messages import ForeignMessage


class ForeignRating(NamedTuple):
    """What a customer said of the help.

    Attributes:
        score: on the scale of the map; None where nobody answered yet.
        comment: in the customer's words.
        theme: the reason that was chosen.
    """

    score: int | None
    comment: str = ""
    theme: str = ""


@dataclass(slots=True)
class ForeignRow:
    """One row.

    Attributes:
        line: physical line where it begins.
        cells: as read.
        external_id: the ticket it is about.
        values: our columns as the journal keeps them; only those the map names.
        times: the instants that make the history, where they are told.
        at: of the event; None where one row is one ticket.
        by: who did it, in the words of the file.
        messages: what was said, oldest first.
        others: tickets that it names, with the field that names each.
        also_id: another id by which others may name it.
        rating: what the customer said of the help.
        text: where its whole text waits, of an object: its own text is all that counts where it is rejected.
        spool: what that text waits in.
    """

    line: int
    cells: Sequence[str]
    external_id: str
    values: dict[str, Any]
    times: dict[str, datetime]
    at: datetime | None = None
    by: str = ""
    messages: list[ForeignMessage] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)
    also_id: str = ""
    rating: ForeignRating | None = None
    text: Kept | None = None
    spool: TextSpool | None = None

    def fault(self, reason: str) -> Fault:
        """This row as one that is not taken."""
        cells = list(self.cells)
        if self.text is not None and self.spool is not None:
            cells = [*[""] * (len(cells) - 1), self.spool.read(self.text)]
        return Fault(self.line, "", "", reason, cells)
