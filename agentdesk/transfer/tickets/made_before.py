"""What an import that goes on had made of the things its file names, before it was stopped.

The file is read as it was read then, against the desk without these: so each row means what it meant, and is counted so.
"""

import json
from dataclasses import dataclass, field
from typing import Final

from agentdesk.domain.identity import name_key
from agentdesk.store.reader import Reader

_MADE: Final = (
    "SELECT journal.entity, journal.entity_id, journal.after FROM journal "
    "JOIN change ON change.id = journal.change_id AND change.batch_id = :batch "
    "WHERE journal.entity IN ('queue', 'agent', 'organization', 'customer') "
    "AND journal.before IS NULL AND journal.after IS NOT NULL"
)
_MERGED: Final = "SELECT id, merged_into_id FROM customer WHERE merged_into_id IS NOT NULL"
Key = tuple[str, str, str, str]


@dataclass(slots=True)
class MadeBefore:
    """Numbers of what was made.

    Attributes:
        ids: of what was made, by table.
    """

    ids: dict[str, set[int]] = field(default_factory=dict)
    _numbers: dict[Key, int] = field(default_factory=dict)

    @classmethod
    def by(cls, read: Reader, batch: int | None) -> "MadeBefore":
        """What a batch made; nothing where there is none."""
        found = cls()
        if batch is None:
            return found
        merged = {int(one): int(other) for one, other in read.stream(_MERGED)}
        for entity, row_id, after in read.stream(_MADE, {"batch": batch}):
            told = json.loads(after) if isinstance(after, str) else after
            found.ids.setdefault(entity, set()).add(int(row_id))
            name, email, external_id = (told.get(one) or "" for one in ("name", "email", "external_id"))
            number = merged.get(row_id, row_id) if entity == "customer" else row_id
            found._numbers[_key(entity, name, email, external_id)] = int(number)
        return found

    def has(self, entity: str, row_id: int) -> bool:
        """Whether a row is one of them."""
        return row_id in self.ids.get(entity, ())

    def number(self, entity: str, name: str, email: str | None, external_id: str | None) -> int | None:
        """The number of a thing that was made of these words."""
        return self._numbers.get(_key(entity, name, email or "", external_id or ""))


def _key(entity: str, name: str, email: str, external_id: str) -> Key:
    """What tells it from others of the same file: names alone do, but for customers."""
    told = (email, external_id) if entity == "customer" else ("", "")
    return (entity, name_key(name), *told)
