"""One mail as the desk takes it: who, when, in answer to what, its text and its files; or the reason why not.

Whatever the bytes are, the answer is a mail or a refusal: no error of the library gets past here.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from typing import Any, Final

from agentdesk.transfer.mail.charsets import storable
from agentdesk.transfer.mail.dates import choose_instant
from agentdesk.transfer.mail.parts import NO_TEXT, MailFile, MailRefusedError, read_content
from agentdesk.transfer.mail.people import Person, read_people
from agentdesk.transfer.mail.scan import find_excess, head_of
from agentdesk.transfer.mail.words import Flags, Headers, read_ids

ERROR_HEADER: Final = "X-AgentDesk-Error"
"""In a file of rejects: why a mail was not taken. It is no part of the mail."""
MAX_SUBJECT: Final = 300
"""Characters of a ticket's subject; the message keeps the whole."""
NO_SUBJECT: Final = "(no subject)"

_ERROR_LINES: Final = re.compile(rb"(?:" + ERROR_HEADER.encode() + rb":[^\n]*\n)+", re.IGNORECASE)
_SPACED: Final = re.compile(rb"^([!-9;-~]{1,100})[ \t]+:", re.MULTILINE)
"""`From : x`, as RFC 822 allowed."""
_TOLD: Final = (
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "received",
    "return-path",
    "content-type",
)
"""Headers of which a mail has one."""


@dataclass(slots=True)
class Mail:
    """One mail.

    Attributes:
        key: its Message-ID with angle brackets; one made from its bytes where it has none.
        at: when it was written.
        sender: who it says it is from; the key of an address that is none is empty.
        others: the addresses it went to, in their one spelling.
        references: what it answers, the nearest first.
        subject: as written, in one line; may be empty.
        text: what it says; never empty.
        files: what goes with it.
        extra: what the message keeps of its header, with what is to be said of it.
    """

    key: str
    at: datetime
    sender: Person
    others: list[str]
    references: list[str]
    subject: str
    text: str
    files: list[MailFile] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)


def without_error(data: bytes) -> bytes:
    """A mail without what a file of rejects says of it."""
    found = _ERROR_LINES.match(data)
    return data[found.end() :] if found else data


def parse_mail(data: bytes, delivered: datetime | None, now: datetime, said: list[str] | None = None) -> Mail:
    """Read one mail.

    Args:
        data: its bytes, without an envelope line.
        delivered: when its mailbox says it came.
        now: no mail is from later.
        said: what is to be said of it already.

    Raises:
        MailRefusedError: it is no mail, or more than is read; `str()` is the reason.
    """
    flags = Flags(list(said or ()))
    try:
        return _parse(without_error(data), delivered, now, flags)
    except MailRefusedError:
        raise
    except RecursionError:
        raise MailRefusedError("its parts are nested too deep to be read") from None
    except Exception as error:
        raise MailRefusedError(f"it cannot be read ({type(error).__name__})") from error


def _parse(data: bytes, delivered: datetime | None, now: datetime, flags: Flags) -> Mail:
    plain = _regular(data, flags)
    if reason := find_excess(plain):
        raise MailRefusedError(reason)
    message = BytesParser(policy=compat32).parsebytes(plain)
    headers = Headers(message, flags)
    if not any(name in headers for name in _TOLD):
        raise MailRefusedError("it has no headers: this is no mail")
    content = read_content(message, flags)
    _tell_defects(message, flags)
    sender = _sender(headers, flags)
    people = {name: read_people(headers.raw(name), name, flags) for name in ("to", "cc")}
    at = choose_instant(headers.raw("date"), headers.all("received")[:20], delivered, now, flags)
    subject = headers.text("subject")
    references = _references(headers)
    if not content.texts:
        flags.say("no text")
    mail = Mail(
        key=_key(headers, plain, flags),
        at=at,
        sender=sender,
        others=list(dict.fromkeys(one.key for some in people.values() for one in some if one.key)),
        references=references,
        subject=subject,
        text="\n\n".join(content.texts) or NO_TEXT,
        files=content.files,
    )
    mail.extra = {
        "from": sender.told,
        **{name: [one.told for one in some] for name, some in people.items()},
        "subject": subject,
        "references": references[::-1],
        "flags": flags.flags,
        "original": flags.original,
    }
    mail.extra = {name: _storable(value) for name, value in mail.extra.items() if value}
    mail.references = [one for one in references if one != mail.key]
    return mail


def _storable(value: Any) -> Any:
    """Texts of the header as every database takes them, however they came about."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(name): storable(text) for name, text in value.items()}
    return [storable(text) for text in value]


def _regular(data: bytes, flags: Flags) -> bytes:
    """A mail with line ends that no reader takes for two, and no mark before the first header."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if data[:1] in b"\r\n":
        data = data.lstrip(b"\r\n")
        flags.say("blank lines before the header")
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    head = head_of(data)
    plain = _SPACED.sub(rb"\1:", head)
    if b"\r" in plain.replace(b"\r\n", b"\n"):
        plain = re.sub(rb"\r+\n", b"\n", plain)
        if b"\r" in plain:
            flags.say("a bare carriage return in the header, shown as a sign")
            plain = plain.replace(b"\r", "\N{SYMBOL FOR CARRIAGE RETURN}".encode())
    return data if plain == head else plain + data[len(head) :]


def _sender(headers: Headers, flags: Flags) -> Person:
    """Who a mail says it is from: a claim, never a proof."""
    for name in ("from", "sender", "return-path"):
        found = read_people(headers.raw(name), name, flags)
        if found:
            if name != "from":
                flags.say(f"no From, {name} was taken")
            elif not found[0].key:
                flags.say("From holds no address")
            return found[0]
    flags.say("no From")
    return Person("", "", "")


def _references(headers: Headers) -> list[str]:
    """What a mail answers, the nearest first."""
    answered = read_ids(headers.raw("in-reply-to"))[:5]
    return list(dict.fromkeys((*answered, *read_ids(headers.raw("references"))[::-1])))


def _key(headers: Headers, data: bytes, flags: Flags) -> str:
    found = read_ids(headers.raw("message-id"))
    if found:
        return found[0]
    flags.say("no Message-ID")
    regular = re.sub(rb"\r+\n", b"\n", data).strip()
    return f"<sha256.{hashlib.sha256(regular).hexdigest()[:40]}@mail.invalid>"


def _tell_defects(message: Message, flags: Flags) -> None:
    names = {type(defect).__name__ for part in message.walk() for defect in part.defects}
    if names & {"CloseBoundaryNotFoundDefect", "StartBoundaryNotFoundDefect"}:
        flags.say("its parts are not closed: it may have been cut short")
    if "MissingHeaderBodySeparatorDefect" in names:
        flags.say("a line in the header that is no header")
