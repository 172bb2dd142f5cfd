"""Where the mails of an import lie between reading and writing: a private database in a temporary folder.

Mails are written by conversation, and an answer may come before what it answers: so all are read first, and memory
does not grow with them. Conversations are sets of Message-IDs that some mail names together; the sets are joined as
the mails come (union and find, in tables).
"""

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from agentdesk.domain.instants import from_iso, to_iso
from agentdesk.store import sqlite
from agentdesk.transfer.mail.parse import Mail
from agentdesk.transfer.mail.parts import MailFile
from agentdesk.transfer.mail.people import Person
from agentdesk.transfer.mail.threads import Node

_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -8000;
CREATE TABLE mail (id INTEGER PRIMARY KEY, key TEXT UNIQUE, at TEXT, name TEXT, address TEXT, sender TEXT,
  others TEXT, refs TEXT, subject TEXT, text TEXT, extra TEXT, digest BLOB, grp INTEGER);
CREATE INDEX by_group ON mail (grp, id);
CREATE TABLE file (mail_id INTEGER, name TEXT, media_type TEXT, sha256 TEXT);
CREATE INDEX by_mail ON file (mail_id);
CREATE TABLE content (sha256 TEXT PRIMARY KEY, data BLOB);
CREATE TABLE ref (name TEXT PRIMARY KEY, grp INTEGER) WITHOUT ROWID;
CREATE TABLE grp (id INTEGER PRIMARY KEY, up INTEGER);
CREATE TABLE awaited (name TEXT, ticket_id INTEGER);
CREATE INDEX by_name ON awaited (name);
"""
SAME, OTHER, NEW = "same", "other", "new"
"""What `add` found: the mail was there before, one of its Message-ID was there with another text, or neither."""


class MailScratch:
    """The mails of one import; close it at the end."""

    def __init__(self, *, keeps_files: bool) -> None:
        """Make the private database; a dry run keeps no files."""
        self._folder = tempfile.TemporaryDirectory(prefix="agentdesk-")  # 0700
        self._connection = sqlite.driver().connect(f"{self._folder.name}/mail.db", isolation_level=None)
        self._connection.executescript(_TABLES)
        self._connection.execute("BEGIN")
        self._keeps_files = keeps_files
        self.count = 0

    def close(self) -> None:
        """Throw it away."""
        self._connection.close()
        self._folder.cleanup()

    def has(self, key: str) -> bool:
        """Whether a mail of this Message-ID was kept."""
        return self._one("SELECT 1 FROM mail WHERE key = ?", key) is not None

    def add(self, mail: Mail) -> str:
        """Keep one mail; the first of a Message-ID stays."""
        hashes = [sha256(file.data).hexdigest() for file in mail.files]
        digest = sha256("\0".join((mail.text, *hashes)).encode()).digest()
        known = self._one("SELECT digest FROM mail WHERE key = ?", mail.key)
        if known is not None:
            return SAME if bytes(known[0]) == digest else OTHER
        self.count += 1
        told = (
            *(self.count, mail.key, to_iso(mail.at), *mail.sender),
            *(json.dumps(mail.others), json.dumps(mail.references), mail.subject, mail.text),
            *(json.dumps(mail.extra, ensure_ascii=False), digest),
            self._group([mail.key, *mail.references]),
        )
        self._run(f"INSERT INTO mail VALUES ({', '.join('?' * len(told))})", *told)
        for file, digest_of in zip(mail.files, hashes, strict=True):
            self._run(
                "INSERT INTO file VALUES (?, ?, ?, ?)", self.count, file.name, file.media_type, digest_of
            )
            if self._keeps_files:
                self._run("INSERT OR IGNORE INTO content VALUES (?, ?)", digest_of, file.data)
        return NEW

    def say(self, key: str, flag: str) -> None:
        """Let the mail of a Message-ID carry a flag more."""
        found = self._one("SELECT extra FROM mail WHERE key = ?", key)
        if found is not None:
            extra = json.loads(found[0])
            extra["flags"] = list(dict.fromkeys((*extra.get("flags", ()), flag)))
            self._run("UPDATE mail SET extra = ? WHERE key = ?", json.dumps(extra, ensure_ascii=False), key)

    def settle(self) -> None:
        """Say of each mail which conversation it is in, once all are here."""
        last = 0
        while rows := self._all("SELECT id, grp FROM mail WHERE id > ? ORDER BY id LIMIT 1000", last):
            last = rows[-1][0]
            self._connection.executemany(
                "UPDATE mail SET grp = ? WHERE id = ?", [(self._find(grp), row_id) for row_id, grp in rows]
            )

    def conversations(self) -> Iterator[list[Node]]:
        """The mails of each conversation, without their texts; those that began first come first."""
        sql = "SELECT grp FROM mail GROUP BY grp ORDER BY min(id)"
        for (grp,) in self._connection.execute(sql):
            yield [_node(row) for row in self._all(f"{_NODE} WHERE grp = ? ORDER BY id", grp)]

    def text(self, mail_id: int) -> tuple[str, dict[str, Any]]:
        """What a mail says, and what its message keeps of it."""
        found = self._one("SELECT text, extra FROM mail WHERE id = ?", mail_id)
        assert found is not None
        return found[0], json.loads(found[1])

    def files(self, mail_id: int) -> Iterator[MailFile]:
        """The files of a mail, one after the other."""
        sql = "SELECT name, media_type, data FROM file JOIN content USING (sha256) WHERE mail_id = ? ORDER BY file.rowid"
        for name, media_type, data in self._connection.execute(sql, (mail_id,)):
            yield MailFile(name, media_type, bytes(data))

    def count_files(self, mail_ids: Sequence[int]) -> int:
        """How many files some mails have."""
        listed = ",".join(map(str, mail_ids)) or "0"
        found = self._one(f"SELECT count(*) FROM file WHERE mail_id IN ({listed})")
        return int(found[0]) if found else 0

    def flags(self, mail_ids: Sequence[int]) -> Iterator[list[str]]:
        """What is said of each of some mails, where anything is."""
        listed = ",".join(map(str, mail_ids)) or "0"
        sql = f"SELECT extra FROM mail WHERE id IN ({listed}) AND extra LIKE '%\"flags\"%'"
        for (extra,) in self._all(sql):
            yield json.loads(extra).get("flags", [])

    def senders(self) -> Iterator[tuple[str, int]]:
        """Every address that mails are from, with how many."""
        yield from self._connection.execute("SELECT sender, count(*) FROM mail GROUP BY sender")

    def await_all(self, rows: Iterable[tuple[str, int]]) -> None:
        """Remember which Message-IDs the tickets of the desk wait for."""
        self._connection.executemany("INSERT INTO awaited VALUES (?, ?)", rows)

    def awaiting(self, names: Sequence[str]) -> list[tuple[str, int]]:
        """The tickets of the desk that wait for one of these Message-IDs."""
        sql = "SELECT DISTINCT name, ticket_id FROM awaited WHERE name IN (SELECT value FROM json_each(?))"
        return [(str(name), int(ticket_id)) for name, ticket_id in self._all(sql, json.dumps(list(names)))]

    def _group(self, names: Sequence[str]) -> int:
        """The set that holds all these names, joined where they were in several."""
        sql = "SELECT name, grp FROM ref WHERE name IN (SELECT value FROM json_each(?))"
        found = dict(self._all(sql, json.dumps(names)))
        roots = sorted({self._find(grp) for grp in found.values()})
        if not roots:
            root = self._run("INSERT INTO grp (up) VALUES (NULL)").lastrowid
        else:
            root, *others = roots
            self._connection.executemany(
                "UPDATE grp SET up = ? WHERE id = ?", [(root, one) for one in others]
            )
        fresh = [(name, root) for name in dict.fromkeys(names) if name not in found]
        self._connection.executemany("INSERT INTO ref VALUES (?, ?)", fresh)
        return int(root)

    def _find(self, grp: int) -> int:
        path: list[int] = []
        while (up := self._one("SELECT up FROM grp WHERE id = ?", grp)) is not None and up[0] is not None:
            path.append(grp)
            grp = up[0]
        if len(path) > 1:
            self._connection.executemany("UPDATE grp SET up = ? WHERE id = ?", [(grp, one) for one in path])
        return grp

    def _run(self, sql: str, *values: Any) -> Any:
        return self._connection.execute(sql, values)

    def _one(self, sql: str, *values: Any) -> Any:
        return self._connection.execute(sql, values).fetchone()

    def _all(self, sql: str, *values: Any) -> list[Any]:
        return self._connection.execute(sql, values).fetchall()  # type: ignore[no-any-return]


_NODE: Final = "SELECT id, key, at, name, address, sender, others, refs, subject FROM mail"


def _node(row: Sequence[Any]) -> Node:
    row_id, key, at, name, address, sender, others, refs, subject = row
    instant: datetime = from_iso(at)
    return Node(
        row_id, key, instant, Person(name, address, sender), json.loads(others), json.loads(refs), subject
    )
