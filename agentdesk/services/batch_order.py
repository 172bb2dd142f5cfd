"""Rows of one table that point at each other, as customers that were merged: who holds whom, and which goes first."""

from collections.abc import Iterator, Mapping
from typing import Final

from agentdesk.store.change import Change

_POINTS: Final = {"customer": "merged_into_id", "ticket": "merged_into_id", "message": "origin_id"}


def pointers(change: Change, entity: str, made: str, batch: int) -> Mapping[int, int]:
    """Which row of a table points at which one of those that an import made.

    Args:
        change: the transaction.
        entity: the table.
        made: SQL for the ids of what was made by import `:batch`.
        batch: the import.
    """
    key = _POINTS.get(entity)
    if key is None:
        return {}
    rows = change.sql(f"SELECT id, {key} FROM {entity} WHERE {key} IN ({made})", {"batch": batch})
    return {int(row_id): int(at) for row_id, at in rows}


def held(pairs: Mapping[int, int], wanted: set[int], stay: set[int]) -> dict[int, int]:
    """Those wanted gone that a row points at which stays itself, each with that row.

    Args:
        pairs: who points at whom.
        wanted: rows that are to go, but for `stay`.
        stay: those among them that stay anyhow.
    """
    found = {at: one for one, at in pairs.items() if at in wanted and one not in wanted}
    while more := {
        at: one
        for one, at in pairs.items()
        if one in stay | found.keys() and at in wanted - stay - found.keys()
    }:
        found |= more
    return found


def in_turn(pairs: Mapping[int, int], ids: set[int]) -> Iterator[list[int]]:
    """The rows in portions, ascending in each: whoever points at another goes before it, and comes back after it."""
    left = set(ids)
    while left:
        pointed = {at for one, at in pairs.items() if one in left and one != at}
        first = left - pointed or left
        yield sorted(first)
        left -= first
