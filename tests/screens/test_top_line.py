"""The first line says where one can go: every mode in every width, all named alike."""

import re
from types import SimpleNamespace
from typing import Any

import pytest

from agentdesk.widgets.top_bar import TopBar
from tests.screens.sight import Console, seen, settled

LONG, SHORT = (
    ["Queue", "Customers", "Knowledge", "Reports", "Inbox", "Search"],
    ["Queue", "Cust.", "Know.", "Rep.", "Inbox", "Search"],
)


def modes(pilot: Any) -> list[str]:
    """What follows each of the six numbers on the first line; empty where nothing does."""
    top = seen(pilot).split("\n", 1)[0]
    ways = re.split(r"\d+ open|▲", top)[0]
    found = re.findall(r"(?<=\s)([1-6])(?: ([A-Z][a-z]+\.?))?(?=\s)", ways)
    assert [number for number, _ in found] == list("123456"), top
    return [name for _, name in found]


@pytest.mark.parametrize("is_practice", [False, True])
@pytest.mark.parametrize("width", [60, 66, 72, 80, 90, 100, 120, 160])
async def test_modes_are_whole_in_every_width_and_named_all_alike(
    console: Console, desk: Any, width: int, is_practice: bool
) -> None:
    desk.is_practice = is_practice
    async with console().run_test(size=(width, 24)) as pilot:
        await settled(pilot)
        for key in "123456":
            await pilot.press(key)
            await settled(pilot)
            named = modes(pilot)
            alone = [name if at == int(key) - 1 else "" for at, name in enumerate(LONG)]
            assert named in (LONG, SHORT, alone)
            await pilot.press("escape")
        top = seen(pilot).split("\n", 1)[0]
        assert top.rstrip().endswith("ana")
        assert ("PRACTICE" in top) == is_practice


async def test_at_eighty_cells_the_names_stay_beside_what_is_late(console: Console, desk: Any) -> None:
    desk.is_practice = True
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert modes(pilot) == SHORT
        assert "late" in pilot.app.screen.query_one(TopBar).render().plain


@pytest.mark.parametrize("notices", [0, 1, 12])
@pytest.mark.parametrize("width", [60, 72, 80, 100, 120])
async def test_what_waits_in_the_inbox_hides_neither_what_is_late_nor_practice_and_moves_nothing(
    console: Console, desk: Any, width: int, notices: int
) -> None:
    desk.is_practice = True
    pulse = SimpleNamespace(open=143, late=27, next_due_at=None, notices=notices)
    starts = set()
    async with console().run_test(size=(width, 24)) as pilot:
        await settled(pilot)
        for key in "126":
            await pilot.press(key)
            await settled(pilot)
            pilot.app.screen.query_one(TopBar).show_pulse(pulse, desk.clock.now())
            await pilot.pause()
            top = seen(pilot).split("\n", 1)[0]
            assert "◧ PRACTICE " in top
            assert "▲ 27 " in top
            assert re.search(r"6( Search)?  ", top)
            assert not notices or f"({notices}) " in top
            if "3 Know" in top:
                starts.add(tuple(one.start() for one in re.finditer(r"[1-6](?= [A-Z])", top)))
    assert len(starts) == (width >= 80)
