"""A calendar keeps every version it ever had; undo and redo move what is current, and nothing else."""

from datetime import date

import pytest

from agentdesk import services
from agentdesk.desk import Desk
from agentdesk.domain.actor import Actor
from agentdesk.domain.errors import InvalidValueError, NotFoundError, NotPermittedError, UndoError
from agentdesk.domain.holidays import Holiday
from agentdesk.domain.sla.errors import HoursError, ZoneError
from agentdesk.domain.vocabulary import Role
from agentdesk.queries.calendars import calendar_versions, calendars

CHRISTMAS = Holiday(date(2026, 12, 25), "Christmas Day")
NEW_YEAR = Holiday(date(2026, 1, 1), "New Year's Day")


def add(desk: Desk, name: str = "UK", hours: str = "Mon-Fri 09:00-17:00") -> int | None:
    with desk.change() as change:
        services.add_calendar(
            change, name=name, zone="Europe/London", hours=hours, holidays=[CHRISTMAS, NEW_YEAR]
        )
    return change.id


def edit(desk: Desk, **values: object) -> int | None:
    with desk.change() as change:
        services.edit_calendar(change, "UK", **values)
    return change.id


def undo(desk: Desk, number: int | None = None) -> None:
    with desk.change() as change:
        services.undo_change(change, number)


def redo(desk: Desk, number: int | None = None) -> None:
    with desk.change() as change:
        services.redo_change(change, number)


def versions(desk: Desk, name: str = "UK") -> list[tuple[int, str, bool]]:
    with desk.read() as read:
        return [(one.number, one.hours, one.is_current) for one in calendar_versions(read, name)]


def test_the_first_version_is_number_one_and_holds_what_was_said(desk: Desk) -> None:
    with desk.change() as change:
        services.add_calendar(
            change,
            name=" UK  office ",
            zone="Europe/London",
            hours="mon-fri 9-17",
            holidays=iter([CHRISTMAS, NEW_YEAR]),
            exceptions={date(2026, 12, 24): ((540, 720),), date(2026, 3, 7): ()},
        )
    with desk.read() as read:
        [row] = calendars(read)
    assert (row.name, row.number, row.ref, row.zone) == ("UK office", 1, "UK office@1", "Europe/London")
    assert row.hours == "Mon-Fri 09:00-17:00"
    assert row.closed_dates == (NEW_YEAR, CHRISTMAS)
    assert row.exceptions == {"2026-03-07": "closed", "2026-12-24": "09:00-12:00"}


def test_an_edit_adds_a_version_and_rewrites_none(desk: Desk) -> None:
    add(desk)
    edit(desk, hours="Mon-Fri 08:00-18:00")
    edit(desk, zone="Europe/Dublin")
    assert versions(desk) == [
        (1, "Mon-Fri 09:00-17:00", False),
        (2, "Mon-Fri 08:00-18:00", False),
        (3, "Mon-Fri 08:00-18:00", True),
    ]
    with desk.read() as read:
        zones = [one.zone for one in calendar_versions(read, "uk")]
        closed = {one.closed_dates for one in calendar_versions(read, "uk")}
    assert zones == ["Europe/London", "Europe/London", "Europe/Dublin"]
    assert closed == {(NEW_YEAR, CHRISTMAS)}


def test_an_edit_that_says_the_same_in_other_words_makes_no_version(desk: Desk) -> None:
    add(desk)
    assert edit(desk, hours="Mon,Tue,Wed,Thu,Fri 9:00-17:00", zone=" Europe/London") is None
    assert len(versions(desk)) == 1


def test_holidays_are_taken_once_and_keep_the_name_they_have(desk: Desk) -> None:
    add(desk)
    easter = Holiday(date(2026, 4, 6), "Easter Monday")
    with desk.change() as change:
        done = services.add_holidays(change, "UK", [easter, Holiday(CHRISTMAS.on, "Xmas"), easter])
    assert (done.taken, done.known) == ((easter,), (Holiday(CHRISTMAS.on, "Xmas"),))
    with desk.read() as read:
        [row] = calendars(read)
    assert row.number == 2
    assert row.closed_dates == (NEW_YEAR, easter, CHRISTMAS)
    with desk.change() as change:
        again = services.add_holidays(change, "UK", [easter])
    assert again.taken == ()
    assert change.id is None


