"""Which openings never counted: figures and clocks are told as if the ticket had stayed as it was.

One was a thank-you and no more; the other came with a merge that was taken apart before anybody worked on it.
"""

from collections.abc import Iterable
from typing import Final, Protocol

from agentdesk.domain.events import Event
from agentdesk.domain.vocabulary import Status

TAKES_BACK: Final = (Event.TICKET_THANKED, Event.TICKET_TAKEN_OUT)
"""What puts the status back that the opening before it had moved."""
_OPENS: Final = (Event.TICKET_REOPENED, Event.TICKET_MERGED_IN, Event.MESSAGE_RECEIVED)


class Told(Protocol):
    """A row of the journal, as far as this asks."""

    @property
    def event(self) -> str:
        """What happened."""

    @property
    def status(self) -> str | None:
        """The status after it; None where it did not move."""


def passed_over(rows: Iterable[Told]) -> set[int]:
    """The places of the rows whose moves of the status never counted, of one ticket, oldest first, that stand."""
    passed: set[int] = set()
    opened: int | None = None
    for at, row in enumerate(rows):
        if row.status is None:
            continue
        if row.event in TAKES_BACK and opened is not None:
            passed |= {opened, at}
        is_reopening = row.event in _OPENS and row.status == Status.OPEN
        opened = at if is_reopening else None
    return passed
