"""What the tests of mail share: mails from words, mailboxes from mails, and what a desk holds of them afterwards."""

import json
from pathlib import Path
from typing import Any

from agentdesk.desk import Desk
from agentdesk.transfer.mail.importing import MailImport, MailResult, import_mail

COUNTS = ("created", "updated", "unchanged", "duplicates", "rejected")
ENVELOPE = b"From MAILER-DAEMON Thu Jan  1 00:00:00 2026\n"
ANN, BEN, US = "Ann <ann@x.example>", "Ben <ben@y.example>", "Desk <help@desk.example>"


def mail(
    key: str | None = "1",
    body: str | bytes = "Hello",
    answers: str = "",
    day: int = 1,
    **headers: str | bytes,
) -> bytes:
    """A mail; a header named `in_reply_to` is `In-Reply-To`, and an empty one is left out."""
    said: dict[str, str | bytes] = {
        "From": ANN,
        "To": US,
        "Subject": "Where is it?",
        "Date": f"{day} Jan 2026 10:00:00 +0000",
        "Message-ID": f"<{key}@x.example>" if key else "",
        "In-Reply-To": f"<{answers}@x.example>" if answers else "",
    }
    said |= {name.replace("_", "-").title().replace("-Id", "-ID"): value for name, value in headers.items()}
    lines = [name.encode() + b": " + as_bytes(value) for name, value in said.items() if value]
    return b"\n".join((*lines, b"", as_bytes(body), b""))


def as_bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def write_box(path: Path, *mails: bytes) -> Path:
    path.write_bytes(b"".join(ENVELOPE + one + b"\n" for one in mails))
    return path


def write_files(folder: Path, *mails: bytes) -> Path:
    """A folder of single mails, in their order."""
    folder.mkdir(exist_ok=True)
    for number, one in enumerate(mails):
        (folder / f"{number:04}.eml").write_bytes(one)
    return folder


def bring_in(desk: Desk, *paths: Path, **options: Any) -> MailResult:
    return import_mail(desk, MailImport([str(path) for path in paths], **options))


def counts(result: MailResult) -> tuple[int, ...]:
    """Created, updated, unchanged, duplicates, rejected; they always reconcile."""
    told = result.as_json()
    assert told["rows"] == sum(told[name] for name in COUNTS)
    return tuple(told[name] for name in COUNTS)


def messages(desk: Desk) -> list[dict[str, Any]]:
    """Every message by ticket and time, with its files."""
    columns = (
        "id",
        "ticket_id",
        "customer_id",
        "at",
        "author_kind",
        "author_name",
        "body",
        "external_id",
        "extra",
    )
    with desk.read() as read:
        files: dict[int, list[tuple[str, str, int]]] = {}
        sql = "SELECT message_id, name, media_type, size FROM attachment ORDER BY id"
        for owner, *file in read.tuples(sql):
            files.setdefault(owner, []).append(tuple(file))
        rows = read.tuples(f"SELECT {', '.join(columns)} FROM message ORDER BY ticket_id, at, id")
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    for one in found:
        one["extra"] = json.loads(one["extra"]) if isinstance(one["extra"], str) else one["extra"]
        one["flags"] = one["extra"].get("flags", [])
        one["files"] = files.get(one["id"], [])
    return found


def threads(desk: Desk) -> list[list[str]]:
    """The mails of each ticket by their ids, short; tickets in their order."""
    found: dict[int, list[str]] = {}
    for one in messages(desk):
        key = (one["external_id"] or "").strip("<>").partition("@")[0]
        found.setdefault(one["ticket_id"], []).append(key)
    return list(found.values())


def tickets(desk: Desk) -> list[dict[str, Any]]:
    columns = ("id", "subject", "status", "customer_id", "source", "reply_count", "follow_up_of_id", "extra")
    with desk.read() as read:
        rows = read.tuples(f"SELECT {', '.join(columns)} FROM ticket ORDER BY id")
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    for one in found:
        one["extra"] = json.loads(one["extra"]) if isinstance(one["extra"], str) else one["extra"]
    return found


KEYS = [
    *(
        "batch",
        "kind",
        "source",
        "encoding",
        "delimiter",
        "rows",
        "created",
        "updated",
        "unchanged",
        "duplicates",
    ),
    *("rejected", "rejects_file", "dry_run"),
]
"""What every import tells, in its order."""
