"""Groups of a list: every ticket in one, exact counts, by name, found without sorting a long list."""

import pytest

from agentdesk.desk import Desk
from agentdesk.queries import ticket_groups, tickets
from agentdesk.queries.filters import compile_query
from agentdesk.queries.ticket_groups import GROUPINGS, within
from agentdesk.queries.tickets import SORTS
from agentdesk.screens.ticket_source import TicketSource
from agentdesk.widgets.paging import Pages
from agentdesk.widgets.rows import fill
from tests.queries.test_plans import explained
from tests.queries.world import ZONE, World


@pytest.mark.parametrize("by", list(GROUPINGS))
@pytest.mark.parametrize("text", ["is:open", "tag:vat OR priority:high", ""])
def test_every_ticket_is_in_one_group_and_groups_stand_by_name(
    filled: tuple[Desk, World], by: str, text: str
) -> None:
    desk, _ = filled
    with desk.read() as read:
        where = compile_query(read, text, ZONE).where
        found = ticket_groups.groups(read, where, by)
        assert [one.count for one in found] == [tickets.count(read, within(where, by, one)) for one in found]
        assert sum(one.count for one in found) == tickets.count(read, where)
        assert [one.key for one in found if one.key is None] == [
            one.key for one in found[-1:] if one.key is None
        ]
        names = [one.name.casefold() for one in found if one.key is not None]
        assert names == sorted(names)


@pytest.mark.parametrize("by", list(GROUPINGS))
@pytest.mark.parametrize("sort", ["attention", "waiting", "created"])
def test_pages_of_groups_join_without_gap_and_every_ticket_is_found_at_its_place(
    filled: tuple[Desk, World], by: str, sort: str
) -> None:
    desk, _ = filled
    source = TicketSource(desk, "is:open OR tag:vat", sort, group=by)
    with source.look() as look:
        pages: Pages = Pages(size=7)
        pages.reset(look.total())
        fill(pages, look, 0, pages.total)
        rows = [pages.row(place) for place in range(pages.total)]
        assert sorted(row.id for row in rows) == look.ids()
        for place in range(0, pages.total, 11):
            assert look.locate(rows[place].id)[0] == place
            assert (look.beside(rows[place], 1) or rows[-1]).id == rows[min(place + 1, pages.total - 1)].id


def test_a_small_group_is_found_by_what_its_tickets_share(filled: tuple[Desk, World]) -> None:
    desk, _ = filled
    with desk.read() as read:
        where = compile_query(read, "is:open", ZONE).where
        group = ticket_groups.groups(read, where, "customer")[0]
        watched = explained(read)
        tickets.page(watched, within(where, "customer", group), SORTS["created"])
        assert "ix_ticket_customer (customer_id=?" in watched.plans[-1]
