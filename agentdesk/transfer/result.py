"""What came of an import: one object, the same for every kind of file.

Law: rows = created + updated + unchanged + duplicates + rejected.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Any, Final

from agentdesk.transfer.rows import Fault

REASONS: Final = 5
"""Rejected rows whose reasons are told at once; the file of rejects has them all."""

Progress = Callable[[int, int | None], None]
"""Told rows done, and of how many where that is known."""


class ImportStopped(KeyboardInterrupt):
    """Somebody stopped an import: what it had written by then is in the desk.

    Attributes:
        batch: its number, for `import undo`; None where nothing was written.
        rows: how many rows of the file were dealt with.
        total: of how many, where that is known.
        can_resume: whether `import resume` finds its file again.
    """

    def __init__(
        self, batch: int | None, rows: int = 0, total: int | None = None, *, can_resume: bool = False
    ) -> None:
        """Say how far it came."""
        super().__init__()
        self.batch = batch
        self.rows = rows
        self.total = total
        self.can_resume = can_resume


@contextmanager
def nothing_written() -> Iterator[None]:
    """Whoever stops this stops an import that has written nothing yet."""
    try:
        yield
    except KeyboardInterrupt:
        raise ImportStopped(None) from None


@dataclass(slots=True)
class Counts:
    """What became of the rows of a file."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    rejected: int = 0

    @property
    def rows(self) -> int:
        """Every row that was read."""
        return self.created + self.updated + self.unchanged + self.duplicates + self.rejected

    def add(self, other: "Counts") -> None:
        """Count the rows of `other` as well."""
        for name in ("created", "updated", "unchanged", "duplicates", "rejected"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def as_columns(self) -> dict[str, int]:
        """The counts by the names of `import_batch`."""
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "duplicates": self.duplicates,
            "rejected": self.rejected,
        }


@dataclass(frozen=True, slots=True)
class ImportResult:
    """One import, done or rehearsed.

    Attributes:
        batch: its number, for `import undo`; None for a dry run.
        kind: contacts, tickets.
        source: which importer read the file, or which system the tickets come from.
        encoding: how the file is encoded.
        delimiter: what parts its cells.
        counts: what became of its rows.
        rejects_file: where the rejected rows are; None where there are none, and for a dry run.
        dry_run: nothing was written.
        seconds: how long it took.
        notes: sentences about the file as a whole.
        reasons: why the first rejected rows were rejected, with their lines.
        differing: lines of the first rows that repeat an earlier one with other values, which are not taken.
    """

    batch: int | None
    kind: str
    source: str
    encoding: str
    delimiter: str
    counts: Counts
    rejects_file: str | None
    dry_run: bool
    seconds: float
    notes: tuple[str, ...] = field(default=())
    reasons: tuple[str, ...] = field(default=())
    differing: tuple[int, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """The object that `import --format json` prints; scripts build on its keys.

        `differing_lines` is there only where there are such rows.
        """
        return {
            "batch": self.batch,
            "kind": self.kind,
            "source": self.source,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            **self.counts.as_columns(),
            "rejects_file": self.rejects_file,
            "dry_run": self.dry_run,
            "seconds": round(self.seconds, 3),
            **({"differing_lines": list(self.differing)} if self.differing else {}),
        }


def first_reasons(faults: Iterable[Fault]) -> tuple[str, ...]:
    """Line and reason of the first rejected rows, in the order of the file."""
    first = nsmallest(REASONS, faults, key=lambda one: one.line)
    return tuple(f"line {one.line}: {one.message}" for one in first)


def about_nothing(name: str, counts: Counts) -> tuple[str, ...]:
    """What to say of a file that has a header and no rows."""
    return () if counts.rows else (f"{name} holds a header and no rows: there is nothing to import.",)
