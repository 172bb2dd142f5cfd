"""A file that was refused, in the words of the console: which field to fill in, where the command line names an option."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from agentdesk.transfer.refusals import FileRefusedError, MissingColumnsError

if TYPE_CHECKING:
    from agentdesk.transfer.contacts.order import ContactImport

FIELDS: Final = {"encoding": "Encoding", "delimiter": "Delimiter", "member": "Part"}
"""Ids of the fields that say how a file is read, and what stands before them."""
_PHRASES: Final = (
    (re.compile(r"([Rr])epeat without --encoding"), r"\1epeat with an empty Encoding"),
    (re.compile(r"is set with --(\w+)"), lambda found: f"goes into {_field_called(found[1])}"),
    (re.compile(r"--(\w+)"), lambda found: _field_called(found[1])),
    (re.compile(r"Encoding NAME"), "its name in Encoding"),
)
_ELSEWHERE: Final = " Tickets and mails come in on the command line: agentdesk import tickets FILE, agentdesk import mail FILE."


@dataclass(frozen=True, slots=True)
class Refused:
    """An order that could not be followed.

    Attributes:
        order: what was asked for.
        words: why not, and which field to fill in.
        at: id of that field.
        guess: what may be right in it; empty where nothing is known.
    """

    order: "ContactImport"
    words: str
    at: str = "path"
    guess: str = ""


def refused(order: "ContactImport", error: FileRefusedError) -> Refused:
    """What the dialog shows of a refusal."""
    told = str(error)
    named = re.search(r"--(encoding|delimiter|member)", told)
    words = in_fields(told) + (_ELSEWHERE if isinstance(error, MissingColumnsError) else "")
    return Refused(order, words, named[1] if named else "path", getattr(error, "guess", ""))


def in_fields(told: str) -> str:
    """Options of the command line become fields of the dialog."""
    for pattern, words in _PHRASES:
        told = pattern.sub(words, told)
    return told


def _field_called(option: str) -> str:
    return FIELDS.get(option, option)
