"""`next` gives the top of my queues, and never the same ticket twice, however many press it at once."""

import multiprocessing
import threading
from datetime import timedelta

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.errors import NotPermittedError
from agentdesk.domain.vocabulary import Origin, Role
from agentdesk.models import Ticket
from agentdesk.queries.tickets import SORTS, page
from agentdesk.queries.waiting import waiting_in
from agentdesk.services import assignments
from agentdesk.settings import Settings
from agentdesk.store.store import Store
from tests.conftest import NOW, open_desk

PRIORITIES = ("low", "normal", "high", "urgent")


def acting(place: str, agent_id: int) -> Desk:
    actor = Actor(agent_id, f"agent{agent_id}", "X", Role.AGENT)
    return Desk(Store.open(place), Settings(store=place), FixedClock(NOW), actor, Origin.CLI)


def take(desk: Desk) -> int | None:
    with desk.change(summary="take the next ticket") as change:
        ticket = services.take_next(change)
    return None if ticket is None else ticket.id


def fill(desk: Desk, tickets: int) -> None:
    """Tickets in every band, of every priority, in two queues and in none."""
    with desk.change() as change:
        for number in range(tickets):
            services.create_ticket(
                change,
                subject=f"Ticket {number}",
                queue_id=(None, 1, 2)[number % 3],
                priority=PRIORITIES[number % 4],
                due_at=(None, NOW + timedelta(minutes=(number * 37) % 900 - 120))[number % 5 > 0],
            )


def test_next_takes_what_needs_attention_first_in_my_queues(desk: Desk) -> None:
    soon, later = NOW + timedelta(hours=5), NOW + timedelta(hours=9)
    with desk.change() as change:
        services.join_queue(change, 1, 1)
        services.create_ticket(change, subject="other queue", queue_id=2, due_at=NOW)
        services.create_ticket(change, subject="later", queue_id=1, due_at=later)
        services.create_ticket(change, subject="soon", queue_id=1, due_at=soon)
        services.create_ticket(change, subject="urgent, nothing promised", queue_id=1, priority="urgent")
        services.create_ticket(change, subject="at risk", queue_id=1, due_at=NOW + timedelta(hours=2))
        services.create_ticket(change, subject="breached", queue_id=1, due_at=NOW - timedelta(hours=2))
    taken = []
    for _ in range(6):
        with desk.change() as change:
            ticket = services.take_next(change)
            taken.append(ticket.subject if ticket else None)
    assert taken == ["breached", "at risk", "soon", "later", "urgent, nothing promised", None]


@pytest.mark.parametrize("queues", [[], [1], [1, 2]])
def test_next_goes_through_the_queue_as_the_list_shows_it(desk: Desk, queues: list[int]) -> None:
    fill(desk, 45)
    with desk.change() as change:
        for queue_id in queues:
            services.join_queue(change, queue_id, 1)
    with desk.read() as read:
        shown = [row.id for row in page(read, waiting_in(queues), SORTS["attention"], limit=100)]
    assert len(shown) == {0: 45, 1: 30, 2: 45}[len(queues)]  # those in no queue are everybody's
    assert [take(desk) for _ in range(len(shown) + 1)] == [*shown, None]


def test_an_agent_in_no_queue_takes_from_every_queue_and_from_none(desk: Desk) -> None:
    with desk.change() as change:
        tickets = [services.create_ticket(change, subject="x", queue_id=one).id for one in (None, 1, 2)]
    assert [take(desk) for _ in range(4)] == [*tickets, None]


def test_next_leaves_what_waits_for_somebody_else(desk: Desk) -> None:
    with desk.change() as change:
        given = services.create_ticket(change, subject="given", assignee_id=2)
        waits = services.create_ticket(change, subject="waits")
        services.set_status(change, waits.id, "pending", reason="asked for a picture")
        done = services.create_ticket(change, subject="done")
        services.solve_ticket(change, done.id)
        assert given.id is not None
    assert take(desk) is None


def test_next_needs_somebody_who_may_work(sqlite_desk: Desk) -> None:
    sqlite_desk.actor = Actor(2, "ben", "Ben", Role.READ_ONLY)
    with pytest.raises(NotPermittedError):
        take(sqlite_desk)


def test_next_is_taken_back_by_its_number(desk: Desk) -> None:
    fill(desk, 3)
    first = take(desk)
    with desk.change() as change:
        services.undo_change(change)
    assert take(desk) == first


