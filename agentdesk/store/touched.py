"""What a change has touched, by what its journal says: where clocks and places in the queue have to be settled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_WHOSE = frozenset({"customer_id", "organization_id"})
_TIERED = frozenset({"customer", "organization"})


@dataclass(slots=True)
class Touches:
    """Tickets, customers and organizations by what happened to them.

    Attributes:
        tickets: every ticket that something was written about.
        new: those that came to be.
        moved: those that became another customer's.
        retiered: customers whose tier became another one.
        regraded: organizations whose tier did.
    """

    tickets: set[int] = field(default_factory=set)
    new: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)
    retiered: set[int] = field(default_factory=set)
    regraded: set[int] = field(default_factory=set)

    def copy(self) -> "Touches":
        """As it is now."""
        return Touches(*map(set, (self.tickets, self.new, self.moved, self.retiered, self.regraded)))

    def mind(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take note of journal rows: `entity`, `entity_id`, `ticket_id`, `before` and `after` of each."""
        for row in rows:
            before, after = row.get("before"), row.get("after")
            if row.get("ticket_id") is not None:
                self.tickets.add(row["ticket_id"])
            if row["entity"] == "ticket" and after is not None:
                if before is None:
                    self.new.add(row["entity_id"])
                elif _WHOSE & after.keys():
                    self.moved.add(row["entity_id"])
            elif before is not None and after is not None and "tier" in after and row["entity"] in _TIERED:
                (self.retiered if row["entity"] == "customer" else self.regraded).add(row["entity_id"])

    def __bool__(self) -> bool:
        """Whether there is anything to settle."""
        return bool(self.tickets or self.retiered or self.regraded)
