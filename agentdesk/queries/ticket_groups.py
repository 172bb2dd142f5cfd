"""The groups of a list of tickets: by queue or by customer, in the order of their names, each with its exact count."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from agentdesk.queries.orders import Where
from agentdesk.store.reader import Reader

FEW: Final = 500
"""A group this small is found by what its tickets share and then sorted; a larger one is walked in order."""


@dataclass(frozen=True, slots=True)
class TicketGroup:
    """Tickets that share a queue or a customer; `key` None are those that have none."""

    key: int | None
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class _By:
    column: str
    table: str
    field: str
    none: str


GROUPINGS: Mapping[str, _By] = {
    "queue": _By("queue_id", "queue", "queue", "in no queue"),
    "customer": _By("customer_id", "customer", "customer_id", "without a customer"),
}
"""What a list can be grouped by."""


def groups(read: Reader, where: Where, by: str) -> list[TicketGroup]:
    """Every group that has a ticket, by name; those who have none come last."""
    how = GROUPINGS[by]
    counted = f"SELECT ticket.{how.column} AS id, count(*) AS many FROM ticket WHERE {where.sql} GROUP BY ticket.{how.column}"
    sql = (
        f"SELECT counted.id, one.name, counted.many FROM ({counted}) AS counted "
        f"LEFT JOIN {how.table} AS one ON one.id = counted.id "
        "ORDER BY CASE WHEN counted.id IS NULL THEN 1 ELSE 0 END, one.name_key, counted.id"
    )
    found = read.tuples(sql, where.params)
    return [TicketGroup(key, name if key is not None else how.none, int(many)) for key, name, many in found]


def within(where: Where, by: str, group: TicketGroup) -> Where:
    """The tickets of one group."""
    column = GROUPINGS[by].column
    asked = where.sql if " OR " not in where.sql else f"({where.sql})"
    if group.key is None:
        return replace(where, sql=f"{asked} AND ticket.{column} IS NULL", is_few=group.count <= FEW)
    return replace(
        where,
        sql=f"{asked} AND ticket.{column} = :grouped",
        params={**where.params, "grouped": group.key},
        is_few=group.count <= FEW,
    )
