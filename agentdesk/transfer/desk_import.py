"""A whole desk comes in: what was looked at goes into an empty store in one transaction, numbers and journal and all."""

import json
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from agentdesk.desk import Desk
from agentdesk.domain.actor import Permission
from agentdesk.store import whole
from agentdesk.store.refill import UnfitRowError, refill
from agentdesk.store.sqlite import SCHEMA_VERSION
from agentdesk.transfer.desk_archive import FILES, ROWS, Moved, Progress
from agentdesk.transfer.desk_check import LONGEST_LINE, Archive, BadArchiveError


def import_desk(desk: Desk, archive: Archive, progress: Progress) -> Moved:
    """Fill an empty store.

    Args:
        desk: of the store.
        archive: what `check_desk` found whole.
        progress: told rows so far and of all.

    Raises:
        NotPermittedError: only admins move a desk.
        NotEmptyError: there is something in the store.
        BadArchiveError: a row that no store can hold; nothing was written.
        StoreError: the rows do not fit together, or the disk does not take them; nothing was written.
    """
    desk.actor.require(Permission.MOVE)
    total, done = sum(archive.rows.values()), 0
    is_older = archive.schema < SCHEMA_VERSION
    with archive.opened() as opened, refill(desk.store, is_older=is_older) as filling:
        for table in whole.tables():
            if table not in archive.rows:
                continue
            feed = _Feed(archive, opened, table)
            try:
                filling.put(table, feed.rows(), lambda sha256: opened.read(FILES.format(sha256)))
            except UnfitRowError as fault:
                raise BadArchiveError(archive.path, f"{feed.name}, line {feed.line}", fault.why) from None
            done += archive.rows[table]
            progress(done, total)
        filling.count(archive.counters)
    return Moved(archive.schema, archive.rows, filling.replaced)


class _Feed:
    """The rows of one member.

    Attributes:
        line: where it is.
    """

    def __init__(self, archive: Archive, opened: ZipFile, table: str) -> None:
        self.name = ROWS.format(table)
        self.line = 0
        self._archive = archive
        self._opened = opened

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each row.

        Raises:
            BadArchiveError: a line is no row.
        """
        with self._opened.open(self.name) as part:
            while text := part.readline(LONGEST_LINE):
                self.line += 1
                yield self._row(text)

    def _row(self, text: bytes) -> dict[str, Any]:
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise BadArchiveError(self._archive.path, f"{self.name}, line {self.line}", "is no row")
        return found
