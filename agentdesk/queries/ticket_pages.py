"""Jumps in a list of tickets: a page that is not next to a known row, and the place of one ticket.

Pages next to each other are `tickets.page`; what is here walks an index and is asked rarely.
"""

from dataclasses import replace

from agentdesk.queries.tickets import Key, Sort, TicketRow, Where, by_ids, count, key_of, page
from agentdesk.store.reader import Reader


def page_from(
    read: Reader, where: Where, sort: Sort, *, descending: bool, after: Key | None, skip: int, limit: int
) -> list[TicketRow]:
    """The `limit` tickets that follow `after`, `skip` passed over; only ids are touched on the way."""
    if skip == 0:
        return page(read, where, sort, descending=descending, after=after, limit=limit)
    columns = [f"ticket.{column}" for column in (*sort.columns, "id")]
    behind = where if after is None else beyond(where, sort, after, descending=descending)
    order = ", ".join(f"{column}{' DESC' if descending else ''}" for column in columns)
    sql = f"SELECT ticket.id FROM ticket WHERE {behind.sql} ORDER BY {order} LIMIT :limit OFFSET :skip"
    found = read.tuples(sql, {**behind.params, "limit": limit, "skip": skip})
    return by_ids(read, [int(one) for (one,) in found])


def place_of(
    read: Reader, where: Where, sort: Sort, ticket_id: int, *, descending: bool
) -> tuple[int, TicketRow] | None:
    """How many tickets stand before one in the list, and the ticket; None when it is not in the list."""
    here = Where(f"({where.sql}) AND ticket.id = :here_id", {**where.params, "here_id": ticket_id})
    found = page(read, here, sort, limit=1)
    if not found:
        return None
    return count(read, beyond(where, sort, key_of(found[0], sort), descending=not descending)), found[0]


def beyond(where: Where, sort: Sort, key: Key, *, descending: bool) -> Where:
    """The tickets of a list that come after a key."""
    columns = ", ".join(f"ticket.{column}" for column in (*sort.columns, "id"))
    names = [f"beyond_{place}" for place in range(len(sort.columns) + 1)]
    marks = ", ".join(f":{name}" for name in names)
    params = {**where.params, **dict(zip(names, (*key.values, key.id), strict=True))}
    return replace(
        where, sql=f"({where.sql}) AND ({columns}) {'<' if descending else '>'} ({marks})", params=params
    )
