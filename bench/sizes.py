"""How large the desks and files are that the bench measures on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Tickets in the desk, contacts in the file, and messages in the desk that is searched."""

    tickets: int
    contacts: int
    messages: int


FULL = Size(tickets=1_000_000, contacts=100_000, messages=5_000_000)
LARGE = Size(tickets=1_000_000, contacts=1_000_000, messages=5_000_000)
QUICK = Size(tickets=20_000, contacts=10_000, messages=100_000)
