"""A letter as a mail. Every header is set by the library, none is put together from text: nothing can begin a new one.

The same letter is the same bytes, whoever builds it and however often.
"""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from typing import Final

from agentdesk.domain.file_names import safe_file_name
from agentdesk.domain.safe_text import block, clip, line
from agentdesk.domain.vocabulary import AuthorKind
from agentdesk.queries.outbox import WholeLetter

SEVEN_BITS: Final = SMTP.clone(cte_type="7bit")
_LONGEST_SUBJECT: Final = 300
_LONGEST_NAME: Final = 100
_MOST_REFERENCES: Final = 10
_MEDIA_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")
_NO_FILES: Final = ("multipart/", "message/")
"""Kinds that are mails within a mail: a file of bytes is none of them."""


def build_mail(letter: WholeLetter, sender: str, sender_name: str) -> bytes:
    """The mail as it leaves, with CRLF line ends and nothing but ASCII unless an address needs more.

    Args:
        letter: what it is made of.
        sender: the address that the desk's letters come from.
        sender_name: what the desk calls itself; may be empty.
    """
    row = letter.row
    mail = EmailMessage(_policy(sender, row.to_address))
    mail["From"] = _address(sender_name, sender)
    mail["To"] = _address(row.to_name, row.to_address)
    mail["Subject"] = _flat(row.subject, _LONGEST_SUBJECT)
    mail["Date"] = format_datetime(letter.said_at)
    mail["Message-ID"] = f"<{row.key}>"
    if letter.earlier:
        first, *later = (f"<{key}>" for key in letter.earlier)
        mail["In-Reply-To"] = f"<{letter.earlier[-1]}>"
        mail["References"] = " ".join([first, *later[1 - _MOST_REFERENCES :]])
    if letter.by == AuthorKind.SYSTEM:
        mail["Auto-Submitted"] = "auto-replied"  # RFC 3834: no machine answers it
    mail.set_content(f"{block(letter.body)}\n", cte="quoted-printable")
    for file in letter.files:
        main, _, sub = _media_type(file.media_type).partition("/")
        mail.add_attachment(file.data, maintype=main, subtype=sub, filename=safe_file_name(file.name))
    if letter.files:
        mail.set_boundary(f"=_{row.key.partition('@')[0]}")
    return mail.as_bytes()


def _address(name: str, address: str) -> Address:
    user, _, domain = address.rpartition("@")
    return Address(_flat(name, _LONGEST_NAME), user, _ascii_domain(domain))


def _ascii_domain(domain: str) -> str:
    if domain.isascii():
        return domain
    import idna  # noqa: PLC0415  it comes with email-validator, and most domains need it not

    return idna.encode(domain, uts46=True).decode()


def _policy(*addresses: str) -> "EmailPolicy[EmailMessage]":
    """Letters to a mailbox that is no ASCII need servers that take UTF-8; all others do without."""
    is_plain = all(one.rpartition("@")[0].isascii() for one in addresses)
    return SEVEN_BITS if is_plain else SEVEN_BITS.clone(utf8=True)


def _flat(text: str, most: int) -> str:
    return clip(line(" ".join(text.split())), most)


def _media_type(told: str) -> str:
    kind = told.strip().lower()
    is_file = _MEDIA_TYPE.fullmatch(kind) and not kind.startswith(_NO_FILES)
    return kind if is_file else "application/octet-stream"
