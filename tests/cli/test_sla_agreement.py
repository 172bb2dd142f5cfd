"""`sla explain`, `sla elapsed` and `sla due` say the same of any ticket: what one prints, another one counts to the minute."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import Type
from tests.cli.desk_by_commands import OPENED, DeskByCommands
from tests.domain.sla.facts import at

COMMANDS = (
    "ticket reply T Which?",
    "ticket reply T Which? --then pending",
    "ticket reply T Done. --then solved",
    "ticket receive T 'And this.'",
    "ticket note T Hm.",
    "ticket set T status=on_hold waiting_for=supplier",
    "ticket set T status=open",
    "ticket set T priority=urgent",
    "ticket set T priority=low",
    "ticket solve T",
    "ticket reopen T",
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(COMMANDS), st.sampled_from([0, 61, 47 * 60, 5 * 3600 + 1, 20 * 3600, 3 * 86400])
    ),
    max_size=7,
)
"""A command, and how many seconds pass before it; what the desk refuses is no step."""


@pytest.fixture
def desk(cli: Type) -> DeskByCommands:
    desk = DeskByCommands(cli)
    for calendar in ("UK", "DE"):
        desk.calendar(calendar)
        desk.policy(
            calendar,
            *("frt=urgent:30m,normal:2h", "nrt=urgent:30m,normal:1h,low:9h", "update=4h"),
            *("solution=urgent:3h,normal:8h", "work=urgent:1h,normal:6h,low:20h"),
            calendar=calendar,
            more=f"--conditions tag:{calendar.lower()}",
        )
    desk.policy("Rest", "frt=90m", "solution=2d", calendar="24x7")
    return desk


@given(
    steps=STEPS,
    tag=st.sampled_from(["uk", "de", "none"]),
    start=st.sampled_from(["Mon 10:00", "Fri 16:59:30"]),
)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_explain_elapsed_and_due_agree_on_any_ticket(desk, steps, tag, start):
    desk.refs.clear()
    now = at(start)
    desk.step(stamp(now), f"{OPENED} --tags {tag}")
    for line, seconds in steps:
        now += timedelta(seconds=seconds)
        desk.at(stamp(now), line)
    told = desk.explained(stamp(now + timedelta(hours=3)))
    for clock in told["clocks"]:
        counted = [row for row in clock["rows"] if row["counted"]]
        used = clock["elapsed_minutes"]
        assert sum(row["open_minutes"] for row in counted) == used
        assert not counted or counted[-1]["total_minutes"] == used
        end = clock["cancelled_at"] or clock["fulfilled_at"] or told["as_of"]
        pauses = list(paused(clock, end))
        span = ["--calendar", clock["calendar"], "--start", clock["started_at"]]
        elapsed = desk.done(desk.type("sla", "elapsed", *span, "--end", end, *pauses))
        assert elapsed.json == {"minutes": used}
        if clock["due_at"] is not None:
            due = desk.done(
                desk.type("sla", "due", *span, "--target", f"{clock['target_minutes']}m", *pauses)
            )
            assert instant(due.json["due_at"]) == instant(clock["due_at"])


def paused(clock: dict, end: str) -> Iterator[str]:
    """The pauses that `sla explain` printed, as `sla elapsed` takes them; one that lasts goes on to the end."""
    for one in clock["pauses"]:
        yield from ("--pause", f"{one['start']}/{one['until'] or end}")


def stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
