"""Imports that came to no end: killed, stopped or broken off. They go on where they were."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from agentdesk.domain.errors import AgentDeskError, NotFoundError
from agentdesk.domain.instants import from_iso
from agentdesk.store.reader import Reader
from agentdesk.transfer.kept_order import decides_alike
from agentdesk.transfer.process import is_alive
from agentdesk.transfer.refusals import UnreadableFileError

QUIET: Final = timedelta(minutes=10)
"""After so long without a row, an import of another machine is taken for dead."""
READ: Final = "read"
"""Where a batch that reads its file whole keeps how many rows repeat others, and how many are rejected as they are."""
_COLUMNS: Final = (
    "SELECT id AS batch, kind, source, file_name, file_hash, rows, created, updated, unchanged, duplicates, rejected, "
    "state, details, (SELECT max(at) FROM change WHERE batch_id = import_batch.id) AS last_at, started_at "
    "FROM import_batch "
)


class ResumeError(AgentDeskError):
    """An import that cannot go on; the sentence says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An import as far as it came."""

    batch: int
    kind: str
    source: str
    file_name: str
    file_hash: str
    rows: int
    created: int
    updated: int
    unchanged: int
    duplicates: int
    rejected: int
    state: str
    details: dict[str, Any]
    last_at: datetime | None
    started_at: datetime

    @property
    def order(self) -> Mapping[str, Any]:
        """How it was to be imported."""
        found = self.details.get("order")
        return found if isinstance(found, dict) else {}

    def refuse_another(self, name: str | Path, digest: str) -> None:
        """Let nobody go on with another file.

        Args:
            name: of the file that is there now.
            digest: of its bytes.

        Raises:
            ResumeError: it is not the one that was read.
        """
        if digest != self.file_hash:
            raise ResumeError(
                f"{name} is not the file that import {self.batch} was reading: import it by itself, or take back "
                f"what was done with: agentdesk import undo {self.batch}"
            )

    def refuse_other_reading(self, read: list[int]) -> None:
        """Let nobody go on with a file whose rows are others by now.

        Args:
            read: what it would keep under `READ`.

        Raises:
            ResumeError: rows were dealt with, and the others would not be those that are left.
        """
        if self.rows and self.details.get(READ) != read:
            raise ResumeError(
                f"Import {self.batch} cannot go on: {self.file_name} reads otherwise by now, because people or queues "
                "that it names were changed in the desk, or AgentDesk itself. Take it back with "
                f"`agentdesk import undo {self.batch}`, and import the file again."
            )

    def refuse_running(self, now: datetime) -> None:
        """Let nobody go on with what somebody is still at.

        Raises:
            ResumeError: the process is alive, or may be.
        """
        if self.state != "running":
            return
        who: Mapping[str, Any] = self.details.get("process") or {}
        alive = is_alive(who)
        if alive is None:
            alive = now - (self.last_at or self.started_at) < QUIET
        if alive:
            raise ResumeError(
                f"Import {self.batch} of {self.file_name} is still running (process {who.get('pid')} on "
                f"{who.get('host')}). Wait for its end, or stop it; then: agentdesk import resume {self.batch}"
            )


def digest_of(path: Path) -> str:
    """SHA-256 of a file, as stored.

    Raises:
        UnreadableFileError: the device failed.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFileError(str(path), error.strerror or str(error)) from error


def unfinished_by_number(read: Reader, number: int) -> Unfinished:
    """An import that can go on.

    Raises:
        NotFoundError: there is no such import.
        ResumeError: it came to its end, was taken back, or nobody knows where its file is.
    """
    found = read.row(Unfinished, f"{_COLUMNS}WHERE id = :number", {"number": number})
    if found is None:
        raise NotFoundError("import", number, "See: agentdesk import list")
    if found.state not in ("running", "interrupted"):
        ended = "was taken back" if found.state == "undone" else "came to its end"
        raise ResumeError(f"Import {number} {ended}: there is nothing to go on with.")
    if not (found.order.get("path") or found.order.get("paths")):
        raise ResumeError(
            f"Import {number} ({found.kind} from {found.file_name}) is gone on with by importing its file again."
        )
    return found


def unfinished_of(read: Reader, kind: str, digest: str, order: Mapping[str, Any]) -> Unfinished | None:
    """The last import of a file of these bytes, if it came to no end and went by the same order.

    Args:
        read: a snapshot.
        kind: contacts, tickets, orders, ...
        digest: of the file.
        order: as `kept_order` tells it.
    """
    sql = f"{_COLUMNS}WHERE file_hash = :digest AND kind = :kind ORDER BY id DESC LIMIT 1"
    found = read.row(Unfinished, sql, {"digest": digest, "kind": kind})
    if found is None or found.state not in ("running", "interrupted"):
        return None
    return found if decides_alike(order, found.order) else None


def applied_by(read: Reader, digest: str, plan: Path, made_at: str) -> int | None:
    """The number of the import that a plan became and that stands; None where there is none.

    Args:
        read: a snapshot.
        digest: of the planned file.
        plan: where the plan is kept.
        made_at: the instant it was made, in ISO 8601.
    """
    sql = f"{_COLUMNS}WHERE file_hash = :digest AND kind = 'contacts' AND state = 'done' ORDER BY id DESC"
    place, made = str(plan.absolute()), from_iso(made_at)
    for one in read.rows(Unfinished, sql, {"digest": digest}):
        if one.details.get("plan") == place and one.started_at >= made:
            return one.batch
    return None
