"""Instants of other systems: what names one is read, what names none or two is refused."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.transfer.foreign_time import ForeignTimeError, TimeReader, is_format

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        ("iso", "2016-02-29T01:16", "2016-02-29T00:16:00+00:00"),
        ("iso", "2016-02-29 01:16:30+05:30", "2016-02-28T19:46:30+00:00"),
        ("iso", "20260304", "2026-03-03T23:00:00+00:00"),
        ("iso", "2026-W10-1", "2026-03-01T23:00:00+00:00"),
        ("%d/%m/%Y %H:%M", "3/4/2026 08:05", "2026-04-03T06:05:00+00:00"),
        ("%d.%m.%y", "31.12.26", "2026-12-30T23:00:00+00:00"),
        ("%m/%d/%Y %I:%M:%S %p", "10/31/2016 11:07:15 PM", "2016-10-31T22:07:15+00:00"),
        ("epoch", "1457000000", "2016-03-03T10:13:20+00:00"),
        ("epoch_ms", "1457000000000", "2016-03-03T10:13:20+00:00"),
        ("iso", "2016-12-31T23:59:60", "2016-12-31T22:59:59+00:00"),
    ],
)
def test_what_names_an_instant_is_read_in_its_zone(written: str, text: str, expected: str) -> None:
    assert TimeReader(written, BERLIN).read(text).isoformat() == expected


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("iso", "2026-02-30"),
        ("iso", "0000-01-01"),
        ("iso", "0999-01-01"),
        ("iso", "2300-01-01"),
        ("iso", "44927"),
        ("iso", "03/04/2026"),
        ("iso", "2026-03-01T24:00:00"),
        ("iso", "2026-03-01T10:00:00+25:00"),
        ("%d/%m/%Y", "31/02/2026"),
        ("%d/%m/%Y", "3/4/26"),
        ("epoch", "soon"),
        ("epoch", "nan"),
        ("epoch", "1e300"),
        ("iso", ""),
    ],
)
def test_what_names_no_instant_is_refused(written: str, text: str) -> None:
    with pytest.raises(ForeignTimeError):
        TimeReader(written, BERLIN).read(text)


@pytest.mark.parametrize("text", ["2026-03-29 02:30", "2026-10-25 02:30"])
def test_a_wall_time_that_a_clock_change_skips_or_repeats_is_refused_with_the_way_out(text: str) -> None:
    with pytest.raises(ForeignTimeError, match="dst = earlier or later"):
        TimeReader("iso", BERLIN).read(text)


@pytest.mark.parametrize(
    ("dst", "text", "expected"),
    [
        ("earlier", "2026-10-25 02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("later", "2026-10-25 02:30", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        ("earlier", "2026-03-29 02:30", datetime(2026, 3, 29, 0, 30, tzinfo=UTC)),
        ("later", "2026-03-29 02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    ],
)
def test_the_map_may_say_which_side_of_a_clock_change_is_meant(
    dst: str, text: str, expected: datetime
) -> None:
    assert TimeReader("iso", BERLIN, dst).read(text) == expected


@given(st.datetimes(datetime.fromisoformat("1900-01-02"), datetime.fromisoformat("2199-12-30")))
def test_what_a_format_writes_it_reads(wall: datetime) -> None:
    written = "%Y-%m-%d %H:%M:%S.%f"
    assert TimeReader(written, ZoneInfo("UTC")).read(wall.strftime(written)) == wall.replace(tzinfo=UTC)


@given(st.text(max_size=30), st.sampled_from(["iso", "epoch", "%d/%m/%Y %H:%M"]))
def test_any_text_is_an_instant_or_refused(text: str, written: str) -> None:
    try:
        found = TimeReader(written, BERLIN).read(text)
    except ForeignTimeError:
        return
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("written", "is_one"), [("iso", True), ("%d/%m/%Y", True), ("%H:%M", False), ("x", False)]
)
def test_a_format_names_a_day(written: str, is_one: bool) -> None:
    assert is_format(written) is is_one
