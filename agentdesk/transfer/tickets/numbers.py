"""Who the numbers of another system are: kept with each import, so that a later file that has numbers alone means the same.

A customer whom an import made carries the number as `external_id`; for all others the import that learnt it keeps it.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Final

from agentdesk.store.reader import Reader
from agentdesk.transfer.tickets.scratch import TicketScratch, key_of, text_of

NUMBERS: Final = "numbers"
"""Where a batch keeps them, by entity."""
MOST: Final = 20_000
"""Numbers of one entity that an import keeps."""
_FIND: Final[Mapping[str, str]] = {
    "agent": "SELECT id, name FROM agent WHERE id = :id",
    "queue": "SELECT id, name FROM queue WHERE id = :id",
    "organization": "SELECT id, name FROM organization WHERE id = :id",
    "customer": "SELECT coalesce(merged_into_id, id), name FROM customer WHERE id = :id",
}


class NumberBook:
    """Numbers of one other system, as earlier imports learnt them and as this one does."""

    def __init__(self, read: Reader, scratch: TicketScratch, source: str) -> None:
        """Learn what the imports of a source that stand have kept.

        Args:
            read: the snapshot; it stays open until all names were read.
            scratch: where they wait.
            source: the other system.
        """
        self._read = read
        self._scratch = scratch
        self._there: set[str] = set()
        sql = (
            "SELECT details FROM import_batch WHERE kind = 'tickets' AND source = :source AND state = 'done' "
            f"AND CAST(details AS TEXT) LIKE '%\"{NUMBERS}\"%' ORDER BY id"
        )
        for (details,) in read.stream(sql, {"source": source}):
            told = json.loads(details) if isinstance(details, str) else details
            for entity, numbers in (told.get(NUMBERS) or {}).items():
                self._there.add(entity)
                rows = ((f"known {entity}", key_of(number), str(one)) for number, one in numbers.items())
                scratch.run_all("INSERT OR REPLACE INTO word VALUES (?, ?, ?)", rows)

    def get(self, entity: str, number: str) -> int | None:
        """Whom a number means, if they are still there; None where nobody said."""
        found = self._find(entity, number)
        return None if found is None else found[0]

    def name(self, entity: str, number: str) -> str:
        """What they are called; empty where nobody said."""
        found = self._find(entity, number)
        return "" if found is None else found[1]

    def _find(self, entity: str, number: str) -> tuple[int, str] | None:
        if entity not in self._there:
            return None
        row_id = self._scratch.value(
            "SELECT data FROM word WHERE place = ? AND key = ?", f"known {entity}", key_of(number)
        )
        if row_id is None:
            return None
        return next(iter(self._read.tuples(_FIND[entity], {"id": int(row_id)})), None)

    def tell(self, entity: str, number: str, row_id: int) -> None:
        """This file says whom a number means; negative where they are to be made."""
        self._scratch.run(
            "INSERT OR REPLACE INTO word VALUES (?, ?, ?)", f"told {entity}", key_of(number), str(row_id)
        )

    def told(self) -> Iterable[tuple[str, str, int]]:
        """Entity, number and whom it means, as this file says; the first of each entity."""
        for entity in _FIND:
            sql = f"SELECT key, data FROM word WHERE place = ? ORDER BY key LIMIT {MOST}"
            for key, row_id in self._scratch.walk(sql, f"told {entity}"):
                yield entity, text_of(key), int(row_id)
