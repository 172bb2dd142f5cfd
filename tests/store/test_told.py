"""Changes that are told another instant: who may write them, what keeps the true one, and where a history ends."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.clock import FixedClock, ToldClock, true_now
from agentdesk.domain.errors import BackwardsError, NotPermittedError
from agentdesk.domain.vocabulary import Role
from agentdesk.models import ChangeRow, Journal, Ticket
from tests.conftest import NOW, open_desk

HOUR = timedelta(hours=1)


def as_of(desk: Desk, ago: timedelta, handle: str = "ana", role: Role = Role.ADMIN, number: int = 1) -> Desk:
    """The same desk, standing at another instant, with somebody in front of it."""
    told = Desk(
        desk.store, desk.settings, desk.clock, Actor(number, handle, handle.title(), role), desk.origin
    )
    told.stand_at(NOW - ago)
    return told


def new_ticket(desk: Desk) -> int:
    with desk.change() as change:
        ticket = services.create_ticket(change, subject="Cup is broken")
    assert ticket.id is not None
    return ticket.id


def test_the_wall_shows_what_time_it_is() -> None:
    wall = FixedClock(NOW)
    told = ToldClock(NOW - HOUR, wall)
    assert (told.now(), true_now(told), true_now(wall)) == (NOW - HOUR, NOW, NOW)


def test_rows_stand_at_the_told_instant_and_the_header_at_the_true_one(desk: Desk) -> None:
    with as_of(desk, HOUR).change() as change:
        ticket = services.create_ticket(change, subject="Cup", body="Broken")
    assert (ticket.created_at, ticket.waiting_since) == (NOW - HOUR, NOW - HOUR)
    with desk.change() as look:
        header = look.get(ChangeRow, change.id)
        rows = look.find_all(Journal, Journal.change_id == change.id)
    assert header.at == NOW
    assert {row.at for row in rows} == {NOW - HOUR}


@pytest.mark.parametrize(
    ("role", "ago", "refused"),
    [
        (Role.READ_ONLY, HOUR, "another instant"),
        (Role.AGENT, HOUR, "another instant"),
        (Role.AGENT, -HOUR, "another instant"),
        (Role.LEAD, HOUR, ""),
        (Role.LEAD, -timedelta(seconds=59), ""),
        (Role.LEAD, -HOUR, "an instant to come"),
        (Role.ADMIN, -HOUR, ""),
    ],
)
def test_each_role_may_tell_what_it_may(sqlite_desk: Desk, role: Role, ago: timedelta, refused: str) -> None:
    desk = as_of(sqlite_desk, ago, "sam", role, 2)
    if not refused:
        new_ticket(desk)
        return
    with pytest.raises(NotPermittedError, match=f"sam may not write as of {refused}"):
        new_ticket(desk)


def test_a_ticket_takes_nothing_before_its_last_event(desk: Desk) -> None:
    ticket = new_ticket(as_of(desk, 3 * HOUR))
    with as_of(desk, HOUR).change() as change:
        services.add_note(change, ticket, "Looked at it")
    with (
        pytest.raises(BackwardsError, match=r"until 2026-03-03T07:30:00Z"),
        as_of(desk, 2 * HOUR).change() as change,
    ):
        services.solve_ticket(change, ticket)
    with as_of(desk, HOUR).change() as change:
        services.solve_ticket(change, ticket)
    assert change.id is not None


def test_a_part_of_a_second_is_told_as_a_whole_one(sqlite_desk: Desk) -> None:
    sqlite_desk.clock.instant = NOW + timedelta(milliseconds=1)
    ticket = new_ticket(sqlite_desk)
    with (
        pytest.raises(BackwardsError, match=r"until 2026-03-03T08:30:01Z"),
        as_of(sqlite_desk, timedelta(0)).change() as change,
    ):
        services.add_note(change, ticket, "Early by a millisecond")


def test_rows_of_a_ticket_that_was_never_loaded_are_refused_too(desk: Desk) -> None:
    ticket = new_ticket(as_of(desk, 3 * HOUR))
    with desk.change() as change:
        services.edit_ticket(change, ticket, {"priority": "high"})
    with pytest.raises(BackwardsError), as_of(desk, HOUR).change() as change:
        services.undo_change(change)
    with desk.change() as look:
        assert look.get(Ticket, ticket).priority == "high"


def test_another_ticket_and_a_plain_write_are_not_held_up(desk: Desk) -> None:
    ticket = new_ticket(as_of(desk, -HOUR))
    other = new_ticket(as_of(desk, HOUR))
    with as_of(desk, HOUR).change() as change:
        services.add_note(change, other, "Fine")
    with desk.change() as change:
        services.add_note(change, ticket, "The clocks of two machines may differ")
    assert change.id is not None


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=600), min_size=1, max_size=6))
def test_however_it_is_told_a_history_grows_forwards(tmp_path_factory, minutes: list[int]) -> None:
    desk = open_desk(str(tmp_path_factory.mktemp("told") / "desk.db"), FixedClock(NOW))
    ticket = new_ticket(as_of(desk, timedelta(minutes=600)))
    for ago in minutes:
        try:
            with as_of(desk, timedelta(minutes=ago)).change() as change:
                services.add_note(change, ticket, "Hm")
        except BackwardsError:
            continue
    with desk.read() as read:
        sql = "SELECT at FROM journal WHERE ticket_id = :ticket ORDER BY id"
        instants = [at for (at,) in read.tuples(sql, {"ticket": ticket})]
    desk.close()
    assert instants == sorted(instants)


def test_a_ticket_that_only_decides_must_have_stood_so_too(desk: Desk) -> None:
    ticket = new_ticket(as_of(desk, 3 * HOUR))
    with as_of(desk, HOUR).change() as change:
        services.solve_ticket(change, ticket)
        services.close_ticket(change, ticket)
    with pytest.raises(BackwardsError), as_of(desk, 2 * HOUR).change() as change:
        services.receive_message(change, ticket, "It was open then: this would be no follow-up")
