"""Jumps in a list of tickets: a page that is not next to a known row, and the place of one ticket.

Pages next to each other are `tickets.page`; what is here walks an index and is asked rarely.
"""

from dataclasses import replace

from agentdesk.queries.tickets import (
    Key,
    Sort,
    TicketRow,
    Where,
    by_ids,
    count,
    in_order,
    key_of,
    page,
    parts_after,
)
from agentdesk.store.reader import Reader


def page_from(
    read: Reader, where: Where, sort: Sort, *, descending: bool, after: Key | None, skip: int, limit: int
) -> list[TicketRow]:
    """The `limit` tickets that follow `after`, `skip` passed over; only ids are touched on the way."""
    if skip == 0:
        return page(read, where, sort, descending=descending, after=after, limit=limit)
    ids: list[int] = []
    for part, key in parts_after(read, where, sort, after, descending=descending):
        columns = in_order(read, part, sort)
        order = ", ".join(f"{column}{' DESC' if descending else ''}" for column in columns)
        behind = part if key is None else beyond(read, part, sort, key, descending=descending)
        sql = f"SELECT ticket.id FROM ticket WHERE {behind.sql} ORDER BY {order} LIMIT :limit OFFSET :skip"
        params = {**behind.params, "limit": limit - len(ids), "skip": skip}
        found = [int(one) for (one,) in read.tuples(sql, params)]
        skip = 0 if found or not sort.by_band else max(skip - count(read, behind), 0)
        ids += found
        if len(ids) == limit:
            break
    return by_ids(read, ids)


def place_of(
    read: Reader, where: Where, sort: Sort, ticket_id: int, *, descending: bool
) -> tuple[int, TicketRow] | None:
    """How many tickets stand before one in the list, and the ticket; None when it is not in the list."""
    here = Where(f"({where.sql}) AND ticket.id = :here_id", {**where.params, "here_id": ticket_id})
    found = page(read, here, sort, limit=1)
    if not found:
        return None
    before = parts_after(read, where, sort, key_of(found[0], sort), descending=not descending)
    listed = (
        part if key is None else beyond(read, part, sort, key, descending=not descending)
        for part, key in before
    )
    return sum(count(read, part) for part in listed), found[0]


def beyond(read: Reader, where: Where, sort: Sort, key: Key, *, descending: bool) -> Where:
    """The tickets of one stretch of a list that come after a key."""
    columns = ", ".join(in_order(read, where, sort))
    names = [f"beyond_{place}" for place in range(len(sort.columns) + 1)]
    marks = ", ".join(f":{name}" for name in names)
    params = {**where.params, **dict(zip(names, (*key.values, key.id), strict=True))}
    return replace(
        where, sql=f"({where.sql}) AND ({columns}) {'<' if descending else '>'} ({marks})", params=params
    )
