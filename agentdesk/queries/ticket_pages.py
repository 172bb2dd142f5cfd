"""Jumps in a list of tickets: a page that is not next to a known row, and the place of one ticket.

Pages next to each other are `tickets.page`; what is here walks an index and is asked rarely.
"""

from dataclasses import replace

from agentdesk.queries.orders import Sort, Where, key_of
from agentdesk.queries.stretches import Stretch, stretches
from agentdesk.queries.tickets import Key, TicketRow, by_ids, count, page
from agentdesk.store.reader import Reader


def page_from(
    read: Reader, where: Where, sort: Sort, *, descending: bool, after: Key | None, skip: int, limit: int
) -> list[TicketRow]:
    """The `limit` tickets that follow `after`, `skip` passed over; only ids are touched on the way."""
    if skip == 0:
        return page(read, where, sort, descending=descending, after=after, limit=limit)
    ids: list[int] = []
    for part in stretches(read, where, sort, after, descending=descending):
        columns = part.in_order(is_sqlite=read.is_sqlite)
        order = ", ".join(f"{column}{' DESC' if descending else ''}" for column in columns)
        behind = beyond(read, part, descending=descending)
        sql = f"SELECT ticket.id FROM ticket WHERE {behind.sql} ORDER BY {order} LIMIT :limit OFFSET :skip"
        params = {**behind.params, "limit": limit - len(ids), "skip": skip}
        found = [int(one) for (one,) in read.tuples(sql, params)]
        skip = 0 if found or sort.is_whole else max(skip - count(read, behind), 0)
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
    before = stretches(read, where, sort, key_of(found[0], sort), descending=not descending)
    return sum(count(read, beyond(read, part, descending=not descending)) for part in before), found[0]


def beyond(read: Reader, part: Stretch, *, descending: bool) -> Where:
    """The tickets of a stretch that come after its key."""
    if part.after is None:
        return part.where
    columns = part.in_order(is_sqlite=read.is_sqlite)
    names = [f"beyond_{place}" for place in range(len(columns))]
    params = {**part.where.params, **dict(zip(names, (*part.after.values, part.after.id), strict=True))}
    marks = ", ".join(f":{name}" for name in names)
    sql = f"({part.where.sql}) AND ({', '.join(columns)}) {'<' if descending else '>'} ({marks})"
    return replace(part.where, sql=sql, params=params)
