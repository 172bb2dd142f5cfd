"""What people here changed on tickets since they came in, and a later file says otherwise: it is left, and told."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from agentdesk.domain.references import ticket_ref
from agentdesk.transfer.tickets.history import Step
from agentdesk.transfer.tickets.known_tickets import KnownTicket

_TOLD: Final = 5


class KeptHere:
    """Counts the tickets, and remembers the first ones."""

    def __init__(self) -> None:
        """Begin with none."""
        self._count = 0
        self._first: list[int] = []
        self._columns: Counter[str] = Counter()

    def look(self, known: KnownTicket, told: Iterable[Step], here: Collection[str]) -> None:
        """See what a file says of a ticket.

        Args:
            known: the ticket.
            told: what the file says of it that no import said before.
            here: the columns that people changed.
        """
        last = {name: value for step in told for name, value in step.after.items()}
        kept = [name for name, value in last.items() if name in here and known.current[name] != value]
        if kept:
            self._count += 1
            self._columns.update(_WORDS.get(name, name.removesuffix("_id")) for name in kept)
            self._first = [*self._first, known.id][:_TOLD]

    def notes(self) -> Iterator[str]:
        """What is to be said of them."""
        if self._count:
            first = ", ".join(map(ticket_ref, self._first))
            more = f" and {self._count - _TOLD:,} more" if self._count > _TOLD else ""
            what = ", ".join(sorted(self._columns))
            yield f"Changed here since, and left so though the file says otherwise: {what} of {first}{more}."


_WORDS: Final = {"solved_at": "status", "closed_at": "status", "reopen_count": "status"}
