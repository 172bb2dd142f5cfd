"""The clocks of a ticket: one key away, every one of them, with a table that adds up to what it says."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from agentdesk.desk import Desk
from agentdesk.domain.sla.telling import (
    SIGNS,
    ToldRow,
    began_words,
    calendar_words,
    state_words,
    title,
    told_rows,
)
from agentdesk.queries.clocks import ticket_clocks
from agentdesk.screens.clocks import ClocksScreen
from agentdesk.screens.ticket import TicketScreen
from agentdesk.widgets.clock_lines import HEADS, clock_lines, table_rows
from agentdesk.widgets.rows_view import RowsView
from agentdesk.widgets.spans import Span
from tests.screens.sample_desk import clocked_desk
from tests.screens.sight import Console, seen, settled


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The sample desk with a policy and a clock in every state."""
    opened = clocked_desk(tmp_path)
    yield opened
    opened.close()


async def shown(pilot: Any, ticket_id: int) -> ClocksScreen:
    """The clocks of a ticket, opened from its page with one key."""
    await settled(pilot)
    pilot.app.open_ticket(ticket_id)
    await settled(pilot)
    await pilot.press("C")
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, ClocksScreen)
    return screen


def table(screen: ClocksScreen) -> list[str]:
    return screen.query_one("#table", RowsView).plain_text().splitlines()


async def test_one_key_in_the_queue_opens_the_clocks_and_one_goes_back(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("C")
        await settled(pilot)
        found = seen(pilot)
        assert "Clocks › T-1025  Card was charged twice" in found
        assert "Policy    Standard@1 (-tag:internal)" in found
        assert "Calendar  Berlin@1: Mon-Fri 08:00-12:00,13:00-18:00, Europe/Berlin" in found
        assert "As of     Tue 2026-03-03 10:00 CET" in found
        assert "▌ ▲ first reply  breached Tue 03-03 08:30" in found
        assert "In queue  first reply breached 1:30 ago; normal; gold" in found
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, ClocksScreen)


