"""A look at a list of tickets in groups, where a place is found by counting."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate

from agentdesk.queries import ticket_groups, tickets
from agentdesk.queries.ticket_groups import GROUPINGS, TicketGroup
from agentdesk.queries.tickets import Sort, TicketRow
from agentdesk.screens.list_look import TicketLook
from agentdesk.widgets.lines import Group
from agentdesk.widgets.paging import Fetch


@dataclass(frozen=True, slots=True)
class GroupedLook:
    """The same list in groups; inside each the order is that of the list.

    Attributes:
        whole: the list without groups.
        by: what its tickets are grouped by.
        known: the groups as they were last counted; pages that come into sight later are told by them, so that a
            list of a million is counted once.
    """

    whole: TicketLook
    by: str
    known: list[Group]

    @property
    def sort(self) -> Sort:
        """The order inside the groups."""
        return self.whole.sort

    @property
    def descending(self) -> bool:
        """Whether that is turned round."""
        return self.whole.descending

    def groups(self) -> list[Group]:
        """Every group, counted now."""
        found = ticket_groups.groups(self.whole.read, self.whole.where, self.by)
        self.known[:] = [Group(one.key, one.name, one.count) for one in found]
        return list(self.known)

    def total(self) -> int:
        """How many tickets there are in all groups."""
        return sum(one.count for one in self._counted())

    def page(self, fetch: Fetch[TicketRow]) -> list[TicketRow]:
        """The rows of a fetch, by the place it starts at."""
        groups = self._counted()
        starts = [0, *accumulate(one.count for one in groups)]
        rows: list[TicketRow] = []
        place, stop = fetch.start, min(fetch.start + fetch.limit, starts[-1])
        while place < stop:
            at = bisect_right(starts, place) - 1
            many = min(starts[at + 1], stop) - place
            rows += self._some(groups[at], place - starts[at], many, fetch)
            place += many
        return rows

    def locate(self, row_id: int) -> tuple[int, TicketRow] | None:
        """Where a ticket stands among all."""
        found = tickets.by_ids(self.whole.read, [row_id])
        at = self._group_of(found[0]) if found else None
        if at is None:
            return None
        groups = self._counted()
        inside = self._in(groups[at]).locate(row_id)
        return None if inside is None else (sum(one.count for one in groups[:at]) + inside[0], inside[1])

    def beside(self, row: TicketRow, by: int) -> TicketRow | None:
        """The ticket after `row`, or before it, in its group or the next one."""
        groups, at = self._counted(), self._group_of(row)
        if at is None:
            return None
        if (found := self._in(groups[at]).beside(row, by)) is not None:
            return found
        at += 1 if by > 0 else -1
        if not 0 <= at < len(groups):
            return None
        rows = self._in(groups[at]).page(Fetch(None, by < 0, 0, 1))
        return rows[0] if rows else None

    def ids(self) -> list[int]:
        """Every match."""
        return self.whole.ids()

    def among(self, wanted: Iterable[int]) -> set[int]:
        """Those of some tickets that match."""
        return self.whole.among(wanted)

    def _counted(self) -> list[Group]:
        return self.known or self.groups()

    def _in(self, group: Group) -> TicketLook:
        one = TicketGroup(group.key, group.name, group.count)
        return replace(self.whole, where=ticket_groups.within(self.whole.where, self.by, one))

    def _some(self, group: Group, skip: int, limit: int, fetch: Fetch[TicketRow]) -> list[TicketRow]:
        """Rows of one group from a place in it on; behind a row that is known, nothing is passed over."""
        look, after = self._in(group), fetch.after
        is_next = after is not None and not fetch.is_backwards and fetch.skip == 0 and skip
        if is_next and after is not None and self._is_in(after, group):
            return look.page(Fetch(after, False, 0, limit))
        return look.page(Fetch(None, False, skip, limit))

    def _group_of(self, row: TicketRow) -> int | None:
        return next((at for at, one in enumerate(self._counted()) if self._is_in(row, one)), None)

    def _is_in(self, row: TicketRow, group: Group) -> bool:
        shared = getattr(row, GROUPINGS[self.by].field)
        return bool(shared == (group.name if self.by == "queue" and group.key is not None else group.key))
