"""What the first page knows without the query language, held against the query language."""

from agentdesk.queries.filters import compile_query
from agentdesk.queries.tickets import SORTS
from agentdesk.screens.ticket_source import OPEN, OPEN_QUERY, TicketSource


def test_the_first_page_asks_what_its_question_means(desk):
    with desk.read() as read:
        assert compile_query(read, OPEN_QUERY, desk.zone).where == OPEN


def test_the_order_of_open_tickets_is_the_one_that_was_asked_for(desk):
    with TicketSource(desk, OPEN_QUERY, "created", descending=True).look() as look:
        assert (look.where, look.sort, look.descending) == (OPEN, SORTS["created"], True)
