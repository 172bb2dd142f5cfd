from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.holidays import Holiday
from agentdesk.domain.sla import Calendar
from agentdesk.queries.calendars import calendar_by_name, calendars
from tests.domain.sla.strategies import calendars as any_calendar

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def hours(desk: Desk) -> Desk:
    with desk.change() as change:
        services.add_calendar(change, name="UK", zone="Europe/London", hours="Mon-Fri 09:00-17:00")
        services.add_calendar(change, name="DE", zone="Europe/Berlin", hours="Mon-Fri 08:00-16:00")
    with desk.change() as change:
        services.edit_calendar(change, "UK", hours="Mon-Fri 08:00-18:00")
    return desk


def named(desk: Desk, text: str) -> Calendar:
    with desk.read() as read:
        return calendar_by_name(read, text, LONDON).as_calendar()


def test_a_name_is_its_current_version_and_a_number_any_of_them(hours: Desk) -> None:
    assert named(hours, "uk").hours == "Mon-Fri 08:00-18:00"
    assert named(hours, " UK@1 ").hours == "Mon-Fri 09:00-17:00"
    assert named(hours, "UK@2") == named(hours, "UK")


def test_the_list_has_current_versions_and_every_one_on_request(hours: Desk) -> None:
    with hours.read() as read:
        assert [one.ref for one in calendars(read)] == ["DE@1", "UK@2"]
        assert [one.ref for one in calendars(read, every=True)] == ["DE@1", "UK@1", "UK@2"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("UKK", "There is no calendar UKK. Did you mean UK?"),
        ("UK@3", "There is no calendar UK@3. UK has these versions: 1, 2."),
        ("UK@", "There is no calendar UK@. UK has these versions: 1, 2."),
        ("UK@²", "There is no calendar UK@². UK has these versions: 1, 2."),
        ("Narnia", "There is no calendar Narnia. Known: DE, UK, 24x7."),
        ("Narnia@1", "There is no calendar Narnia@1. Known: DE, UK, 24x7."),
        ("", "There is no calendar . Known: DE, UK, 24x7."),
    ],
)
def test_a_name_of_nothing_is_answered_with_near_ones(hours: Desk, text: str, told: str) -> None:
    with pytest.raises(NotFoundError) as refused:
        named(hours, text)
    assert str(refused.value) == told


@pytest.mark.parametrize("text", ["24x7", "24/7", "ALWAYS"])
def test_every_desk_has_a_calendar_that_never_closes(sqlite_desk: Desk, text: str) -> None:
    assert named(sqlite_desk, text) == Calendar.always("Europe/London")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(calendar=any_calendar())
def test_a_calendar_comes_back_from_the_store_as_it_went_in(sqlite_desk: Desk, calendar: Calendar) -> None:
    with sqlite_desk.read() as read:
        name = f"c{len(calendars(read))}"
    with sqlite_desk.change() as change:
        services.add_calendar(
            change,
            name=name,
            zone=calendar.zone.key,
            hours=calendar.hours,
            holidays=[Holiday(on) for on in calendar.holidays],
            exceptions=calendar.exceptions,
        )
    back = named(sqlite_desk, name)
    assert back.hours == calendar.hours
    assert (back.zone.key, back.week) == (calendar.zone.key, calendar.week)
    assert (back.holidays, back.exceptions) == (calendar.holidays, calendar.exceptions)


def test_a_calendar_comes_back_from_both_databases_as_it_went_in(desk: Desk) -> None:
    eve, christmas = date(2026, 12, 24), Holiday(date(2026, 12, 25), "Weihnachten “1”")
    with desk.change() as change:
        services.add_calendar(
            change,
            name="DE",
            zone="Europe/Berlin",
            hours="Mon-Fri 08:00-12:00,13:00-17:00; Sat 22:00-02:00",
            holidays=[christmas],
            exceptions={eve: ((540, 720), (780, 1440))},
        )
    with desk.read() as read:
        row = calendar_by_name(read, "DE", LONDON)
    assert row.closed_dates == (christmas,)
    assert row.as_calendar() == Calendar.parse(
        "Mon-Fri 08:00-12:00,13:00-17:00; Sat 22:00-02:00",
        "Europe/Berlin",
        [christmas.on],
        {eve: ((540, 720), (780, 1440))},
        "DE@1",
    )
