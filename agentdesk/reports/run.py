"""A report from a snapshot of the store: what the command line and the console call.

The same store, instant and options give the same document, whatever has happened since the instant.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from agentdesk.domain.periods import Period
from agentdesk.domain.practice import NOTHING_IS_REAL, PRACTICE_DESK
from agentdesk.queries.practice import is_practice
from agentdesk.reports.catalog import find_report
from agentdesk.reports.document import Document, Fact
from agentdesk.store.reader import Reader


def run_report(
    read: Reader,
    name: str,
    *,
    zone: ZoneInfo,
    as_of: datetime | None = None,
    period: Period | None = None,
    queue: str | None = None,
    redact: bool = False,
    store: str = "",
) -> Document:
    """Read and build one report.

    Args:
        read: the snapshot.
        name: as `agentdesk report` calls it.
        zone: of the team.
        as_of: the instant the report is about; that of the snapshot unless given.
        period: what its flows are of; the last working day before `as_of` unless given.
        queue: one queue, by what people call it; None for all.
        redact: customers by reference only.
        store: where the tickets are, as the user named it.

    Raises:
        NotFoundError: there is no such report or queue.
        AmbiguousError: the words for the queue fit several.
        InvalidValueError: the period begins after the as-of instant.
    """
    report = find_report(name)
    with _uncollected():
        facts = report.read_facts(read, zone=zone, as_of=as_of, period=period, queue=queue, store=store)
        document = report.build(facts, redact=redact)
        return as_practice(document) if is_practice(read) else document


def as_practice(document: Document) -> Document:
    """The same document, which says in every format that nothing in it is real."""
    return replace(
        document,
        title=f"{document.title}, {PRACTICE_DESK}",
        facts=(Fact("Desk", NOTHING_IS_REAL), *document.facts),
        data={**document.data, "practice": True},
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the search for unreachable cycles: rows by the hundred thousand live until the document is done."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
