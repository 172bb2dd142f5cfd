"""Where the cursor is can be seen without colour: a bar before the row."""

from typing import Any

import pytest

from tests.screens.sight import Console, seen, settled


@pytest.mark.parametrize(
    ("keys", "first", "second"),
    [
        (("comma",), "theme", "advance"),
        (("c",), "opened T-1001", "✉ T-1001"),
        (("2", "space", "space", "M"), "Name", "E-mail"),
    ],
)
async def test_lists_of_options_show_their_cursor_by_a_bar(
    console: Console, keys: tuple[str, ...], first: str, second: str
) -> None:
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        assert first in barred(pilot)
        await pilot.press("j")
        await settled(pilot)
        assert second in barred(pilot)


def barred(pilot: Any) -> str:
    [row] = [line for line in seen(pilot).splitlines() if "▌ " in line]
    return row
