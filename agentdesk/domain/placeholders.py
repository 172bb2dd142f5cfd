"""Words in double braces that stand for something of a ticket: `{{customer.first_name}}`.

Laws: only the names below mean anything, and no value is looked at twice: what a customer is called cannot ask for
more; what has no value stays in the text as it was, so that nobody sends it unseen; `$5`, `100$` and `{x}` are text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from agentdesk.domain.errors import AgentDeskError

PLACEHOLDERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "customer.name": "the customer's full name",
        "customer.first_name": "the first word of it",
        "customer.last_name": "the last word of it",
        "customer.email": "the customer's e-mail address",
        "customer.phone": "the customer's telephone number",
        "customer.title": "what the customer does in their organization",
        "organization.name": "the customer's organization",
        "ticket.ref": "the reference, T-1042",
        "ticket.subject": "what the ticket is about",
        "ticket.status": "its status",
        "ticket.priority": "its priority",
        "ticket.type": "its type",
        "ticket.category": "its category",
        "ticket.waiting_for": "the party it is on hold for",
        "ticket.opened": "the day it was opened",
        "ticket.promised": "what was promised by hand",
        "ticket.next_due": "when its next promise is due",
        "queue.name": "the queue it is in",
        "assignee.name": "the name of its agent",
        "assignee.first_name": "the first word of it",
        "agent.name": "your name",
        "agent.first_name": "the first word of it",
        "agent.email": "your e-mail address",
        "desk.organization": "what your organization is called, from the settings of the desk",
        "intake.missing_questions": "the questions of its form that have no answer yet, one a line",
        "today": "the day, 3 March 2026",
        "today.weekday": "the day of the week",
    }
)
"""Every name, with what it stands for."""
_PLACEHOLDER: Final = re.compile(r"\{\{[ \t]*([A-Za-z]\w*(?:\.\w+)*)[ \t]*\}\}", re.ASCII)
_ATTEMPT: Final = re.compile(r"\{\{([^{}\n]{0,80})\}\}")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A name in double braces that has no value, and where it stands in the text."""

    name: str
    start: int
    end: int

    @property
    def shown(self) -> str:
        """`{{customer.first_name}}`."""
        return shown(self.name)


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its values, and what had none."""

    text: str
    empty: tuple[Placeholder, ...]


class UnknownPlaceholderError(AgentDeskError):
    """Words in double braces that stand for nothing."""

    def __init__(self, name: str) -> None:
        from agentdesk.domain.near import suggest  # noqa: PLC0415  only a slip needs it

        hint = suggest(name, [(one, shown(one)) for one in PLACEHOLDERS])
        super().__init__(f"There is no placeholder {shown(name)}. {hint}".rstrip())
        self.name = name


class EmptyPlaceholderError(AgentDeskError):
    """A text is about to be sent with a placeholder that nobody filled."""

    def __init__(self, what: str, names: tuple[str, ...]) -> None:
        listed = " and ".join(filter(None, (", ".join(map(shown, names[:-1])), shown(names[-1]))))
        super().__init__(f"{what} has no value for {listed}: write it by hand, or take it out.")
        self.names = names


def names() -> tuple[str, ...]:
    """Every name that a text may hold in double braces."""
    return tuple(PLACEHOLDERS)


def shown(name: str) -> str:
    """A name as it is written in a text."""
    return f"{{{{{name}}}}}"


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """Put values into a text, each once.

    Args:
        text: with names in double braces.
        values: by name; a missing or blank one leaves the name to be seen, and so does a name that nobody knows.
    """
    pieces: list[str] = []
    empty: list[Placeholder] = []
    length = at = 0
    for found in _PLACEHOLDER.finditer(text):
        name = found[1].lower()
        value = values.get(name, "").strip() if name in PLACEHOLDERS else ""
        put = value or shown(name)
        pieces += [text[at : found.start()], put]
        length += found.start() - at
        if not value:
            empty.append(Placeholder(name, length, length + len(put)))
        length, at = length + len(put), found.end()
    return Filled("".join([*pieces, text[at:]]), tuple(empty))


def empty_placeholders(text: str) -> tuple[Placeholder, ...]:
    """What still stands in double braces in a text: it may not be sent like this."""
    return tuple(Placeholder(found[1].lower(), *found.span()) for found in _PLACEHOLDER.finditer(text))


def check_placeholders(text: str) -> None:
    """Refuse a text in which something stands in double braces that means nothing.

    Raises:
        UnknownPlaceholderError: names the first of them.
    """
    for found in _ATTEMPT.finditer(text):
        if (name := found[1].strip().lower()) not in PLACEHOLDERS:
            raise UnknownPlaceholderError(name)


def require_filled(what: str, text: str) -> None:
    """Refuse a text that still holds placeholders.

    Args:
        what: who refuses, as the sentence begins: `T-1042`.
        text: about to be sent.

    Raises:
        EmptyPlaceholderError: names them.
    """
    if left := empty_placeholders(text):
        raise EmptyPlaceholderError(what, tuple(dict.fromkeys(one.name for one in left)))


def first_word(name: str | None) -> str:
    """The first word of a name: what people are called by in much of the world."""
    return next(iter((name or "").split()), "")


def last_word(name: str | None) -> str:
    """The last word of a name that has several."""
    return next(iter((name or "").split()[:0:-1]), "")
