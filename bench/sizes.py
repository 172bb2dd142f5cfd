"""How large the desks and files are that the bench measures on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Tickets in the desk, and contacts in the file."""

    tickets: int
    contacts: int


FULL = Size(tickets=1_000_000, contacts=100_000)
QUICK = Size(tickets=20_000, contacts=10_000)
