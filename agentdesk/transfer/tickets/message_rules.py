"""What a map says of conversations: the list of messages inside a record, and texts that a ticket itself carries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from agentdesk.domain.vocabulary import AuthorKind
from agentdesk.transfer.maps.toml import MapError, columns_at, flag_at, refuse_strangers, text_at

_ONE: Final = (
    "list",
    "id",
    "at",
    "content_type",
    "public",
    "internal",
    "incoming",
    "sender",
    "deleted",
    "files",
)
_SEVERAL: Final = ("text", "html", "author", "author_id", "ticket", "channel")
_MESSAGES: Final = (*_ONE, *_SEVERAL, "senders")
_SAID: Final = ("text", "html", "at", "author", "by", "internal", "alone")


@dataclass(frozen=True, slots=True)
class MessageRules:
    """The messages inside a record of JSON; every name is a key of a message, with dots for keys inside keys.

    Attributes:
        list: the key of the record that holds them.
        id: their number in the other system.
        at: when they were said.
        content_type: says `text/html` where `text` is HTML.
        public: true where the customer may read it.
        internal: true where the customer may not.
        incoming: true where it came from outside.
        sender: who wrote, in words that `senders` explains.
        deleted: true where it was deleted there: then it is left out.
        files: the list of its attachments, whose names are kept.
        text: its plain text, the first that holds something.
        html: its HTML, read where there is no plain text.
        author: the name or address of who wrote, the first that holds something.
        author_id: their number; that of the requester is the customer.
        ticket: the ticket of a message that stands in a second file.
        channel: how it came, in words of `[values.channel]`, the first that holds something; that of the ticket where it
            is none of them.
        senders: what the words of `sender` mean.
    """

    list: str = ""
    id: str = ""
    at: str = ""
    content_type: str = ""
    public: str = ""
    internal: str = ""
    incoming: str = ""
    sender: str = ""
    deleted: str = ""
    files: str = ""
    text: tuple[str, ...] = ()
    html: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    author_id: tuple[str, ...] = ()
    ticket: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    senders: Mapping[str, AuthorKind] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SaidRules:
    """A text that stands in a column of the ticket, and is a message of its own.

    Attributes:
        text: columns with plain text, the first that holds something.
        html: columns with HTML, read where there is no plain text.
        at: columns with its instant; the creation of the ticket where none holds one.
        author: columns with the name of who wrote.
        by: who that is.
        is_internal: the customer may not read it.
        is_alone: it is left out where the record has a list of messages, which begins with it.
    """

    text: tuple[str, ...] = ()
    html: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    by: AuthorKind = AuthorKind.CUSTOMER
    is_internal: bool = False
    is_alone: bool = False


def parse_messages(label: str, told: Mapping[str, Any]) -> MessageRules | None:
    """Read `[messages]`; None where there is no such section.

    Raises:
        MapError: an unknown key or word, or no list or instant.
    """
    if not told:
        return None
    where = "[messages]"
    refuse_strangers(label, where, told, _MESSAGES)
    one: dict[str, Any] = {key: text_at(label, where, told, key) for key in _ONE}
    for key in ("list", "at"):
        if not one[key]:
            raise MapError(label, where, f'{key} = "KEY" is missing')
    several: dict[str, Any] = {key: columns_at(label, where, told, key) for key in _SEVERAL}
    words = told.get("senders", {})
    if not isinstance(words, dict):
        raise MapError(label, f"{where} senders", "it is a section of words, not a value")
    senders = {word.casefold(): _kind(label, f"{where} senders", words, word) for word in words}
    return MessageRules(**one, **several, senders=senders)


def parse_said(label: str, told: Any) -> tuple[SaidRules, ...]:
    """Read every `[[said]]`.

    Raises:
        MapError: an unknown key or word, or no column of text.
    """
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise MapError(label, "[[said]]", "it is written with two brackets on each side")
    return tuple(_said(label, one) for one in told)


def _said(label: str, told: Mapping[str, Any]) -> SaidRules:
    where = "[[said]]"
    refuse_strangers(label, where, told, _SAID)
    text, html, at, author = (columns_at(label, where, told, key) for key in ("text", "html", "at", "author"))
    if not (text or html):
        raise MapError(label, where, 'text = "COLUMN" is missing')
    by = _kind(label, where, told, "by") if "by" in told else AuthorKind.CUSTOMER
    flags = (flag_at(label, where, told, key) for key in ("internal", "alone"))
    return SaidRules(text, html, at, author, by, *flags)


def _kind(label: str, where: str, told: Mapping[str, Any], key: str) -> AuthorKind:
    word = text_at(label, where, told, key)
    if word not in set(AuthorKind):
        allowed = ", ".join(one.value for one in AuthorKind)
        raise MapError(label, f"{where} {key}", f"{word!r} is none of our words", f"Allowed: {allowed}.")
    return AuthorKind(word)
