"""What the first page knows without the query language, held against the query language."""

from agentdesk import services
from agentdesk.queries.filters import compile_query
from agentdesk.queries.tickets import SORTS
from agentdesk.screens.ticket_source import OPEN, OPEN_QUERY, TicketSource
from agentdesk.widgets.paging import Fetch


def test_the_first_page_asks_what_its_question_means(desk):
    with desk.read() as read:
        assert compile_query(read, OPEN_QUERY, desk.zone).where == OPEN


def test_the_order_of_open_tickets_is_the_one_that_was_asked_for(desk):
    with TicketSource(desk, OPEN_QUERY, "created", descending=True).look() as look:
        assert (look.where, look.sort, look.descending) == (OPEN, SORTS["created"], True)


def test_the_next_ticket_is_another_one_where_this_one_has_moved_down(desk):
    def first_two():
        with TicketSource(desk, OPEN_QUERY, "priority").look() as look:
            return look.page(Fetch(after=None, is_backwards=False, skip=0, limit=2))

    first, second = first_two()
    with desk.change() as change:  # between where it stood and the second
        services.edit_ticket(change, second.id, {"priority": "normal"})
        services.edit_ticket(change, first.id, {"priority": "high"})
    with TicketSource(desk, OPEN_QUERY, "priority").look() as look:
        assert look.beside(first, 1).id != first.id
