"""How much is in the store."""

from collections.abc import Iterable

from agentdesk.store.reader import Reader

TABLES = (
    "ticket",
    "message",
    "customer",
    "organization",
    "agent",
    "queue",
    "escalation",
    "interaction",
    "change",
)


def row_counts(read: Reader, tables: Iterable[str] = TABLES) -> dict[str, int]:
    """Rows of each of our tables by its name."""
    return {name: int(read.value(f"SELECT count(*) FROM {name}")) for name in tables if name in TABLES}
