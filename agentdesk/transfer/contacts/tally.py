"""What an import of contacts has counted so far, and what is told of it at the end."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from agentdesk.transfer.contacts.dropped import Repeats
from agentdesk.transfer.contacts.file import ContactFile
from agentdesk.transfer.result import REASONS, Counts, ImportResult, about_nothing, first_reasons
from agentdesk.transfer.rows import Fault


@dataclass(slots=True)
class Tally:
    """Counts, the first rows at fault, and what repeated rows did."""

    counts: Counts = field(default_factory=Counts)
    first: list[Fault] = field(default_factory=list)
    repeats: Repeats = field(default_factory=Repeats)

    def add(self, counts: Counts, faults: Sequence[Fault], unread: int) -> None:
        """Count a portion.

        Args:
            counts: what came of its contacts.
            faults: its rejected rows.
            unread: how many of these were no contacts at all.
        """
        counts.rejected += unread
        self.counts.add(counts)
        if len(self.first) < REASONS:
            self.first += sorted(faults, key=lambda one: one.line)[:REASONS]


def result_of(
    file: ContactFile,
    name: str,
    tally: Tally,
    seconds: float,
    *,
    batch: int | None = None,
    rejects_file: str | None = None,
    notes: Sequence[str] = (),
) -> ImportResult:
    """What came of a file; without the number of a batch it is a dry run.

    Args:
        file: read to its end.
        name: what people call it.
        tally: its rows.
        seconds: how long it took.
        batch: the number of the import.
        rejects_file: where the rejected rows are.
        notes: sentences besides those of the file.
    """
    return ImportResult(
        batch=batch,
        kind="contacts",
        source=file.importer.NAME,
        encoding=file.table.encoding,
        delimiter=file.table.delimiter,
        counts=tally.counts,
        rejects_file=rejects_file,
        dry_run=batch is None,
        seconds=seconds,
        notes=(*file.table.notes, *about_nothing(name, tally.counts), *tally.repeats.notes, *notes),
        reasons=first_reasons(tally.first),
    )
