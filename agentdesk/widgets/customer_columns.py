"""How a customer looks as a row."""

from typing import Any, Protocol

from agentdesk.widgets.columns import Cell, Column


class Listed(Protocol):
    """What a row says of a customer; `queries.customers.CustomerRow` does."""

    name: str
    email: str | None
    phone: str | None
    organization: str | None
    tier: str
    owner: str | None
    open_tickets: int


def customer_columns() -> list[Column[Any]]:
    """The columns of the customer list."""
    return [
        Column("NAME", 22, lambda row: Cell(row.name, "gold" if row.tier else "text"), most=34),
        Column("ORGANIZATION", 16, lambda row: _or_none(row.organization), drop=2, most=28),
        Column("ADDRESS", 20, lambda row: Cell(row.email or row.phone or "—", "waiting"), flexible=True),
        Column("TIER", 8, lambda row: Cell(f"★ {row.tier}", "gold") if row.tier else Cell(""), drop=3),
        Column("OPEN", 4, _open, right=True),
        Column("OWNER", 6, lambda row: _or_none(row.owner), drop=4),
    ]


def _or_none(text: str | None) -> Cell:
    return Cell(text, "muted") if text else Cell("—", "faint")


def _open(row: Listed) -> Cell:
    return Cell(str(row.open_tickets), "text") if row.open_tickets else Cell("·", "faint")
