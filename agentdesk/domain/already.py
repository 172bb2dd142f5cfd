"""What is said of a change that changes nothing: that everything was so already, and of which tickets."""

from collections.abc import Iterable
from typing import Final, NamedTuple

LISTED: Final = 3
"""Things that are named one by one; of more, the number of the others is told."""


class Already(NamedTuple):
    """One thing that was as asked before anybody asked.

    Attributes:
        ref: the ticket.
        state: how it is, as it reads after the reference: `has priority normal`.
    """

    ref: str
    state: str


def say_nothing_changed(found: Iterable[Already]) -> str:
    """One sentence, such as: Nothing changed: T-2915 has priority normal already."""
    states: dict[str, list[str]] = {}
    for one in dict.fromkeys(found):
        states.setdefault(one.ref, []).append(one.state)
    said = [f"{ref} {' and '.join(one)} already" for ref, one in states.items()]
    if not said:
        return "Nothing changed."
    more = f"; and {len(said) - LISTED} more alike" if len(said) > LISTED else ""
    return f"Nothing changed: {'; '.join(said[:LISTED])}{more}."
