"""Files that go with messages. Their content is kept once, by its hash, as soon as it is attached: a draft keeps it too."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from typing import Final

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.file_names import LARGEST, safe_file_name, say_size
from agentdesk.domain.quoting import quoted
from agentdesk.domain.written import KeptFile
from agentdesk.models import Attachment, Blob, Draft, Message
from agentdesk.store.change import Change

_DROP: Final = (
    "DELETE FROM blob WHERE sha256 = :sha256 "
    "AND NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.sha256 = :sha256) "
    "AND NOT EXISTS (SELECT 1 FROM journal WHERE journal.entity = 'attachment' "
    "AND (journal.after ->> 'sha256' = :sha256 OR journal.before ->> 'sha256' = :sha256))"
)
"""What the journal names can come back: an attachment that was taken back is made again by doing the sending again."""


class FileRefusedError(AgentDeskError):
    """A file cannot be attached; the sentence names it and says why."""

    def __init__(self, path: object, why: str) -> None:
        super().__init__(f"{quoted(str(path))} cannot be attached: {why}")


def read_file(path: str | Path) -> tuple[str, bytes]:
    """The name and the bytes of a file of the agent's own; `~` is their home.

    Raises:
        FileRefusedError: it is not there, no file, empty, too large, or cannot be read.
    """
    try:
        place = Path(path).expanduser()
        if place.is_dir():
            raise FileRefusedError(path, "it is a folder; pack it first.")
        if not place.is_file():
            raise FileRefusedError(path, "there is no such file.")
        size = place.stat().st_size
        if size > LARGEST:
            raise FileRefusedError(path, f"it has {say_size(size)}; a mail takes {say_size(LARGEST)}.")
        data = place.read_bytes()
    except (OSError, ValueError, RuntimeError) as error:  # a NUL in the path; a home that nobody has
        raise FileRefusedError(path, f"{getattr(error, 'strerror', None) or error}.") from None
    if not data:
        raise FileRefusedError(path, "it is empty.")
    return place.name, data


def keep_content(change: Change, name: str, data: bytes) -> KeptFile:
    """Keep the bytes of a file, once, whatever it is called; nothing is said of it before it goes with a message.

    Raises:
        FileRefusedError: it is larger than a mail takes.
    """
    change.actor.require(Permission.WORK)
    if len(data) > LARGEST:
        raise FileRefusedError(name, f"it has {say_size(len(data))}; a mail takes {say_size(LARGEST)}.")
    digest, called = sha256(data).hexdigest(), safe_file_name(name)
    change.sql(
        "INSERT INTO blob (sha256, size, data) VALUES (:sha256, :size, :data) ON CONFLICT (sha256) DO NOTHING",
        {"sha256": digest, "size": len(data), "data": data},
    )
    return KeptFile(called, digest, len(data), guess_type(called)[0] or "application/octet-stream")


def attach(change: Change, message: Message, files: Sequence[KeptFile]) -> None:
    """Let kept files go with a message; the next `record` journals them.

    Raises:
        FileRefusedError: together they are more than a mail takes, or the content of one was dropped meanwhile with a
            draft in another console.
    """
    total = sum(one.size for one in files)
    if total > LARGEST:
        raise FileRefusedError(
            files[-1].name, f"all files have {say_size(total)}; a mail takes {say_size(LARGEST)}."
        )
    assert message.id is not None
    for one in files:
        if change.session.get(Blob, one.sha256) is None:
            raise FileRefusedError(one.name, "its draft was discarded elsewhere; attach it again.")
        change.add(
            Attachment(
                message_id=message.id,
                ticket_id=message.ticket_id,
                name=one.name,
                media_type=one.media_type,
                size=one.size,
                sha256=one.sha256,
                created_at=change.at,
                updated_at=change.at,
            )
        )


def contents_of(draft: Draft | None) -> set[str]:
    """The contents that a draft and its others go with, by their hashes."""
    if draft is None:
        return set()
    texts = [draft.extra, *(one["extra"] for one in draft.extra.get("others", ()))]
    return {str(file[1]) for extra in texts for file in extra.get("files", ())}


def drop_unused(change: Change, contents: Iterable[str]) -> None:
    """Forget contents that nothing goes with any more: no message, no draft, and no message that could be sent again.

    Args:
        change: the transaction.
        contents: the hashes of those that a draft has just let go.
    """
    left = set(contents)
    if not left:
        return
    change.session.flush()
    for draft in change.find_all(Draft):
        left -= contents_of(draft)
    for digest in sorted(left):
        change.sql(_DROP, {"sha256": digest})
