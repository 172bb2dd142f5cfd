"""The conversation of a ticket as messages: each at its own instant, by whom, for whom, as text to read."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from agentdesk.domain.vocabulary import AuthorKind, Channel, Visibility
from agentdesk.transfer.foreign_time import ForeignTimeError, TimeReader
from agentdesk.transfer.html_text import html_to_text
from agentdesk.transfer.maps.fields import fold_word
from agentdesk.transfer.readers.json_flat import cell_text
from agentdesk.transfer.readers.text_spool import Kept
from agentdesk.transfer.tickets.columns import CellError, Columns
from agentdesk.transfer.tickets.foreign_names import ForeignNames
from agentdesk.transfer.tickets.map import TicketMap
from agentdesk.transfer.tickets.message_rules import MessageRules, SaidRules
from agentdesk.transfer.tickets.names import ForeignNameError
from agentdesk.transfer.tickets.stores import Stores

_FILE_NAMES: Final = ("file_name", "filename", "name")
_PARTS: Final = 20
"""Keys inside keys that a name with dots may go down."""
_TRUE: Final = ("true", "1", "yes")
_ADDRESSED: Final = re.compile(r'"?([^"<>]*)"?\s*<([^<>]*)>')
_BREAKS: Final = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
CUT_SHORT: Final = "long HTML, of which only the beginning was read"


class ForeignMessage(NamedTuple):
    """One message of another system.

    Attributes:
        key: its id, with that of the system, or of the ticket where it has none of its own.
        at: when it was said.
        kind: who wrote it.
        is_internal: the customer may not read it.
        author: the name of who wrote.
        agent_id: the agent, where one did; negative where they are to be made.
        text: where what it says is kept.
        extra: the names of its files, and what could not be read.
        channel: how it came; empty where that is how the ticket came.
    """

    key: str
    at: datetime
    kind: AuthorKind
    is_internal: bool
    author: str
    agent_id: int | None
    text: Kept
    extra: dict[str, Any]
    channel: str = ""

    @property
    def visibility(self) -> Visibility:
        """Who may read it."""
        return Visibility.INTERNAL if self.is_internal else Visibility.PUBLIC

    @property
    def is_reply(self) -> bool:
        """Whether it answers the customer."""
        return self.kind is AuthorKind.AGENT and not self.is_internal


class About(NamedTuple):
    """What is known of the ticket that a conversation belongs to."""

    external_id: str
    created_at: datetime | None
    customer: str
    customer_number: str
    also_id: str = ""


class MessageReader:
    """Reads the messages of one file.

    Attributes:
        files: attachments that are named with their messages, because an export does not hold them.
        deleted: messages that were deleted there, and are left out.
    """

    def __init__(
        self, rules: TicketMap, columns: Columns, names: ForeignNames, times: TimeReader, stores: Stores
    ) -> None:
        self.files = 0
        self.deleted = 0
        self._rules = rules
        self._columns = columns
        self._names = names
        self._times = times
        self._spool = stores.spool
        self._comments = stores.comments
        self._said = [
            (said, *(columns.find(key, getattr(said, key)) for key in ("text", "html", "at", "author")))
            for said in rules.said
        ]

    def read(
        self, about: About, cells: Sequence[str], record: Mapping[str, Any] | None
    ) -> list[ForeignMessage]:
        """Every message of a ticket, oldest first.

        Args:
            about: the ticket.
            cells: its row.
            record: its object, where the file is JSON.

        Raises:
            CellError: an instant or a name cannot be read.
        """
        rules = self._rules.messages
        listed = list(self._list(rules, about, record or {})) if rules else []
        told = [message for said in self._said if (message := self._of_row(about, cells, said, bool(listed)))]
        return sorted([*told, *listed], key=lambda one: one.at)

    def _of_row(
        self, about: About, cells: Sequence[str], found: tuple[Any, ...], has_list: bool
    ) -> ForeignMessage | None:
        said: SaidRules = found[0]
        text, html, at, author = found[1:]
        body, flags = _body(
            *(self._columns.first(cells, places)[1] if places else "" for places in (text, html))
        )
        place, when = self._columns.first(cells, at) if at else (0, "")
        instant = self._time(self._columns.names[place], when) if when else about.created_at
        if not body or instant is None or (said.is_alone and has_list):
            return None
        name = self._columns.first(cells, author)[1] if author else ""
        if said.by is AuthorKind.CUSTOMER:
            name = name or about.customer
        key = self._columns.names[(*text, *html)[0]]
        return ForeignMessage(
            self._key(about, key), instant, said.by, said.is_internal, name or self._rules.file.system or key,
            None, self._spool.keep(body), flags,
        )  # fmt: skip

    def _list(self, rules: MessageRules, about: About, record: Mapping[str, Any]) -> Iterator[ForeignMessage]:
        inside = record.get(self._rules.file.inside) if self._rules.file.inside else None
        holder = inside if isinstance(inside, dict) and rules.list not in record else record
        found = _value(holder, rules.list)
        listed = found if isinstance(found, list) else []
        for number, told in enumerate(self._with_comments(rules, about, listed), start=1):
            if not isinstance(told, dict):
                raise CellError(rules.list, cell_text(told), f"number {number} is no object")
            if _is_true(told, rules.deleted):
                self.deleted += 1
            else:
                yield self._message(rules, about, told, number)

    def _with_comments(self, rules: MessageRules, about: About, listed: list[Any]) -> Iterator[Any]:
        """What the record holds, and what a second file has besides."""
        yield from listed
        if told := self._comments.of(about.external_id, about.also_id):
            here = {_text(one, [rules.id]) for one in listed if isinstance(one, dict)} - {""}
            yield from (
                one for one in told if not isinstance(one, dict) or _text(one, [rules.id]) not in here
            )

    def _message(
        self, rules: MessageRules, about: About, told: Mapping[str, Any], number: int
    ) -> ForeignMessage:
        place = f"{rules.list} {number}, {rules.at}"
        at = self._time(place, _text(told, [rules.at]))
        written = _text(told, rules.text)
        is_html = "html" in _text(told, [rules.content_type]).casefold()
        body, extra = _body(
            "" if is_html else written, _text(told, rules.html) or (written if is_html else "")
        )
        names = list(_file_names(_value(told, rules.files)))
        self.files += len(names)
        if names:
            extra["files"] = names
        body = body or ("Files: " + ", ".join(names) if names else "(no text)")
        author_number = _text(told, rules.author_id)
        kind = self._kind(rules, about, told, author_number)
        author = _name_of(_text(told, rules.author)) or self._names.author(author_number)
        is_agent = kind is AuthorKind.AGENT
        agent_id = self._agent(author_number, author, f"{rules.list} {number}") if is_agent else None
        if kind is AuthorKind.CUSTOMER and author_number in ("", about.customer_number):
            author = about.customer or author
        elif kind is AuthorKind.CUSTOMER:
            author = author or about.customer
        key = _text(told, [rules.id]) or f"{about.external_id}/{number}"
        author = author or f"{self._rules.file.system} {kind.value} {author_number}".strip()
        return ForeignMessage(
            f"{self._rules.file.source}:{key}",
            at,
            kind,
            _is_internal(rules, told),
            author,
            agent_id,
            self._spool.keep(body),
            extra,
            self._channel(_text(told, rules.channel)),
        )

    def _channel(self, word: str) -> str:
        """The channel of a word; of a note, or of a word that is none, it is that of the ticket."""
        words = self._rules.words.get("channel", {})
        found = words.get(fold_word(word), word) if word else ""
        return found if found in set(Channel) - {Channel.OTHER} else ""

    def _kind(self, rules: MessageRules, about: About, told: Mapping[str, Any], author: str) -> AuthorKind:
        """Who wrote: as the system says, else the requester is the customer, and whoever else writes is of the desk."""
        if (word := _text(told, [rules.sender]).casefold()) in rules.senders:
            return rules.senders[word]
        if rules.incoming and _value(told, rules.incoming) is not None:
            return AuthorKind.CUSTOMER if _is_true(told, rules.incoming) else AuthorKind.AGENT
        is_customer = author == about.customer_number if author else False
        return AuthorKind.CUSTOMER if is_customer or self._names.is_customer(author) else AuthorKind.AGENT

    def _agent(self, number: str, author: str, place: str) -> int | None:
        try:
            return self._names.agent(number or author, author if "@" in author else "")
        except ForeignNameError as error:
            raise CellError(place, number or author, str(error)) from None

    def _key(self, about: About, column: str) -> str:
        return f"{self._rules.file.source}:{about.external_id}/{column}"

    def _time(self, place: str, text: str) -> datetime:
        if not text:
            raise CellError(place, "", "is empty: nothing tells when it was said")
        try:
            return self._times.read(text)
        except ForeignTimeError as error:
            raise CellError(place, text, str(error)) from None


def _name_of(author: str) -> str:
    """The name of an author who is told as in the header of a letter."""
    found = _ADDRESSED.fullmatch(author)
    return (found[1].strip() or found[2]) if found else author


def _is_internal(rules: MessageRules, told: Mapping[str, Any]) -> bool:
    if rules.public and _value(told, rules.public) is not None:
        return not _is_true(told, rules.public)
    return _is_true(told, rules.internal)


def _body(text: str, html: str) -> tuple[str, dict[str, Any]]:
    if text.strip():
        return _BREAKS.sub("\n", text).strip(), {}
    found, is_whole = html_to_text(html) if html.strip() else ("", True)
    return found.strip(), {} if is_whole else {"flags": [CUT_SHORT]}


def _file_names(files: Any) -> Iterator[str]:
    for one in files if isinstance(files, list) else []:
        name = next((one[key] for key in _FILE_NAMES if one.get(key)), "") if isinstance(one, dict) else one
        if text := cell_text(name) if not isinstance(name, dict | list) else "":
            yield text


def _text(told: Mapping[str, Any], keys: Iterable[str]) -> str:
    """The first of some keys that holds something, as text."""
    for key in keys:
        value = _value(told, key)
        if not isinstance(value, dict | list) and (text := cell_text(value).strip()):
            return text
    return ""


def _is_true(told: Mapping[str, Any], key: str) -> bool:
    return bool(key) and _text(told, [key]).casefold() in _TRUE


def _value(told: Any, key: str) -> Any:
    """What stands under a name with dots; None where nothing does."""
    if not key:
        return None
    for part in key.split(".", _PARTS):
        if not isinstance(told, dict):
            return None
        told = told.get(part)
    return told
