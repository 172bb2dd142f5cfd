"""A customer's owner gets the new ticket when on shift; else the queue does, told for whom it covers."""

from datetime import timedelta

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.errors import InvalidValueError, NotFoundError
from agentdesk.domain.events import Event
from agentdesk.models import Customer, Message, Notice, Organization, Ticket
from agentdesk.queries.histories import history
from tests.conftest import NOW

BEN, CLEO = 2, 3
AWAY = "Mon 09:00-17:00"
"""It is a Tuesday morning, so the next Monday is the ninth."""


@pytest.fixture
def jo(desk: Desk) -> int:
    """A customer of Acme whom Ben owns."""
    with desk.change() as change:
        customer = services.create_customer(change, name="Jo", organization="Acme")
        services.edit_customer(change, customer.id, {"owner_id": BEN})
    assert customer.id is not None
    return customer.id


def set_owner(desk: Desk, customer_id: int, **values: object) -> None:
    with desk.change() as change:
        services.edit_customer(change, customer_id, values)


def organization_owner(desk: Desk, agent_id: int | None) -> None:
    with desk.change() as change:
        row = change.get(Organization, 1)
        row.owner_id = agent_id
        change.record(Event.ORGANIZATION_CHANGED, row)


def away(desk: Desk, agent_id: int = BEN, hours: str = AWAY) -> None:
    with desk.change() as change:
        services.set_shift(change, agent_id, zone="Europe/London", hours=hours)


def opened(desk: Desk, customer_id: int | None, **told: object) -> Ticket:
    with desk.change() as change:
        return services.create_ticket(change, subject="Help", customer_id=customer_id, body="Hello", **told)


