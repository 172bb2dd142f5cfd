"""Finding agents, queues and customers by what people call them."""

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.errors import AmbiguousError, NotFoundError
from agentdesk.domain.events import Event
from agentdesk.models import Customer
from agentdesk.queries import people


@pytest.mark.parametrize(
    ("text", "handle"), [("ben", "ben"), ("BEN", "ben"), ("Cleo", "cleo"), ("cl", "cleo"), ("me", "ana")]
)
def test_an_agent_is_found_by_handle_name_or_beginning(sqlite_desk: Desk, text: str, handle: str) -> None:
    with sqlite_desk.read() as read:
        assert people.agent_by_name(read, text).handle == handle


def test_a_doubtful_or_unknown_name_is_refused_with_what_is_near(sqlite_desk: Desk) -> None:
    with sqlite_desk.change() as change:
        services.add_agent(change, handle="benjamin", name="Ben Two", role="agent")
    with sqlite_desk.read() as read:
        assert people.agent_by_name(read, "ben").handle == "ben"
        with pytest.raises(AmbiguousError, match="ben, benjamin"):
            people.agent_by_name(read, "be")
        with pytest.raises(NotFoundError, match=r"^There is no agent cleoo\. Did you mean cleo\?$"):
            people.agent_by_name(read, "cleoo")
        with pytest.raises(NotFoundError, match=r"Did you mean Support\?"):
            people.queue_by_name(read, "suport")


def test_agents_and_queues_know_their_open_work(desk: Desk) -> None:
    with desk.change() as change:
        services.join_queue(change, 2, 2)
        ticket = services.create_ticket(change, subject="a", queue_id=2, assignee_id=2)
        services.create_ticket(change, subject="b", queue_id=2)
        services.solve_ticket(change, ticket.id)
    with desk.read() as read:
        assert {one.handle: one.open_tickets for one in people.agents(read)} == {
            "ana": 0,
            "ben": 0,
            "cleo": 0,
            "lea": 0,
        }
        assert [(one.name, one.open_tickets, one.agents) for one in people.queues(read)] == [
            ("Billing", 1, 1),
            ("Support", 0, 0),
        ]
        assert people.members(read, 2) == [2]
        assert people.queue_by_name(read, "bill").name == "Billing"


def test_a_customer_is_found_by_id_address_number_or_name(desk: Desk) -> None:
    with desk.change() as change:
        for name, email in (("Ana Lee", "ana@x.test"), ("Bo Lee", "bo@x.test"), ("Bo Lee", "bo2@x.test")):
            services.create_customer(change, name=name, email=email)
        row = change.get(Customer, 1)
        row.external_id = "K-77"
        change.record(Event.CUSTOMER_CHANGED, row)
    with desk.read() as read:
        for text in ("1", "ANA@x.test", "K-77", "ana lee", "Ana"):
            assert people.customer_by_text(read, text).id == 1
        with pytest.raises(AmbiguousError, match=r"bo@x\.test"):
            people.customer_by_text(read, "Bo Lee")
        with pytest.raises(NotFoundError, match="Give an id"):
            people.customer_by_text(read, "Zacharias")
        with pytest.raises(NotFoundError, match=r"Did you mean bo@x\.test or bo2@x\.test\?"):
            people.customer_by_text(read, "boo@x.test")
        with pytest.raises(NotFoundError, match=r"^There is no customer Anna Leee\. Did you mean Ana Lee\?$"):
            people.customer_by_text(read, "Anna Leee")


def test_a_merged_customer_stands_for_the_one_that_is_left(sqlite_desk: Desk) -> None:
    with sqlite_desk.change() as change:
        for name in ("Old", "New"):
            services.create_customer(change, name=name)
        row = change.get(Customer, 1)
        row.merged_into_id = 2
        change.record(Event.CUSTOMER_CHANGED, row)
    with sqlite_desk.read() as read:
        assert people.customer_by_text(read, "1").id == 2
