"""Files that go with messages. Their content is kept once, by its hash, as soon as it is attached: a draft keeps it too."""

from collections.abc import Sequence
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.file_names import LARGEST, safe_file_name, say_size
from agentdesk.domain.quoting import quoted
from agentdesk.domain.written import KeptFile
from agentdesk.models import Attachment, Message
from agentdesk.store.change import Change


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
        FileRefusedError: together they are more than a mail takes.
    """
    total = sum(one.size for one in files)
    if total > LARGEST:
        raise FileRefusedError(
            files[-1].name, f"all files have {say_size(total)}; a mail takes {say_size(LARGEST)}."
        )
    assert message.id is not None
    for one in files:
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