def notes(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.change() as change:
        rows = change.find_all(Message, Message.visibility == "internal")
        return [(row.author_kind, row.author_name, row.body) for row in rows]


def notices(desk: Desk) -> list[tuple[int, str, str]]:
    with desk.change() as change:
        return [(row.agent_id, row.kind, row.words) for row in change.find_all(Notice)]


def test_an_owner_who_is_there_gets_the_ticket(desk: Desk, jo: int) -> None:
    ticket = opened(desk, jo)
    assert (ticket.assignee_id, ticket.status, ticket.queue_id) == (BEN, "open", None)
    assert notes(desk) == notices(desk) == []


def test_an_owner_on_shift_gets_the_ticket_and_one_off_shift_does_not(
    desk: Desk, clock: FixedClock, jo: int
) -> None:
    away(desk, hours="Tue 08:00-09:00")
    assert opened(desk, jo).assignee_id == BEN
    clock.instant = NOW.replace(hour=9, minute=0)
    assert opened(desk, jo).assignee_id is None


def test_the_queue_covers_for_an_owner_who_is_off(desk: Desk, jo: int) -> None:
    away(desk)
    with desk.change() as change:
        services.add_rule(change, name="All", conditions="", queue_id=2)
    ticket = opened(desk, jo)
    assert (ticket.assignee_id, ticket.status, ticket.queue_id) == (None, "new", 2)
    assert notes(desk) == [("system", "AgentDesk", "Covers for Ben, who is off until Mon 2026-03-09 09:00.")]
    assert notices(desk) == [
        (
            BEN,
            "cover",
            "came in while you are off until Mon 2026-03-09 09:00; the queue covers for you",
        )
    ]


def test_an_owner_with_a_day_off_is_off(desk: Desk, jo: int) -> None:
    with desk.change() as change:
        services.add_days(change, BEN, [NOW.date()], zone="Europe/London")
    assert opened(desk, jo).assignee_id is None
    assert notes(desk)[0][2] == "Covers for Ben, who is off until Wed 2026-03-04 00:00."


def test_an_owner_who_never_comes_back_is_just_off(desk: Desk, jo: int) -> None:
    away(desk, hours="closed")
    opened(desk, jo)
    assert notes(desk)[0][2] == "Covers for Ben, who is off."


@pytest.mark.parametrize(
    ("since", "until", "is_owner"),
    [
        (None, None, True),
        (timedelta(0), timedelta(microseconds=1), True),
        (timedelta(microseconds=1), None, False),
        (None, timedelta(0), False),
        (timedelta(days=-9), timedelta(days=-2), False),
    ],
)
def test_an_owner_counts_from_since_until_before_until(
    desk: Desk, jo: int, since: timedelta | None, until: timedelta | None, is_owner: bool
) -> None:
    ends = {"owner_since": since, "owner_until": until}
    set_owner(desk, jo, **{name: None if one is None else NOW + one for name, one in ends.items()})
    assert opened(desk, jo).assignee_id == (BEN if is_owner else None)
    assert notes(desk) == []


def test_an_owner_who_left_owns_nobody(desk: Desk, jo: int) -> None:
    with desk.change() as change:
        services.edit_agent(change, BEN, {"is_active": False})
    assert opened(desk, jo).assignee_id is None
    assert notes(desk) == notices(desk) == []


def test_the_owner_of_the_organization_counts_where_the_customer_has_none(desk: Desk, jo: int) -> None:
    organization_owner(desk, CLEO)
    assert opened(desk, jo).assignee_id == BEN
    set_owner(desk, jo, owner_until=NOW)
    assert opened(desk, jo).assignee_id == CLEO
    set_owner(desk, jo, owner_id=None, owner_until=None)
    assert opened(desk, jo).assignee_id == CLEO
    organization_owner(desk, None)
    assert opened(desk, jo).assignee_id is None


def test_whoever_opens_the_ticket_has_the_last_word(desk: Desk, jo: int) -> None:
    given = opened(desk, jo, assignee_id=CLEO)
    assert (given.assignee_id, given.status) == (CLEO, "open")
    away(desk)
    assert opened(desk, jo, assignee_id=CLEO, queue_id=1).assignee_id == CLEO
    assert notes(desk) == notices(desk) == []
    waiting = opened(desk, jo, queue_id=1)
    assert (waiting.assignee_id, waiting.queue_id) == (None, 1)


def test_a_ticket_of_nobody_is_nobodys(desk: Desk) -> None:
    assert opened(desk, None).assignee_id is None


@pytest.mark.parametrize("is_away", [True, False])
def test_the_follow_up_of_a_closed_ticket_finds_the_owner_too(desk: Desk, jo: int, is_away: bool) -> None:
    closed = opened(desk, jo, queue_id=2, assignee_id=CLEO)
    with desk.change() as change:
        services.solve_ticket(change, closed.id)
        services.close_ticket(change, closed.id)
    if is_away:
        away(desk)
    with desk.change() as change:
        message = services.receive_message(change, closed.id, "It is broken again")
        ticket = change.get(Ticket, message.ticket_id)
        assert (ticket.follow_up_of_id, ticket.queue_id) == (closed.id, 2)
        assert ticket.assignee_id == (None if is_away else BEN)
    assert len(notes(desk)) == len(notices(desk)) == int(is_away)


def test_a_message_on_an_open_ticket_moves_it_nowhere(desk: Desk, jo: int) -> None:
    ticket = opened(desk, jo, assignee_id=CLEO)
    with desk.change() as change:
        services.receive_message(change, ticket.id, "One more thing")
        assert change.get(Ticket, ticket.id).assignee_id == CLEO


@pytest.mark.parametrize("is_away", [True, False])
def test_one_number_undoes_all_of_it(desk: Desk, jo: int, is_away: bool) -> None:
    if is_away:
        away(desk)
    with desk.change() as change:
        services.add_rule(change, name="All", conditions="", queue_id=2)
    with desk.change(summary="open a ticket") as change:
        services.create_ticket(change, subject="Help", customer_id=jo, body="Hello")
    number = change.id
    with desk.change() as change:
        undone = services.undo_change(change, number)
    assert (undone.sentence, undone.is_whole) == ("opened the ticket (T-1001)", True)
    with desk.change() as change:
        assert [change.find(one) for one in (Ticket, Message, Notice)] == [None, None, None]
    with desk.change() as change:
        services.redo_change(change)
        ticket = change.get(Ticket, 1001)
        assert (ticket.queue_id, ticket.assignee_id) == (2, None if is_away else BEN)
    assert len(notes(desk)) == len(notices(desk)) == int(is_away)


def test_the_timeline_tells_of_the_rule_and_of_the_cover(desk: Desk, jo: int) -> None:
    away(desk)
    with desk.change() as change:
        services.add_rule(change, name="All", conditions="", queue_id=2)
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="Help", customer_id=jo, body="Hello")
    assert change.besides == (
        "goes to Billing by the rule All and waits for who covers for Ben, who is off until Mon 2026-03-09 09:00"
    )
    with desk.read() as read:
        told = [one.event for one in history(read, ticket.id, desk.zone)]
    assert told == ["ticket.created", "ticket.changed", "ticket.covered"]


def test_an_owner_is_an_agent_who_works_here_for_a_time_that_can_be(desk: Desk, jo: int) -> None:
    with pytest.raises(NotFoundError, match="no agent 99"):
        set_owner(desk, jo, owner_id=99)
    with pytest.raises(InvalidValueError, match="not after owner_since"):
        set_owner(desk, jo, owner_since=NOW, owner_until=NOW)
    with desk.change() as change:
        services.edit_agent(change, CLEO, {"is_active": False})
    with pytest.raises(InvalidValueError, match="no longer works here"):
        set_owner(desk, jo, owner_id=CLEO)
    with desk.change() as change:
        assert change.get(Customer, jo).owner_id == BEN


def test_when_the_owner_is_back_is_told_on_their_wall(desk: Desk, jo: int) -> None:
    with desk.change() as change:
        services.set_shift(change, BEN, zone="Asia/Tokyo", hours="Mon 09:00-17:00")
    opened(desk, jo)
    assert "Mon 2026-03-09 09:00" in notes(desk)[0][2]