def test_a_ticket_that_somebody_is_taking_is_passed_over(postgres_place: str) -> None:
    desk = open_desk(postgres_place, FixedClock(NOW))
    fill(desk, 5)
    other = acting(postgres_place, 2)
    with desk.change() as change:
        mine = services.take_next(change)
        theirs = take(other)  # ours is not committed yet
        assert mine is not None
        assert theirs not in (None, mine.id)
    other.close()
    desk.close()


class GaveUpError(Exception):
    """Somebody's change ends without a commit."""


def give_up_taking(desk: Desk, other: Desk, seen: list[int | None]) -> None:
    with desk.change() as change:
        ticket = services.take_next(change)
        seen += [ticket.id if ticket else None, take(other)]
        raise GaveUpError


def test_a_ticket_whose_taker_gave_up_is_found_by_the_next_press(postgres_place: str) -> None:
    desk = open_desk(postgres_place, FixedClock(NOW))
    fill(desk, 5)
    other, seen = acting(postgres_place, 2), []
    with pytest.raises(GaveUpError):
        give_up_taking(desk, other, seen)
    first, second = seen
    assert first != second
    assert take(other) == first
    other.close()
    desk.close()


@pytest.mark.parametrize("is_taken", [True, False])
def test_the_last_ticket_is_waited_for_while_somebody_holds_it(postgres_place: str, is_taken: bool) -> None:
    """A lock may be about a tag: saying that nothing is left would skip a ticket that is free."""
    desk = open_desk(postgres_place, FixedClock(NOW))
    fill(desk, 1)
    other = acting(postgres_place, 2)
    got: list[int | None] = []
    with desk.change() as change:
        if is_taken:
            services.assign_ticket(change, 1001, to=3)
        else:
            services.set_tags(change, 1001, add=["vat"])
        change.session.flush()
        press = threading.Thread(target=lambda: got.append(take(other)))
        press.start()
        press.join(0.3)
        assert press.is_alive()
    press.join(20)
    assert got == [None if is_taken else 1001]
    other.close()
    desk.close()


def test_a_lock_on_a_ticket_that_was_taken_meanwhile_is_let_go(postgres_place: str) -> None:
    """Two who each keep what the other waits for would wait for ever."""
    desk = open_desk(postgres_place, FixedClock(NOW))
    fill(desk, 1)
    other, third = acting(postgres_place, 2), acting(postgres_place, 3)
    seen: list[object] = []

    def wait_for_it() -> None:
        with other.change() as change:
            seen.append(assignments._lock_free(change, 1001, [], wait=True))
            with third.change() as theirs:
                theirs.sql("SET LOCAL lock_timeout = '3s'")
                seen.append(services.set_tags(theirs, 1001, add=["vat"]).tags)

    with desk.change() as change:
        services.assign_ticket(change, 1001, to=3)
        change.session.flush()
        press = threading.Thread(target=wait_for_it)
        press.start()
        press.join(0.3)
    press.join(20)
    assert seen == [False, ["vat"]]
    for one in (other, third, desk):
        one.close()


def press_until_empty(place: str, agent_id: int) -> list[int]:
    desk = acting(place, agent_id)
    taken = []
    while (ticket := take(desk)) is not None:
        taken.append(ticket)
    desk.close()
    return taken


def drill(place: str, tickets: int, processes: int) -> None:
    """Two agents press `next` from several processes each until nothing is left."""
    desk = open_desk(place, FixedClock(NOW))
    fill(desk, tickets)
    agents = [2 + number % 2 for number in range(processes)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        taken = pool.starmap(press_until_empty, [(place, one) for one in agents], chunksize=1)
    everything = sorted(ticket for some in taken for ticket in some)
    assert everything == list(range(1001, 1001 + tickets))
    with desk.change() as change:
        holders = {row.id: row.assignee_id for row in change.find_all(Ticket)}
    desk.close()
    told = {ticket: agent for agent, some in zip(agents, taken, strict=True) for ticket in some}
    assert holders == told


def test_no_ticket_is_given_twice_and_none_is_left(place: str) -> None:
    drill(place, tickets=60, processes=3)


@pytest.mark.slow
def test_a_thousand_tickets_are_given_once_each_to_two_agents_at_eight_places(place: str) -> None:
    drill(place, tickets=1000, processes=8)
