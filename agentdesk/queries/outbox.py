"""What leaves the desk: what waits, what is due, what was handed over, and each letter whole."""

from dataclasses import dataclass
from datetime import datetime

from agentdesk.domain.references import ticket_ref
from agentdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One letter on its way."""

    id: int
    key: str
    message_id: int
    ticket_id: int
    to_name: str
    to_address: str
    subject: str
    state: str
    release_at: datetime
    handed_over_at: datetime | None
    underway: str

    @property
    def ref(self) -> str:
        """`T-1042`."""
        return ticket_ref(self.ticket_id)


@dataclass(frozen=True, slots=True)
class EnclosedFile:
    """A file that goes with a letter, its content included."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class WholeLetter:
    """A letter with all that a mail is made of.

    Attributes:
        said_at: when it was said.
        by: `agent`, or `system` for what the desk writes by itself.
        earlier: the keys of what went to the same address about the same ticket before, oldest first.
    """

    row: OutboxRow
    body: str
    said_at: datetime
    by: str
    files: tuple[EnclosedFile, ...]
    earlier: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    body: str
    at: datetime
    author_kind: str


_ROWS = (
    "SELECT id, key, message_id, ticket_id, to_name, to_address, subject, state, release_at, handed_over_at, underway "
    "FROM outbox"
)
_BODY = "SELECT body, at, author_kind FROM message WHERE id = :id"
_FILES = (
    "SELECT attachment.name, attachment.media_type, blob.data FROM attachment "
    "JOIN blob ON blob.sha256 = attachment.sha256 WHERE attachment.message_id = :id ORDER BY attachment.id"
)
_EARLIER = (
    "SELECT key FROM outbox WHERE ticket_id = :ticket AND to_address = :address AND id < :id ORDER BY id"
)


def outbox(read: Reader, state: str | None = None) -> list[OutboxRow]:
    """The letters, those that leave next first, then those that left last."""
    where = "" if state is None else " WHERE state = :state"
    order = " ORDER BY state DESC, CASE WHEN state = 'queued' THEN release_at END, handed_over_at DESC, id"
    return read.rows(OutboxRow, f"{_ROWS}{where}{order}", {"state": state} if state else {})


def due(read: Reader) -> list[OutboxRow]:
    """The letters whose send window is over, in the order in which they leave."""
    sql = f"{_ROWS} WHERE state = 'queued' AND release_at <= :now ORDER BY release_at, id"
    return read.rows(OutboxRow, sql, {"now": read.now})


def waiting(read: Reader) -> list[OutboxRow]:
    """The letters that can still be taken back, the next to leave first."""
    sql = f"{_ROWS} WHERE state = 'queued' AND release_at > :now ORDER BY release_at, id"
    return read.rows(OutboxRow, sql, {"now": read.now})


def underway(read: Reader) -> list[OutboxRow]:
    """The letters that were handed over, and of which nobody has said yet that they were let go."""
    return read.rows(OutboxRow, f"{_ROWS} WHERE underway <> '' ORDER BY id")


def whole_letter(read: Reader, outbox_id: int) -> WholeLetter | None:
    """A letter with all that a mail is made of; None where it was taken back."""
    row = read.row(OutboxRow, f"{_ROWS} WHERE id = :id", {"id": outbox_id})
    if row is None:
        return None
    said = read.row(_Said, _BODY, {"id": row.message_id})
    assert said is not None
    files = tuple(
        EnclosedFile(str(name), str(kind), bytes(data))
        for name, kind, data in read.tuples(_FILES, {"id": row.message_id})
    )
    told = {"ticket": row.ticket_id, "address": row.to_address, "id": row.id}
    earlier = tuple(str(key) for (key,) in read.tuples(_EARLIER, told))
    return WholeLetter(row, said.body, said.at, said.author_kind, files, earlier)
