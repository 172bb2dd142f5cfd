"""The files that came or went with the messages of a ticket; their bytes are read one file at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from agentdesk.domain.references import ticket_ref
from agentdesk.queries.ticket_detail import PARTS
from agentdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file; `name` is what its sender called it: data, never a path."""

    id: int
    message_id: int
    ticket_id: int
    name: str
    media_type: str
    size: int
    author: str
    at: datetime

    @property
    def ref(self) -> str:
        """`T-1042`."""
        return ticket_ref(self.ticket_id)


_SELECT = (
    "SELECT attachment.id, attachment.message_id, attachment.ticket_id, attachment.name, attachment.media_type, "
    "attachment.size, coalesce(nullif(message.author_name, ''), message.author_kind) AS author, message.at "
    "FROM attachment JOIN message ON message.id = attachment.message_id WHERE "
)
_OF_TICKET = "message.ticket_id IN (SELECT id FROM part) ORDER BY message.at, attachment.id"
_DATA = (
    "SELECT blob.data FROM attachment JOIN blob ON blob.sha256 = attachment.sha256 WHERE attachment.id = :id"
)


def files_of(read: Reader, ticket_id: int) -> list[FileRow]:
    """Every file of a ticket and of what is merged into it, in the order of its messages."""
    return read.rows(FileRow, f"{PARTS}{_SELECT}{_OF_TICKET}", {"id": ticket_id})


def by_message(files: list[FileRow]) -> Mapping[int, list[FileRow]]:
    """The same, by the number of the message."""
    found: dict[int, list[FileRow]] = {}
    for one in files:
        found.setdefault(one.message_id, []).append(one)
    return found


def file_row(read: Reader, file_id: int) -> FileRow | None:
    """One file, or None."""
    return read.row(FileRow, f"{_SELECT}attachment.id = :id", {"id": file_id})


def kept_content(read: Reader, sha256: str) -> bytes | None:
    """The bytes that are kept under a hash, whatever goes with them; None where they are not kept any more."""
    found = read.value("SELECT data FROM blob WHERE sha256 = :sha256", {"sha256": sha256})
    return None if found is None else bytes(found)


def content_of(read: Reader, file_id: int) -> bytes | None:
    """The bytes of a file, or None where there is no such file."""
    found = read.value(_DATA, {"id": file_id})
    return None if found is None else bytes(found)
