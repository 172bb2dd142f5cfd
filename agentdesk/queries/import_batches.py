"""The imports so far, newest first."""

from dataclasses import dataclass
from datetime import datetime

from agentdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One file taken in; the counts add up to `rows`."""

    batch: int
    kind: str
    source: str
    file_name: str
    encoding: str
    delimiter: str
    rows: int
    created: int
    updated: int
    unchanged: int
    duplicates: int
    rejected: int
    rejects_file: str | None
    state: str
    actor: str | None
    started_at: datetime
    finished_at: datetime | None


_IMPORTS = (
    "SELECT import_batch.id AS batch, kind, source, file_name, encoding, delimiter, rows, created, updated, unchanged, "
    "duplicates, rejected, rejects_file, state, agent.handle AS actor, started_at, finished_at "
    "FROM import_batch LEFT JOIN agent ON agent.id = import_batch.actor_id "
)


def import_batches(read: Reader) -> list[ImportRow]:
    """Every import, newest first."""
    return read.rows(ImportRow, f"{_IMPORTS}ORDER BY import_batch.id DESC")


def import_batch(read: Reader, number: int) -> ImportRow | None:
    """One import, or None."""
    return read.row(ImportRow, f"{_IMPORTS}WHERE import_batch.id = :number", {"number": number})
