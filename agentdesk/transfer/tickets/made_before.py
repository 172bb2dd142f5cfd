"""What an import that goes on had made of the things its file names, before it was stopped.

The file is read as it was read then, against the desk without these: so each row means what it meant, and is counted so.
"""

import json
from typing import Final

from agentdesk.domain.identity import name_key
from agentdesk.store.reader import Reader
from agentdesk.transfer.id_set import IdSet
from agentdesk.transfer.tickets.scratch import TicketScratch, key_of

_MADE: Final = (
    "SELECT journal.entity, journal.entity_id, journal.after, customer.merged_into_id FROM journal "
    "JOIN change ON change.id = journal.change_id AND change.batch_id = :batch "
    "LEFT JOIN customer ON journal.entity = 'customer' AND customer.id = journal.entity_id "
    "WHERE journal.entity IN ('queue', 'agent', 'organization', 'customer') "
    "AND journal.before IS NULL AND journal.after IS NOT NULL"
)


class MadeBefore:
    """Numbers of what was made, by what it was made of.

    Attributes:
        is_empty: nothing was made.
    """

    def __init__(self, read: Reader, batch: int | None, scratch: TicketScratch) -> None:
        """Learn what a batch made; nothing where there is none."""
        self.is_empty = True
        self._ids: dict[str, IdSet] = {}
        self._scratch = scratch
        if batch is not None:
            self._learn(read, batch)

    def _learn(self, read: Reader, batch: int) -> None:
        for entity, row_id, after, merged_into in read.stream(_MADE, {"batch": batch}):
            self.is_empty = False
            told = json.loads(after) if isinstance(after, str) else after
            self._ids.setdefault(entity, IdSet()).add(int(row_id))
            key = _key(entity, *(told.get(one) or "" for one in ("name", "email", "external_id")))
            number = row_id if merged_into is None else merged_into
            self._scratch.run("INSERT OR REPLACE INTO word VALUES ('before', ?, ?)", key, str(number))

    def has(self, entity: str, row_id: int) -> bool:
        """Whether a row is one of them."""
        return entity in self._ids and row_id in self._ids[entity]

    def number(self, entity: str, name: str, email: str | None, external_id: str | None) -> int | None:
        """The number of a thing that was made of these words."""
        if self.is_empty:
            return None
        key = _key(entity, name, email or "", external_id or "")
        found = self._scratch.value("SELECT data FROM word WHERE place = 'before' AND key = ?", key)
        return None if found is None else int(found)


def _key(entity: str, name: str, email: str, external_id: str) -> bytes:
    """What tells it from others of the same file: names alone do, but for customers."""
    told = (email, external_id) if entity == "customer" else ("", "")
    return key_of(json.dumps((entity, name_key(name), *told)))
