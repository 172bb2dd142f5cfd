"""Files that customers sent with their mails, and the address that the desk's letters come from."""

import struct
import zlib
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from agentdesk.demo.casting import Story
from agentdesk.demo.ledger import Ledger
from agentdesk.domain.desk_settings import MAIL_FROM
from agentdesk.domain.events import Event
from agentdesk.models import Attachment, Blob, Message, Setting

SENDER: Final = "support@desk.example.com"
_EVERY: Final = 11
"""One mail of so many brings something."""


def enclose(ledger: Ledger, stories: Sequence[Story], now: datetime) -> None:
    """Put files on the first messages of some mails, and say where letters come from."""
    ledger.rows.setdefault(Attachment, [])
    ledger.rows.setdefault(Blob, [])
    said = {row["id"]: row for row in ledger.rows[Message]}
    mails = [one for one in stories if one.channel == "email" and one.steps[0].body]
    for place, story in enumerate(mails[::_EVERY]):
        opening = said[story.steps[0].message_id]
        for name, media_type, data in _files(place):
            _attach(ledger, opening, name, media_type, data)
    first = min((one.at for one in stories), default=now)
    setting = {"id": 1, "agent_id": None, "key": MAIL_FROM, "value": SENDER}
    ledger.rows[Setting] = [setting]
    ledger.created(Setting, setting, Event.SETTING_CHANGED, None, first)


def _attach(ledger: Ledger, message: dict[str, object], name: str, media_type: str, data: bytes) -> None:
    digest, at = sha256(data).hexdigest(), message["at"]
    assert isinstance(at, datetime)
    if digest not in {one["sha256"] for one in ledger.rows[Blob]}:
        ledger.rows[Blob].append({"sha256": digest, "size": len(data), "data": data})
    row = ledger.add(
        Attachment,
        len(ledger.rows[Attachment]) + 1,
        at,
        message_id=message["id"],
        ticket_id=message["ticket_id"],
        name=name,
        media_type=media_type,
        size=len(data),
        sha256=digest,
    )
    ledger.created(Attachment, row, Event.MESSAGE_RECEIVED, None, at, is_main=False)


def _files(place: int) -> list[tuple[str, str, bytes]]:
    photo = ("photo.png", "image/png", _picture(place % 5))
    words = "Ordered on Monday, charged twice on Wednesday.\nThe second charge has no order number.\n"
    note = ("Überweisung März.txt", "text/plain", words.encode())
    return [photo, note] if place % 3 == 0 else [photo]


def _picture(shade: int) -> bytes:
    """A plain picture in brown, as small as one can be."""
    width, height, colour = 48, 32, bytes((110 + 20 * shade, 80 + 12 * shade, 60))
    rows = b"".join(b"\0" + colour * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
