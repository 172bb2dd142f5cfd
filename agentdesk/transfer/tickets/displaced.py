"""A file that knows people by number alone takes no ticket away from those whom the desk knows by name."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from agentdesk.store.reader import Reader
from agentdesk.transfer.tickets.known_tickets import KnownTicket
from agentdesk.transfer.tickets.names import NameBook
from agentdesk.transfer.tickets.row_store import StoredTicket

_TABLES: Final = {"queue_id": "queue", "assignee_id": "agent", "customer_id": "customer"}


def keep_known(
    read: Reader,
    names: NameBook,
    tickets: Sequence[StoredTicket],
    known: Mapping[int, KnownTicket],
    system: str,
) -> None:
    """Let the rows of known tickets say what the desk has, wherever they would put a mere number in place of a name.

    Args:
        read: the desk.
        names: whom the numbers mean.
        tickets: of the file, one row each.
        known: those that the desk has, by their numbers.
        system: what the other system is called; its numbers were named after it.
    """
    numbered = re.compile(rf"{re.escape(system)} (group|agent|customer) (\d{{1,20}}|[0-9a-f]{{32}})")

    @cache
    def is_numbered(table: str, row_id: int) -> bool:
        if row_id < 0:
            name = names.things([row_id])[row_id].name
        else:
            name = read.value(f"SELECT name FROM {table} WHERE id = :id", {"id": row_id}) or ""
        return numbered.fullmatch(name) is not None

    for ticket in tickets:
        if ticket.known_id is None:
            continue
        base, values = known[ticket.known_id].past[-1][1], ticket.rows[0].values
        for column, table in _TABLES.items():
            new, old = values.get(column), base.get(column)
            if None in (new, old) or new == old:
                continue
            if is_numbered(table, new) and not is_numbered(table, old):
                values[column] = old
