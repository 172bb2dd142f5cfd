"""Which records of a file had a row already: in a scratch file of its own, so that memory does not grow with the file."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any, Final

from agentdesk.store.history import encode
from agentdesk.transfer.records.kind import Told

_ID: Final = "i:"
_NATURAL: Final = "n:"
Taken = tuple[str, str, str]
"""A key of a row that was taken, its id in the other system, and what it said, as a digest in hexadecimal."""


class Seen:
    """The keys of rows that were taken."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._scratch = sqlite3.connect("", isolation_level=None)
        self._scratch.execute("PRAGMA journal_mode=OFF")
        self._scratch.execute("BEGIN")
        self._scratch.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, id TEXT, digest BLOB) WITHOUT ROWID")
        self._news: list[Taken] = []

    def close(self) -> None:
        """Forget everything."""
        self._scratch.close()

    def of_id(self, external_id: str) -> bytes | None:
        """What the row of this id said, as a digest; None where there was none."""
        found = self._find(_ID + external_id)
        return None if found is None else found[1]

    def of_natural(self, key: str) -> tuple[str, bytes] | None:
        """The id and the digest of the first row with this natural key."""
        return self._find(_NATURAL + key)

    def add(self, external_id: str, naturals: Iterable[str], digest: bytes) -> None:
        """A row was taken."""
        keys = [_ID + external_id] if external_id else []
        keys += [_NATURAL + natural for natural in naturals if natural]
        self.put([(key, external_id, digest.hex()) for key in keys])

    def put(self, taken: Iterable[Taken]) -> None:
        """Rows were taken; of two with one key the first counts."""
        listed = [(key, external_id, digest) for key, external_id, digest in taken]
        self._news += listed
        self._scratch.executemany(
            "INSERT OR IGNORE INTO seen VALUES (?, ?, ?)",
            [(key, external_id, bytes.fromhex(digest)) for key, external_id, digest in listed],
        )

    def news(self) -> list[Taken]:
        """What was taken since this was asked the last time."""
        news, self._news = self._news, []
        return news

    def _find(self, key: str) -> tuple[str, bytes] | None:
        found: tuple[str, bytes] | None = self._scratch.execute(
            "SELECT id, digest FROM seen WHERE key = ?", (key,)
        ).fetchone()
        return found


def digest_of(values: Told, extra: dict[str, Any]) -> bytes:
    """What a row says, in few bytes."""
    told = json.dumps([{name: encode(value) for name, value in values.items()}, extra], sort_keys=True)
    return blake2b(told.encode(), digest_size=12).digest()


def pack(taken: Sequence[Taken], met: Sequence[int]) -> bytes:
    """What the rows of a portion were about, so that an import that goes on knows them.

    Args:
        taken: their keys.
        met: the records of before that they were about.
    """
    return zlib.compress(json.dumps([taken, met]).encode())


def unpack(data: bytes) -> tuple[list[Taken], list[int]]:
    """Read what `pack` wrote."""
    taken, met = json.loads(zlib.decompress(data))
    return taken, met
