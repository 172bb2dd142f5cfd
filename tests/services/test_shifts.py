"""Shifts: said, changed by date, taken away; every change undone by its number."""

from datetime import UTC, date, datetime

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.errors import NotFoundError, NotPermittedError
from agentdesk.domain.sla.errors import HoursError, ZoneError
from agentdesk.domain.vocabulary import Role
from agentdesk.queries.shifts import ShiftRow, shift_of

OFFICE = "Mon-Fri 09:00-17:00"
MARCH_2 = date(2026, 3, 2)


def shift(desk: Desk, agent_id: int = 2) -> ShiftRow | None:
    with desk.read() as read:
        return shift_of(read, agent_id)


def put(desk: Desk, **told: object) -> int | None:
    with desk.change() as change:
        services.set_shift(change, 2, **{"zone": "Europe/London", "hours": OFFICE, **told})
    return change.id


def undo(desk: Desk) -> None:
    with desk.change() as change:
        services.undo_change(change)


def test_a_shift_is_kept_as_hours_in_a_zone_and_dates_of_their_own(desk: Desk) -> None:
    put(desk, hours="mon-fri 9-17", exceptions={MARCH_2: (), date(2026, 3, 7): ((600, 720),)})
    row = shift(desk)
    assert row is not None
    assert (row.agent, row.zone, row.hours) == ("ben", "Europe/London", OFFICE)
    assert row.exceptions == {"2026-03-02": "closed", "2026-03-07": "10:00-12:00"}
    assert row.as_calendar().hours_on(MARCH_2) == ()


def test_new_hours_keep_the_days_off(desk: Desk) -> None:
    put(desk, exceptions={MARCH_2: ()})
    put(desk, hours="Mon 10:00-12:00", zone="Europe/Berlin")
    row = shift(desk)
    assert row is not None
    assert (row.zone, row.hours, row.exceptions) == (
        "Europe/Berlin",
        "Mon 10:00-12:00",
        {"2026-03-02": "closed"},
    )


def test_days_off_are_added_to_those_there_are(desk: Desk) -> None:
    put(desk, exceptions={date(2026, 3, 7): ((600, 720),)})
    with desk.change() as change:
        services.add_days(change, 2, [MARCH_2, date(2026, 3, 3)], zone="UTC")
    row = shift(desk)
    assert row is not None
    assert row.zone == "Europe/London"
    assert row.exceptions == {"2026-03-02": "closed", "2026-03-03": "closed", "2026-03-07": "10:00-12:00"}


def test_who_had_no_shift_is_there_on_every_day_but_the_ones_off(desk: Desk) -> None:
    with desk.change() as change:
        services.add_days(change, 2, [MARCH_2], zone="Asia/Tokyo")
    row = shift(desk)
    assert row is not None
    assert (row.zone, row.hours) == ("Asia/Tokyo", "every day 00:00-24:00")
    assert row.exceptions == {"2026-03-02": "closed"}


def test_every_change_of_a_shift_is_taken_back(desk: Desk) -> None:
    put(desk)
    put(desk, hours="Mon 10:00-12:00")
    undo(desk)
    row = shift(desk)
    assert row is not None
    assert row.hours == OFFICE
    with desk.change() as change:
        services.clear_shift(change, 2)
    assert shift(desk) is None
    undo(desk)
    assert shift(desk) is not None


def test_saying_the_same_again_changes_nothing(desk: Desk) -> None:
    put(desk, exceptions={MARCH_2: ()})
    assert put(desk) is None


@pytest.mark.parametrize(
    ("told", "error"),
    [({"hours": "nine to five"}, HoursError), ({"hours": ""}, HoursError), ({"zone": "Mars"}, ZoneError)],
)
def test_hours_and_zones_that_cannot_be_are_refused(
    sqlite_desk: Desk, told: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        put(sqlite_desk, **told)
    assert shift(sqlite_desk) is None


def test_a_shift_needs_an_agent_and_clearing_one_a_shift(sqlite_desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="no agent 99"), sqlite_desk.change() as change:
        services.set_shift(change, 99, zone="UTC", hours=OFFICE)
    with pytest.raises(NotFoundError, match="no shift of ben"), sqlite_desk.change() as change:
        services.clear_shift(change, 2)


def test_only_who_may_change_the_set_up_plans_shifts(sqlite_desk: Desk) -> None:
    sqlite_desk.actor = Actor(2, "ben", "Ben", Role.AGENT)
    with pytest.raises(NotPermittedError):
        put(sqlite_desk)
    with pytest.raises(NotPermittedError), sqlite_desk.change() as change:
        services.clear_shift(change, 2)


def test_a_shift_hangs_on_the_wall_across_a_clock_change(sqlite_desk: Desk) -> None:
    from agentdesk.domain.presence import presence

    put(sqlite_desk)
    row = shift(sqlite_desk)
    assert row is not None
    friday_night = datetime(2026, 3, 27, 20, tzinfo=UTC)  # London springs forward on Sunday
    assert presence(row.as_calendar(), friday_night).until == datetime(2026, 3, 30, 8, tzinfo=UTC)
