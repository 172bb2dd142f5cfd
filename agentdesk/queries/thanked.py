"""Which reopenings were a thank-you and no more: figures and clocks are told as if the ticket had stayed solved."""

from collections.abc import Iterable
from typing import Protocol

from agentdesk.domain.events import Event
from agentdesk.domain.vocabulary import Status


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
        if row.event == Event.TICKET_THANKED and opened is not None:
            passed |= {opened, at}
        is_reopening = row.event == Event.TICKET_REOPENED and row.status == Status.OPEN
        opened = at if is_reopening else None
    return passed
