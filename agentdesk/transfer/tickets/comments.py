"""What was said on tickets, from a second file beside theirs: a row or an object for each comment, or for each ticket."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from agentdesk.transfer.readers.json_flat import cell_text
from agentdesk.transfer.readers.json_table import JsonTable
from agentdesk.transfer.readers.json_values import JsonRecord, read_object
from agentdesk.transfer.readers.sources import open_source
from agentdesk.transfer.readers.table import AnyTable
from agentdesk.transfer.readers.tables import open_table
from agentdesk.transfer.refusals import FileRefusedError
from agentdesk.transfer.rows import Fault
from agentdesk.transfer.tickets.map import TicketMap
from agentdesk.transfer.tickets.message_rules import MessageRules
from agentdesk.transfer.tickets.scratch import TicketScratch, key_of, text_of

_TOLD: Final = 5


class CommentsRefusedError(FileRefusedError):
    """A file of comments of which one has no place; a conversation with a hole would look whole."""

    def __init__(self, label: str, told: str) -> None:
        """Say which one and why."""
        super().__init__(f"{label} cannot be read as comments: {told}. Nothing was imported.")


class CommentBook:
    """The comments of one second file, by the ticket they name.

    Attributes:
        count: how many there are.
        name: of the file.
    """

    def __init__(self, scratch: TicketScratch) -> None:
        """Begin empty."""
        self.count = 0
        self.name = ""
        self._scratch = scratch

    def read(self, rules: TicketMap, path: Path) -> None:
        """Put a file away.

        Args:
            rules: the map, whose `[messages]` says how a comment is written.
            path: the file.

        Raises:
            CommentsRefusedError: the map knows no conversations, or a comment is broken or names no ticket.
            FileRefusedError: the file as a whole cannot be read.
        """
        self.name, told = path.name, rules.messages
        if told is None or not told.ticket:
            system = rules.file.system or rules.file.source or "this"
            raise CommentsRefusedError(
                path.name,
                f"nothing says how comments of {system} are written; give a --map with [messages] and its ticket, list and at",
            )
        with open_source(path, None) as source:
            table = open_table(source)
            for number, record in _records(table, path.name):
                key, comments = _parted(told, record)
                if not key:
                    raise CommentsRefusedError(
                        path.name, f"line {number} names no ticket in {' or '.join(map(repr, told.ticket))}"
                    )
                for one in comments:
                    self.count += 1
                    self._scratch.run(
                        "INSERT INTO comment (key, is_used, data) VALUES (?, 0, ?)",
                        key_of(key),
                        json.dumps(one),
                    )

    def of(self, *ids: str) -> list[dict[str, Any]]:
        """What was said on the ticket of these ids, in the order of the file."""
        if not self.count:
            return []
        keys = [key_of(one) for one in dict.fromkeys(ids) if one]
        places = ", ".join("?" * len(keys))
        sql = f"SELECT data FROM comment WHERE key IN ({places}) ORDER BY id"
        found = [json.loads(data) for (data,) in self._scratch.walk(sql, *keys)]
        if found:
            self._scratch.run(f"UPDATE comment SET is_used = 1 WHERE key IN ({places})", *keys)
        return found

    def notes(self) -> Iterator[str]:
        """What is to be said of comments whose ticket is not in the file."""
        left = self._scratch.value("SELECT count(*) FROM comment WHERE NOT is_used")
        if left:
            sql = f"SELECT key FROM comment WHERE NOT is_used GROUP BY key ORDER BY min(id) LIMIT {_TOLD}"
            keys = ", ".join(repr(text_of(key)) for (key,) in self._scratch.walk(sql))
            yield f"Comments of {self.name} whose ticket is not among those imported, left out: {left:,} (of tickets {keys})."


def _records(table: AnyTable, name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Line and object of each row."""
    for row in table.rows():
        if isinstance(row, Fault):
            raise CommentsRefusedError(name, f"line {row.line}: {row.message}")
        if isinstance(table, JsonTable):
            found = read_object(row.line, row.cells[-1])
            assert isinstance(found, JsonRecord)  # it was one before
            yield row.line, found.value
        else:
            yield row.line, dict(zip(table.header.names, row.cells, strict=False))


def _parted(rules: MessageRules, record: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """The ticket that an object is about, and the comments in it: a list of them, or itself."""
    listed = record.get(rules.list)
    keys = (*rules.ticket, "id") if isinstance(listed, list) else rules.ticket
    told = (
        cell_text(record.get(key)).strip() for key in keys if not isinstance(record.get(key), dict | list)
    )
    return next((one for one in told if one), ""), listed if isinstance(listed, list) else [record]