async def test_back_leads_to_the_ticket_it_was_opened_from(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await shown(pilot, 1026)
        await pilot.press("C")
        await settled(pilot)
        assert isinstance(pilot.app.screen, TicketScreen)


async def test_the_table_is_what_sla_explain_prints_and_adds_up(console: Console, desk: Desk) -> None:
    with desk.read() as read:
        told = ticket_clocks(read, 1025)
    async with console().run_test(size=(120, 40)) as pilot:
        screen = await shown(pilot, 1025)
        for clock in told.clocks:
            *_, heads = table(screen)[:3]
            lines = table(screen)[3:]
            assert heads.split() == " ".join(HEADS).split()
            rows = told_rows(clock, told.rows(clock))
            assert [one.split() for one in lines] == [words(row) for row in rows]
            assert sum(row.minutes for row in rows if row.counted == "yes") == clock.elapsed_minutes
            behind = [row for row in rows if row.counted != "ahead"]
            assert behind[-1].total == clock.elapsed_minutes
            assert rows[-1].total == (clock.target_minutes if rows[-1] not in behind else behind[-1].total)
            await pilot.press("l")
            await settled(pilot)


def words(row: ToldRow) -> list[str]:
    return " ".join(str(getattr(row, one.name)) for one in fields(row)).split()


async def test_keys_walk_the_clocks_round_and_the_nearest_one_is_first(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await shown(pilot, 1026)
        chosen = []
        for key in ("l", "l", "right", "h"):
            chosen.append(next(one for one in seen(pilot).splitlines() if "▌ " in one).split("  ")[1])
            await pilot.press(key)
            await settled(pilot)
        assert chosen == ["▌ ▲ next reply 2", "▌ ▪ solution", "▌ ✓ first reply", "▌ ✓ next reply"]
        assert "▌ ✓ first reply" in seen(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_every_state_is_a_sign_and_a_word_in_every_size(
    console: Console, desk: Desk, size: tuple[int, int]
) -> None:
    signs = set()
    async with console().run_test(size=size) as pilot:
        for ticket_id in range(1025, 1034):
            with desk.read() as read:
                clocks = ticket_clocks(read, ticket_id).clocks
            await shown(pilot, ticket_id)
            for clock in clocks:
                signs.add(SIGNS[clock.state])
                row = next(
                    one for one in seen(pilot).splitlines() if f"{SIGNS[clock.state]} {title(clock)} " in one
                )
                assert state_words(clock).partition(",")[0] in row
            await pilot.press("escape", "escape")
    assert signs == set(SIGNS.values())


async def test_a_long_table_scrolls_by_keys(console: Console, desk: Desk) -> None:
    desk.clock.instant += timedelta(days=14)
    async with console().run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, 1025)
        view = screen.query_one("#table", RowsView)
        await pilot.press("pagedown", "j", "j", "k")
        await settled(pilot)
        assert view.scroll_offset.y > 3
        assert max(map(len, seen(pilot).splitlines())) <= 80


async def test_a_solved_ticket_shows_its_clocks_too(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await shown(pilot, 1033)
        assert "✓ solution     met, 15 of 480 min used" in seen(pilot)
        assert "In queue" not in seen(pilot)


async def test_a_ticket_without_a_policy_says_so(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await shown(pilot, 1002)
        assert "no policy holds for it" in seen(pilot)
        assert "so it has no clocks" in seen(pilot)
        assert "promise at risk, due in 0:25" in seen(pilot)
        await pilot.press("l", "j", "h")


async def test_the_clocks_follow_the_time(
    console: Console, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agentdesk.screens.passing.TICK", 0.3)
    async with console().run_test(size=(120, 40)) as pilot:
        await shown(pilot, 1028)
        assert "▌ ◆ first reply  critical, 56 of 60 min used" in seen(pilot)
        desk.clock.instant += timedelta(minutes=5)
        await pilot.pause(0.6)
        await settled(pilot)
        assert "▌ ▲ first reply  breached Tue 03-03 10:04, 61 of 60 min used, 1 min over" in seen(pilot)


async def test_the_details_of_a_ticket_list_every_clock_and_enter_opens_them(console: Console) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        pilot.app.open_ticket(1026)
        await settled(pilot)
        await pilot.press("l")
        await settled(pilot)
        found = seen(pilot)
        assert "✓ first reply   met, 0 of 60 min used" in found
        assert "▲ next reply 2  breached Tue 03-03 09:48, 12 min over" in found
        assert "▪ solution      running, 6 h left, due Tue 03-03 17:00" in found
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ClocksScreen)


async def test_a_wide_ticket_shows_its_clocks_beside_the_conversation(console: Console) -> None:
    async with console().run_test(size=(200, 50)) as pilot:
        await settled(pilot)
        pilot.app.open_ticket(1026)
        await settled(pilot)
        found = seen(pilot)
        assert "CLOCKS" in found
        assert "▲ next reply 2" in found
        assert "running, 120 of 480 min used," in found


async def test_the_queue_tells_every_state_in_a_sign_and_words(console: Console) -> None:
    async with console().run_test(size=(120, 50)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        rows = {one.split("T-")[1][:4]: one for one in seen(pilot).splitlines() if "T-" in one}
    expected: dict[str, str] = {
        "1025": "▲ −1:30   first reply",
        "1026": "▲ −0:12   next reply",
        "1027": "◆ due     first reply",
        "1028": "◆ 0:04    first reply",
        "1029": "◇ 0:12    first reply",
        "1030": "‖ paused  solution",
        "1031": "▪ 4:20    first reply",
        "1032": "· none",
        "1001": "▲ −0:12   promise",
    }
    assert all(told in rows[ticket] for ticket, told in expected.items()), rows


def test_columns_close_up_before_anything_is_cut(desk: Desk) -> None:
    with desk.read() as read:
        told = ticket_clocks(read, 1025, read.now + timedelta(days=30, seconds=7))
    clock = told.clocks[0]
    rows: Callable[[int], list[str]] = lambda width: [  # noqa: E731  one place says how a row becomes text
        "".join(span.text for span in row)
        for row in table_rows(clock, told_rows(clock, told.rows(clock)), width)
    ]
    for width in (120, 90, 75):
        assert max(map(len, rows(width))) <= width
        assert "…" not in "".join(rows(width))
    assert first(rows(120)).startswith("Mon 03-02")
    assert first(rows(75)).startswith("03-02")


def first(rows: list[str]) -> str:
    """The first row below the heads."""
    return next(below for head, below in pairwise(rows) if head.startswith("From "))


@pytest.mark.parametrize("width", [60, 75, 90, 200])
@pytest.mark.parametrize("number", [1025, 1026, 1028, 1030])
def test_no_word_of_a_clock_is_lost_in_a_narrow_terminal(desk: Desk, width: int, number: int) -> None:
    with desk.read() as read:
        told = ticket_clocks(read, number, read.now + timedelta(days=30, seconds=7))
    for clock in told.clocks:
        cells = told_rows(clock, told.rows(clock))
        marked = [replace(one, mark="target 480, 60 min breached, replied") for one in cells[-1:]]
        rows = ["".join(span.text for span in row) for row in table_rows(clock, [*cells, *marked], width)]
        text = " ".join(" ".join(rows).split())
        assert began_words(clock) in text
        listed = "".join(span.text for row in clock_lines([clock], width, chosen=0) for span in row)
        assert state_words(clock) in f"{listed} {text}"
        assert "…" not in text
        assert all(one in text.split("Ends with")[1] for one in ("480,", "breached,", "replied"))
        assert max(map(len, rows)) <= max(width, 75)


async def test_long_facts_go_on_in_the_next_line(console: Console) -> None:
    async with console().run_test(size=(60, 30)) as pilot:
        screen = await shown(pilot, 1026)
        facts = " ".join(str(screen.query_one("#facts", Static).visual).split())
        assert "…" not in facts
        assert calendar_words(screen._look.told.calendar) in facts


@pytest.mark.parametrize(
    ("mark", "style"),
    [
        ("60 min breached", "late"),
        ("breached, now", "late"),
        ("target 60, due", "soon"),
        ("target 480", "muted"),
    ],
)
def test_what_ends_a_row_has_the_colour_of_what_it_says(desk: Desk, mark: str, style: str) -> None:
    with desk.read() as read:
        clock = ticket_clocks(read, 1025).clocks[0]
    row = ToldRow("Mon 03-02 10:00", "Mon 03-02 11:00", "new", 60, "yes", 120, mark)
    assert table_rows(clock, [row], 80)[-1][-1] == Span(mark, style)


async def test_what_waits_says_that_its_solution_clock_pauses(console: Console) -> None:
    async with console().run_test(size=(100, 30)) as pilot:
        for route, ids, told in (
            ("snooze", [1028], "The solution clock of T-1028 pauses meanwhile."),
            ("snooze", [1028, 1029], "The solution clocks of 2 tickets pause meanwhile."),
            ("status", [1028], "The solution clock of T-1028 pauses meanwhile."),
            ("snooze", [1001], ""),
        ):
            await settled(pilot)
            pilot.app.show(route, ids)
            await settled(pilot)
            if route == "status":
                await pilot.press(*"pending")
                await settled(pilot)
            words = str(pilot.app.screen.query_one("#sentence", Static).content)
            assert ("solution clock" in words) == bool(told)
            assert told in words
            await pilot.press("escape")
            await settled(pilot)
