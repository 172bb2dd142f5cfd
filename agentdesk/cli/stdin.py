"""What a command may be given through stdin: references for `-`, and the text of a message for `-`."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from agentdesk.cli.argv import WrongUsage
from agentdesk.domain.errors import InvalidValueError, TicketFault
from agentdesk.domain.quoting import quoted
from agentdesk.domain.references import ticket_id


@dataclass(slots=True)
class NamedTickets:
    """Tickets as a line and stdin name them.

    Attributes:
        places: where each id was named first, in the order in which they were.
        faults: what was named and is no reference.
    """

    places: dict[int, str] = field(default_factory=dict)
    faults: list[TicketFault] = field(default_factory=list)

    @property
    def ids(self) -> list[int]:
        """Each id once, in order."""
        return list(self.places)

    @property
    def total(self) -> int:
        """How many tickets were named, the faulty ones among them."""
        return len(self.places) + len(self.faults)


def read_ids(words: Sequence[str]) -> NamedTickets:
    """Tickets from references, `-` standing for every reference on stdin.

    Raises:
        WrongUsage: `-` with a keyboard behind it, or bytes that are not UTF-8.
        InvalidValueError: the only word is no ticket reference.
    """
    told: list[tuple[str, str]] = []
    for place, word in enumerate(words, start=1):
        told += _stdin_words() if word == "-" else [(word, f"argument {place}")]
    named = NamedTickets()
    for word, where in told:
        try:
            named.places.setdefault(ticket_id(word), where)
        except InvalidValueError:
            if len(told) == 1:
                raise
            named.faults.append(TicketFault(quoted(word), where, "is no ticket, which is written T-1042"))
    return named


def read_text(text: str | None, *, what: str, typed: str) -> str:
    """A text that was typed on the line, or all of stdin for `-` or where nothing was typed but piped.

    Args:
        text: as it was typed.
        what: what the text is: `reply`.
        typed: how it is typed, for the hint.

    Raises:
        WrongUsage: there is no text, or it is not UTF-8.
    """
    if text is not None and text != "-":
        return text
    hint = f"Write it in quotes, as in: agentdesk {typed}; or pipe it in with -"
    if sys.stdin.isatty():
        raise WrongUsage(f"There is no {what}. {hint}")
    piped = _read().strip("\n")
    if not piped.strip():
        raise WrongUsage(f"There is no {what}: stdin was empty. {hint}")
    return piped


def _stdin_words() -> list[tuple[str, str]]:
    if sys.stdin.isatty():
        raise WrongUsage("- reads references from stdin, and nothing is piped in.")
    lines = enumerate(_read().splitlines(), start=1)
    return [(word, f"line {number} of stdin") for number, text in lines for word in text.split()]


def _read() -> str:
    """All of stdin; bytes that are no text arrive as an error or, in a plain locale, as lone surrogates."""
    try:
        piped = sys.stdin.read()
        piped.encode()
    except UnicodeError:
        raise WrongUsage("What was piped in is not UTF-8.") from None
    return piped
