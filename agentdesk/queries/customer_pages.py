"""The place of one customer in a list of customers."""

from agentdesk.queries.customers import CustomerRow, count, key_of, page
from agentdesk.queries.tickets import Sort, Where
from agentdesk.store.reader import Reader


def place_of(
    read: Reader, where: Where, sort: Sort, customer_id: int, *, descending: bool
) -> tuple[int, CustomerRow] | None:
    """How many customers stand before one in the list, and the customer; None when they are not in it."""
    here = Where(f"({where.sql}) AND customer.id = :here_id", {**where.params, "here_id": customer_id})
    found = page(read, here, sort, limit=1)
    if not found:
        return None
    key = key_of(found[0], sort)
    columns = ", ".join(f"customer.{column}" for column in (*sort.columns, "id"))
    names = [f"beyond_{place}" for place in range(len(key.values) + 1)]
    marks = ", ".join(f":{name}" for name in names)
    params = {**where.params, **dict(zip(names, (*key.values, key.id), strict=True))}
    sql = f"({where.sql}) AND ({columns}) {'>' if descending else '<'} ({marks})"
    return count(read, Where(sql, params)), found[0]
