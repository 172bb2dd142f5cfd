"""Opening, editing and taking tickets."""

from datetime import timedelta

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.errors import InvalidValueError, NotFoundError
from agentdesk.models import Ticket
from tests.conftest import NOW


def test_the_first_ticket_of_a_store_is_t_1001(desk: Desk) -> None:
    with desk.change() as change:
        assert services.create_ticket(change, subject="First").id == 1001


def test_a_ticket_number_is_never_used_twice(desk: Desk) -> None:
    with desk.change() as change:
        services.create_ticket(change, subject="Gone soon")
    with desk.change() as change:
        services.undo_change(change)
    with desk.change() as change:
        assert services.create_ticket(change, subject="Next").id == 1002


def test_an_empty_subject_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidValueError, match="subject"), desk.change() as change:
        services.create_ticket(change, subject="   ")


def test_an_unknown_customer_or_queue_is_refused_by_name(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="no customer 99"), desk.change() as change:
        services.create_ticket(change, subject="x", customer_id=99)
    with pytest.raises(NotFoundError, match="no queue 99"), desk.change() as change:
        services.create_ticket(change, subject="x", queue_id=99)


def test_an_unknown_field_is_refused_with_the_ones_there_are(desk: Desk) -> None:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="x").id
    with pytest.raises(InvalidValueError, match=r"Allowed: .*priority"), desk.change() as change:
        services.edit_ticket(change, ticket, {"prioritty": "high"})


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ({"priority": "High"}, {"priority": "high"}),
        ({"status": "on hold"}, {"status": "on_hold"}),
        ({"assignee": "ben"}, {"assignee_id": 2}),
        ({"assignee": "me"}, {"assignee_id": 1}),
        ({"assignee": "none"}, {"assignee_id": None}),
        ({"queue": "billing"}, {"queue_id": 2}),
        ({"tags": "+vat,-old"}, {"add_tags": ["vat"], "remove_tags": ["old"]}),
        ({"tags": "vat, new"}, {"tags": ["vat", "new"]}),
        ({"due": "4h"}, {"due_at": NOW + timedelta(hours=4)}),
        ({"due": "none"}, {"due_at": None}),
    ],
)
def test_edits_are_read_as_people_type_them(
    sqlite_desk: Desk, text: dict[str, str], values: dict[str, object]
) -> None:
    with sqlite_desk.change() as change:
        assert services.parse_edits(change, text, sqlite_desk.zone) == values


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ({"priorty": "high"}, "Did you mean priority"),
        ({"priority": "asap"}, "Allowed: urgent, high, normal, low"),
        ({"assignee": "bem"}, "Did you mean ben"),
        ({"queue": "Bilings"}, "Did you mean Billing"),
    ],
)
def test_a_wrong_edit_is_one_sentence_with_a_way_on(
    sqlite_desk: Desk, text: dict[str, str], told: str
) -> None:
    with pytest.raises((InvalidValueError, NotFoundError), match=told), sqlite_desk.change() as change:
        services.parse_edits(change, text, sqlite_desk.zone)


def test_a_bulk_edit_reaches_every_ticket_in_one_change(desk: Desk) -> None:
    with desk.change() as change:
        tickets = [services.create_ticket(change, subject=f"Ticket {n}").id for n in range(30)]
    with desk.change() as change:
        for ticket in tickets:
            services.edit_ticket(change, ticket, {"add_tags": ["vat"], "priority": "high"})
    with desk.change() as change:
        assert all(row.tags == ["vat"] and row.priority == "high" for row in change.find_all(Ticket))


def test_what_an_agent_opens_a_ticket_with_is_no_first_reply(desk: Desk) -> None:
    with desk.change() as change:
        customer = services.create_customer(change, name="Dana Kim")
        ticket = services.create_ticket(
            change, subject="Call", customer_id=customer.id, body="Where is it?", reply="As we said: tomorrow"
        )
    told = [row for row in change.journal if row["entity"] == "message"]
    assert [(row["event"], row["after"]["author_kind"]) for row in told] == [
        ("ticket.created", "customer"),
        ("ticket.created", "agent"),
    ]
    assert (ticket.reply_count, ticket.first_replied_at, ticket.last_reply_at) == (0, None, None)
    assert (ticket.waiting_since, ticket.last_message_at) == (desk.clock.now(), desk.clock.now())
    with desk.change() as change:
        services.reply_to_ticket(change, ticket.id, "It left")
        assert change.get(Ticket, ticket.id).reply_count == 1


def test_an_opening_comment_alone_lets_nobody_wait(desk: Desk) -> None:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="Call", reply="As we said: tomorrow")
        blank = services.create_ticket(change, subject="Call", reply=" ")
    assert (ticket.waiting_since, ticket.last_message_at) == (None, desk.clock.now())
    assert blank.last_message_at is None
