from datetime import date

import pytest

from agentdesk.domain.holidays import Holiday, Years
from agentdesk.transfer.holiday_file import HolidayFileError, read_holiday_file

SOON = Years(2026, 2028)


def file(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}", *event.strip().splitlines(), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def read(*events: str, years: Years = SOON):
    return read_holiday_file(file(*events), "team.ics", years)


def dates(*events: str, years: Years = SOON) -> list[str]:
    return [one.on.isoformat() for one in read(*events, years=years).holidays]


def test_an_all_day_event_closes_its_date_under_its_name():
    found = read("DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261226\nSUMMARY:Christmas\\, at  home")
    assert found.holidays == (Holiday(date(2026, 12, 25), "Christmas, at home"),)
    assert (found.outside, found.left_out) == (0, ())


@pytest.mark.parametrize(
    ("event", "closed"),
    [
        ("DTSTART;VALUE=DATE:20260101", ["2026-01-01"]),
        (
            "DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227",
            ["2026-12-24", "2026-12-25", "2026-12-26"],
        ),
        ("DTSTART;VALUE=DATE:20261224\nDURATION:P2D", ["2026-12-24", "2026-12-25"]),
        ("DTSTART:20260704T000000\nDTEND:20260705T000000", ["2026-07-04"]),
        (
            "DTSTART;TZID=Europe/London:20260328T000000\nDTEND;TZID=Europe/London:20260330T000000",
            ["2026-03-28", "2026-03-29"],
        ),
        ("DTSTART;VALUE=DATE:20271231\nDTEND;VALUE=DATE:20280102", ["2027-12-31", "2028-01-01"]),
        (
            "DTSTART;VALUE=DATE:20260202\nRDATE;VALUE=DATE:20260303,20260404",
            ["2026-02-02", "2026-03-03", "2026-04-04"],
        ),
    ],
    ids=["no end", "several days", "duration", "midnight", "clock change", "new year", "more dates"],
)
def test_the_last_date_of_an_event_is_the_one_before_its_end(event, closed):
    assert dates(event) == closed


@pytest.mark.parametrize(
    ("event", "closed"),
    [
        ("DTSTART;VALUE=DATE:19701225\nRRULE:FREQ=YEARLY", ["2026-12-25", "2027-12-25", "2028-12-25"]),
        (
            "DTSTART;VALUE=DATE:20201126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
            ["2026-11-26", "2027-11-25", "2028-11-23"],
        ),
        ("DTSTART;VALUE=DATE:20201126\nRRULE:FREQ=YEARLY;INTERVAL=2", ["2026-11-26", "2028-11-26"]),
        ("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY", ["2028-02-29"]),
        ("DTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY;COUNT=2", ["2026-05-01", "2027-05-01"]),
        (
            "DTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY;UNTIL=20270501T000000Z",
            ["2026-05-01", "2027-05-01"],
        ),
        (
            "DTSTART;TZID=Europe/Berlin:20260501T000000\nDURATION:P1D\nRRULE:FREQ=YEARLY;UNTIL=20270430T220000Z",
            ["2026-05-01", "2027-05-01"],
        ),
        (
            "DTSTART;VALUE=DATE:20251231\nDTEND;VALUE=DATE:20260102\nRRULE:FREQ=YEARLY",
            ["2026-01-01", "2026-12-31", "2027-01-01", "2027-12-31", "2028-01-01", "2028-12-31"],
        ),
        (
            "DTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20270501",
            ["2026-05-01", "2028-05-01"],
        ),
    ],
    ids=[
        "old",
        "weekday",
        "every other",
        "leap day",
        "count",
        "until",
        "until in UTC",
        "two days",
        "but one",
    ],
)
def test_a_yearly_event_closes_a_date_in_each_year_asked_for(event, closed):
    found = read(event)
    assert [one.on.isoformat() for one in found.holidays] == closed
    assert found.outside == 0


def test_one_time_of_a_yearly_event_can_be_moved_or_cancelled():
    yearly = "UID:x\nDTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY\nSUMMARY:Team day"
    moved = "UID:x\nRECURRENCE-ID;VALUE=DATE:20270501\nDTSTART;VALUE=DATE:20270503\nSUMMARY:Team day"
    gone = "UID:x\nRECURRENCE-ID;VALUE=DATE:20280501\nDTSTART;VALUE=DATE:20280501\nSTATUS:CANCELLED"
    content = file(yearly, moved, gone)
    for number in range(3):
        content = content.replace(f"UID:{number}\r\n".encode(), b"")
    found = read_holiday_file(content, "team.ics", SOON).holidays
    assert [one.on.isoformat() for one in found] == ["2026-05-01", "2027-05-03"]


def test_dates_of_other_years_are_counted_and_cancelled_ones_are_none():
    found = read(
        "DTSTART;VALUE=DATE:20251225\nDTEND;VALUE=DATE:20251227",
        "DTSTART;VALUE=DATE:20260101",
        "DTSTART;VALUE=DATE:20260202\nSTATUS:CANCELLED",
    )
    assert [one.on.isoformat() for one in found.holidays] == ["2026-01-01"]
    assert found.outside == 2


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("DTSTART:20260302T090000Z\nDTEND:20260302T100000Z", "has times of day, and closes no whole date."),
        ("DTSTART:20260302T000000", "has a time of day and no end."),
        ("DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=WEEKLY", "repeats in another way than every year."),
        (
            "DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=YEARLY;BYHOUR=1,2,3",
            "repeats in another way than every year.",
        ),
        ("DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=YEARLY;INTERVAL=0", "repeats every 0 years."),
        ("DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=BANANA", "repeats by a rule that cannot be read."),
        (
            "DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=YEARLY\nRRULE:FREQ=YEARLY",
            "repeats by a rule that cannot be read.",
        ),
        ("DTSTART;VALUE=DATE:20260302\nSTATUS:Cancelled", "was cancelled."),
        ("DTSTART:tomorrow", "has no date that can be read."),
        ("DESCRIPTION:no date", "has no date that can be read."),
    ],
)
def test_what_closes_no_date_is_left_out_and_told(event, why):
    found = read(f"{event}\nSUMMARY:Lunch", "DTSTART;VALUE=DATE:20260101")
    assert found.left_out == (f"“Lunch” {why}",)
    assert len(found.holidays) == 1


def test_a_date_that_two_events_name_is_one_holiday():
    found = read("DTSTART;VALUE=DATE:20260101\nSUMMARY:", "DTSTART;VALUE=DATE:20260101\nSUMMARY:New Year")
    assert found.holidays == (Holiday(date(2026, 1, 1), "New Year"),)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "holds no event."),
        (b"name,email\nJo,jo@example.com\n", "is no iCalendar file."),
        (b"\x00\xff\xfe", "is no iCalendar file."),
        (b"END:VCALENDAR\n", "is no iCalendar file."),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "holds no event."),
        (b"x" * 5_000_001, "is larger than 5 MB: that is no list of holidays."),
    ],
    ids=["empty", "csv", "binary", "torn", "unfinished", "large"],
)
def test_a_file_of_something_else_is_refused_in_one_sentence(content, why):
    with pytest.raises(HolidayFileError) as refused:
        read_holiday_file(content, "team.ics", SOON)
    assert str(refused.value) == f"team.ics {why} Export the calendar as iCalendar (.ics) and repeat."
