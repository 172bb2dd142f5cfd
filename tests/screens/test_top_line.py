"""The first line says where one can go: every mode in every width, all named alike."""

import re
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
