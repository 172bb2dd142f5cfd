"""What a command may be given through stdin: references for `-`, and the text of a message for `-`."""

import sys
from collections.abc import Sequence

from agentdesk.cli.argv import WrongUsage
from agentdesk.domain.references import ticket_id


def read_ids(words: Sequence[str]) -> list[int]:
    """Ticket ids from references, `-` standing for every reference on stdin; each once, in order.

    Raises:
        WrongUsage: `-` with a keyboard behind it, or bytes that are not UTF-8.
        InvalidValueError: a word is no ticket reference.
    """
    told: list[str] = []
    for word in words:
        told += _stdin_words() if word == "-" else [word]
    return list(dict.fromkeys(ticket_id(word) for word in told))


def read_text(text: str | None, *, what: str) -> str:
    """A text that was typed on the line, or all of stdin for `-` or where nothing was typed but piped.

    Raises:
        WrongUsage: there is no text, or it is not UTF-8.
    """
    if text is not None and text != "-":
        return text
    if sys.stdin.isatty():
        raise WrongUsage(f"there is no {what}: give it in quotes, or pipe it in.")
    piped = _read().strip("\n")
    if not piped.strip():
        raise WrongUsage(f"there is no {what}: stdin was empty.")
    return piped


def _stdin_words() -> list[str]:
    if sys.stdin.isatty():
        raise WrongUsage("- reads references from stdin, and nothing is piped in.")
    return _read().split()


def _read() -> str:
    """All of stdin; bytes that are no text arrive as an error or, in a plain locale, as lone surrogates."""
    try:
        piped = sys.stdin.read()
        piped.encode()
    except UnicodeError:
        raise WrongUsage("what was piped in is not UTF-8.") from None
    return piped