def test_a_holiday_that_has_hours_of_its_own_is_told(desk: Desk) -> None:
    add(desk)
    edit(desk, exceptions={date(2026, 12, 24): ((540, 720),), date(2026, 3, 7): ()})
    eve, saturday = Holiday(date(2026, 12, 24)), Holiday(date(2026, 3, 7))
    with desk.change() as change:
        assert services.add_holidays(change, "UK", [eve, saturday]).overruled == {eve.on: "09:00-12:00"}


def test_undo_of_an_edit_brings_the_version_before_back_and_redo_the_newer_one(desk: Desk) -> None:
    add(desk)
    edit(desk, hours="Mon-Fri 08:00-18:00")
    after = versions(desk)
    for _ in range(2):
        undo(desk)
        assert versions(desk) == [(1, "Mon-Fri 09:00-17:00", True)]
        redo(desk)
        assert versions(desk) == after


def test_undo_of_the_first_version_frees_the_name_and_redo_takes_it_again(desk: Desk) -> None:
    added = add(desk)
    undo(desk)
    assert versions(desk) == []
    redo(desk, added)
    assert versions(desk) == [(1, "Mon-Fri 09:00-17:00", True)]


def test_redo_is_refused_where_the_name_was_taken_meanwhile(desk: Desk) -> None:
    added = add(desk)
    undo(desk)
    add(desk, hours="Sat 10:00-12:00")
    with pytest.raises(UndoError):
        redo(desk, added)
    assert versions(desk) == [(1, "Sat 10:00-12:00", True)]


def test_an_edit_with_a_later_one_on_top_is_not_taken_back(desk: Desk) -> None:
    add(desk)
    first = edit(desk, hours="Mon-Fri 08:00-18:00")
    edit(desk, hours="Mon-Fri 07:00-19:00")
    before = versions(desk)
    with pytest.raises(UndoError, match="worked on since"):
        undo(desk, first)
    assert versions(desk) == before


def test_redo_of_an_edit_is_refused_once_another_took_its_place(desk: Desk) -> None:
    add(desk)
    first = edit(desk, hours="Mon-Fri 08:00-18:00")
    undo(desk)
    edit(desk, hours="Mon-Fri 07:00-19:00")
    before = versions(desk)
    with pytest.raises(UndoError):
        redo(desk, first)
    assert versions(desk) == before


def test_the_id_of_a_version_that_was_taken_back_is_never_given_again(desk: Desk) -> None:
    ids = []
    for _ in range(2):
        add(desk)
        with desk.read() as read:
            ids.append(calendars(read)[0].id)
        undo(desk)
    assert len(set(ids)) == 2


def test_names_differ_by_more_than_case(desk: Desk) -> None:
    add(desk)
    with pytest.raises(InvalidValueError, match="such a calendar already"):
        add(desk, " uk ")


@pytest.mark.parametrize("name", ["", "  ", "UK@2", "24x7", "24/7", "Always"])
def test_a_name_that_would_mean_something_else_is_refused(sqlite_desk: Desk, name: str) -> None:
    with pytest.raises(InvalidValueError, match="name"):
        add(sqlite_desk, name)


def test_what_no_calendar_can_have_is_refused_and_nothing_is_written(sqlite_desk: Desk) -> None:
    with pytest.raises(HoursError, match="open twice"):
        add(sqlite_desk, hours="Mon 09:00-12:00,11:00-17:00")
    add(sqlite_desk)
    with pytest.raises(ZoneError, match="Mars/Olympus"):
        edit(sqlite_desk, zone="Mars/Olympus")
    with pytest.raises(NotFoundError, match="Did you mean UK"), sqlite_desk.change() as change:
        services.edit_calendar(change, "UKK", hours="closed")
    assert len(versions(sqlite_desk)) == 1


def test_only_who_sets_up_the_desk_changes_calendars(sqlite_desk: Desk) -> None:
    add(sqlite_desk)
    sqlite_desk.actor = Actor(2, "ben", "Ben", Role.AGENT)
    with pytest.raises(NotPermittedError):
        add(sqlite_desk, "DE")
    with pytest.raises(NotPermittedError):
        edit(sqlite_desk, hours="closed")


def test_two_who_edit_at_once_make_two_versions(desk: Desk) -> None:
    """The second waits for the first, and starts from what that left."""
    from concurrent.futures import ThreadPoolExecutor

    add(desk)
    weeks = [f"Mon-Fri {hour:02d}:00-17:00" for hour in (6, 7, 8)]
    with ThreadPoolExecutor(3) as several:
        assert all(several.map(lambda hours: edit(desk, hours=hours), weeks))
    assert [(number, current) for number, _, current in versions(desk)] == [
        (1, False),
        (2, False),
        (3, False),
        (4, True),
    ]
