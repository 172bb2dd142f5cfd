"""Opening, editing and taking tickets."""

import multiprocessing
from datetime import timedelta
from pathlib import Path

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.errors import InvalidValueError, NotFoundError
from agentdesk.domain.vocabulary import Origin, Role
from agentdesk.models import Ticket
from agentdesk.settings import Settings
from agentdesk.store.store import Store
from tests.conftest import NOW, open_desk


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


def test_next_takes_what_needs_attention_first_in_my_queues(desk: Desk) -> None:
    soon, later = desk.clock.now() + timedelta(hours=1), desk.clock.now() + timedelta(hours=9)
    with desk.change() as change:
        services.join_queue(change, 1, 1)
        services.create_ticket(change, subject="other queue", queue_id=2, due_at=desk.clock.now())
        services.create_ticket(change, subject="later", queue_id=1, due_at=later)
        services.create_ticket(change, subject="soon", queue_id=1, due_at=soon)
        services.create_ticket(change, subject="urgent, nothing promised", queue_id=1, priority="urgent")
    taken = []
    for _ in range(4):
        with desk.change() as change:
            ticket = services.take_next(change)
            taken.append(ticket.subject if ticket else None)
    assert taken == ["soon", "later", "urgent, nothing promised", None]


def take(place: str, agent: int, count: int) -> list[int]:
    desk = Desk(
        Store.open(place),
        Settings(store=place),
        FixedClock(NOW),
        Actor(agent, "x", "X", Role.AGENT),
        Origin.CLI,
    )
    taken = []
    for _ in range(count):
        with desk.change() as change:
            ticket = services.take_next(change)
            if ticket is not None and ticket.id is not None:
                taken.append(ticket.id)
    desk.close()
    return taken


def test_two_agents_never_get_the_same_ticket(tmp_path: Path) -> None:
    place = str(tmp_path / "desk.db")
    desk = open_desk(place, FixedClock(NOW))
    with desk.change() as change:
        for number in range(60):
            services.create_ticket(change, subject=f"Ticket {number}")
    desk.close()
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        taken = pool.starmap(take, [(place, 1 + worker % 2, 15) for worker in range(4)])
    everything = [ticket for some in taken for ticket in some]
    assert sorted(everything) == list(range(1001, 1061))


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
