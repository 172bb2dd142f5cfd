"""Where an import finds customers and keeps what became of them: the store itself, or a scratch beside it.

A dry run reads the store and never writes to it; what the rows would have done is kept in a private database in
a temporary folder, as far as later rows can be about it.
"""

import json
import tempfile
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from agentdesk.domain.identity import name_key
from agentdesk.store import sqlite
from agentdesk.store.load import Load, insert_grouped
from agentdesk.store.reader import Reader
from agentdesk.transfer.contacts.people import Keyed, People
from agentdesk.transfer.contacts.people_writer import add_people, change_people, save_organizations
from agentdesk.transfer.contacts.person import FIELDS, Newcomer, Person
from agentdesk.transfer.id_set import IdSet

_SCRATCH: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -8000;
CREATE TABLE customer (id INTEGER PRIMARY KEY, version DEFAULT 1, external_id TEXT, name TEXT, name_key TEXT,
  email TEXT, phone TEXT, organization_id INTEGER, title DEFAULT '', language DEFAULT '', time_zone DEFAULT '',
  notes DEFAULT '', tags DEFAULT '[]', extra DEFAULT '{}', merged_into_id INTEGER);
CREATE INDEX by_external_id ON customer (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX by_name ON customer (name_key) WHERE email IS NULL AND phone IS NULL AND external_id IS NULL;
CREATE TABLE contact_point (id INTEGER PRIMARY KEY, customer_id INTEGER, kind TEXT, value TEXT, normalised TEXT,
  label DEFAULT '', is_primary DEFAULT 0);
CREATE INDEX by_customer ON contact_point (customer_id);
CREATE INDEX by_key ON contact_point (normalised, kind);
CREATE TABLE organization (id INTEGER PRIMARY KEY, name_key TEXT UNIQUE);
"""

_TOLD: Final = FIELDS[FIELDS.index("title") :]
"""The columns that decide nothing about later rows, and are kept only where what rows add is told."""


class StoreSide:
    """The store, inside one change."""

    def __init__(self, load: Load, source: str = "") -> None:
        """Keep other writers away from customers until the change ends; `source` is what tells of new ways."""
        load.lock("organization", "customer", "contact_point")
        self._load = load
        self._source = source
        self._people = People(load.tuples, is_sqlite=load.change.is_sqlite)

    def find(self, rows: Sequence[Keyed]) -> tuple[list[Person], set[str]]:
        """See `Side`."""
        ids, crowded = self._people.find(rows)
        return self._people.load(ids), crowded

    def organizations(self, keys: Collection[str]) -> dict[str, int]:
        """See `Side`."""
        return self._people.organizations(keys)

    def organization_names(self, ids: Collection[int]) -> dict[int, str]:
        """See `Side`."""
        return self._people.organization_names(ids)

    def save(
        self, organizations: Mapping[int, str], new: Sequence[Newcomer], changed: Sequence[Person]
    ) -> Sequence[int]:
        """See `Side`."""
        ids = save_organizations(self._load, organizations)
        for one in changed:
            if one.organization_id is not None and one.organization_id < 0:
                one.organization_id = ids[one.organization_id]
        made = add_people(self._load, new, ids, self._source)
        change_people(self._load, changed, self._source)
        return made


class Scratch:
    """What a dry run has to remember; close it at the end."""

    def __init__(self, *, whole: bool = False) -> None:
        """Make the private database.

        Args:
            whole: keep every field of everybody, so that what later rows add to them can be told; else only what
                decides whom later rows are about.
        """
        self._is_whole = whole
        self._folder = tempfile.TemporaryDirectory(prefix="agentdesk-")  # 0700
        self._connection = sqlite.driver().connect(f"{self._folder.name}/scratch.db", isolation_level=None)
        self._connection.executescript(_SCRATCH)
        self._connection.execute("BEGIN")
        self.people = People(self._query, is_sqlite=True)
        self.ids = IdSet()
        self._made = 0

    def close(self) -> None:
        """Throw it away."""
        self._connection.close()
        self._folder.cleanup()

    def keep(
        self, organizations: Mapping[int, str], new: Sequence[Newcomer], changed: Sequence[Person]
    ) -> Sequence[int]:
        """Remember what later rows can be about; customers of the store replace what the store says of them."""
        run = self._connection.executemany
        run(
            "INSERT INTO organization VALUES (?, ?)",
            [(key, name_key(name)) for key, name in organizations.items()],
        )
        for one in changed:
            self.ids.add(one.id)
        run("DELETE FROM contact_point WHERE customer_id = ?", [(one.id,) for one in changed])
        ids = range(-self._made - 1, -self._made - 1 - len(new), -1)
        self._made += len(new)
        people = [*zip(ids, new, strict=True), *((one.id, one.newcomer) for one in changed)]
        width = len(FIELDS) if self._is_whole else len(FIELDS) - len(_TOLD)
        insert_grouped(
            run,
            f"INSERT OR REPLACE INTO customer (id, name_key, {', '.join(FIELDS[:width])}) VALUES ",
            f"({', '.join('?' * (width + 2))})",
            [(row_id, name_key(values[1]), *self._kept(values)) for row_id, (values, _) in people],
        )
        insert_grouped(
            run,
            "INSERT INTO contact_point (customer_id, kind, value, normalised, label, is_primary) VALUES ",
            "(?, ?, ?, ?, ?, ?)",
            [(row_id, *way) for row_id, (_, ways) in people for way in ways],
        )
        return ids[::-1]

    def _kept(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """The columns of somebody, as far as they are kept."""
        if self._is_whole:
            return (*values[:-2], json.dumps(list(values[-2])), json.dumps(values[-1]))
        return values[: -len(_TOLD)]

    def _query(self, sql: str, params: Mapping[str, Any]) -> Sequence[Any]:
        return self._connection.execute(sql, params).fetchall()  # type: ignore[no-any-return]


class RehearsalSide:
    """The store as it would be: what is read of it, overlaid with the scratch."""

    def __init__(self, read: Reader, scratch: Scratch) -> None:
        """Look at one snapshot."""
        self._stored = People(read.tuples, is_sqlite=read.is_sqlite)
        self._scratch = scratch

    def find(self, rows: Sequence[Keyed]) -> tuple[list[Person], set[str]]:
        """See `Side`."""
        stored, crowded = self._stored.find(rows)
        kept, crowded_too = self._scratch.people.find(rows)
        stored -= {one for one in stored if one in self._scratch.ids}
        return self._stored.load(stored) + self._scratch.people.load(kept), crowded | crowded_too

    def organizations(self, keys: Collection[str]) -> dict[str, int]:
        """See `Side`."""
        return {**self._scratch.people.organizations(keys), **self._stored.organizations(keys)}

    def organization_names(self, ids: Collection[int]) -> dict[int, str]:
        """See `Side`."""
        return self._stored.organization_names(ids)

    def save(
        self, organizations: Mapping[int, str], new: Sequence[Newcomer], changed: Sequence[Person]
    ) -> Sequence[int]:
        """See `Side`."""
        return self._scratch.keep(organizations, new, changed)
