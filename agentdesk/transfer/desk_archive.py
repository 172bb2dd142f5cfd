"""A whole desk as one zip: a member of JSON lines for each table, the files beside them, and what all of it must be.

`manifest.json` comes last and tells the schema, the last number each table gave out, and rows and SHA-256 of every member.
There is no date in it: the same desk gives the same bytes, whichever database holds it.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO, Final
from zipfile import ZipFile

from agentdesk.desk import Desk
from agentdesk.domain.actor import Permission
from agentdesk.store import whole
from agentdesk.store.reader import Reader
from agentdesk.store.sqlite import SCHEMA_VERSION
from agentdesk.transfer.fixed_zip import member, new_zip

KIND: Final = "AgentDesk desk"
MANIFEST: Final = "manifest.json"
ROWS: Final = "tables/{}.jsonl"
FILES: Final = "files/{}"
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Moved:
    """What a zip holds, or what a store took in.

    Attributes:
        schema: of the store it came from.
        rows: how many, by table.
        replaced: texts that had to change on the way in; see `Refill`.
    """

    schema: int
    rows: dict[str, int]
    replaced: int = 0

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.rows.values())


def write_desk(desk: Desk, out: BinaryIO, progress: Progress) -> Moved:
    """Write everything of a desk, from one snapshot, in constant memory.

    Args:
        desk: whose.
        out: a file that can be written at any place.
        progress: told rows so far and none of all.

    Raises:
        NotPermittedError: only admins move a desk.
        OSError: the place does not take it.
    """
    desk.actor.require(Permission.MOVE)
    told: dict[str, dict[str, Any]] = {}
    with desk.read() as read, new_zip(out) as archive:
        counters = whole.counters(read)
        done = 0
        for table in whole.tables():
            told[table] = _write_rows(archive, read, table, partial(_beyond, progress, done))
            done += told[table]["rows"]
        _write_files(archive, read)
        manifest = {"kind": KIND, "schema": SCHEMA_VERSION, "counters": counters, "tables": told}
        with member(archive, MANIFEST) as part:
            part.write(json.dumps(manifest, indent=1).encode() + b"\n")
    return Moved(SCHEMA_VERSION, {name: one["rows"] for name, one in told.items()})


def _beyond(progress: Progress, before: int, count: int) -> None:
    progress(before + count, None)


def _write_rows(
    archive: ZipFile, read: Reader, table: str, progress: Callable[[int], None]
) -> dict[str, Any]:
    """Write one table, and tell its rows and its hash."""
    sum_, count = hashlib.sha256(), 0
    encode = json.JSONEncoder(ensure_ascii=True).encode
    with member(archive, ROWS.format(table)) as part:
        for some in whole.rows(read, table):
            text = "".join(f"{encode(row)}\n" for row in some).encode()
            part.write(text)
            sum_.update(text)
            count += len(some)
            progress(count)
    return {"rows": count, "sha256": sum_.hexdigest()}


def _write_files(archive: ZipFile, read: Reader) -> None:
    for some in whole.rows(read, whole.APART[0]):
        for row in some:
            with member(archive, FILES.format(row["sha256"])) as part:
                part.write(whole.blob(read, row["sha256"]))
