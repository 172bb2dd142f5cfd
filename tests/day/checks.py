"""What the store says of a day: counted from the journal, not from what was typed."""

from collections import Counter
from contextlib import closing
from pathlib import Path

from agentdesk.store import sqlite

_OPEN = "SELECT id FROM ticket WHERE status IN ('new', 'open') ORDER BY id DESC"
_DONE = (
    "SELECT j.event, count(*) FROM journal j JOIN change c ON c.id = j.change_id "
    "WHERE c.origin = 'console' AND j.is_main GROUP BY j.event ORDER BY j.event"
)


def open_refs(store: Path) -> list[str]:
    """The open tickets, the newest first."""
    with closing(sqlite.connect(store, read_only=True)) as opened:
        return [f"T-{number}" for (number,) in opened.execute(_OPEN)]


def handles(store: Path) -> list[str]:
    """Two who work here."""
    with closing(sqlite.connect(store, read_only=True)) as opened:
        return [handle for (handle,) in opened.execute("SELECT handle FROM agent ORDER BY id LIMIT 2")]


def what_was_done(store: Path) -> Counter[str]:
    """How often each event was told by the console."""
    with closing(sqlite.connect(store, read_only=True)) as opened:
        return Counter(dict(opened.execute(_DONE)))


def drafts(store: Path) -> list[str]:
    """The unsent texts."""
    with closing(sqlite.connect(store, read_only=True)) as opened:
        return [body for (body,) in opened.execute("SELECT body FROM draft ORDER BY id")]
