"""A picture of every screen and dialog at 80x24, 120x40 and 200x50, and of the main ones in light, contrast and no colour."""

from collections.abc import Callable
from typing import Any

import pytest

from agentdesk.app import ROUTES
from agentdesk.screens.compose import ComposeScreen
from agentdesk.screens.frame import REST
from agentdesk.widgets.theme import THEMES
from tests.snapshots.conftest import SNAPSHOTS

compared = pytest.mark.slow
"""Byte for byte only in the drill: what is on the way when a picture is taken depends on the machine's load."""
SIZES = [(80, 24), (120, 40), (200, 50)]
SCREENS: dict[str, list[str]] = {
    "queue": ["j", "j"],
    "queue_marked": ["space", "space", "j"],
    "queue_groups": ["G"],
    "query": ["slash"],
    "columns": ["O"],
    "save_view": ["V"],
    "bulk": ["space", "space", "space", "m"],
    "macro": ["x"],
    "merge": ["M"],
    "link": ["L"],
    "copy_menu": ["Y"],
    "search": ["6", *"invoice"],
    "found": ["6", *"descale", "enter", "l", "l", "l", "l", "l", "enter"],
    "ticket": ["enter"],
    "ticket_details": ["enter", "l"],
    "ticket_history": ["enter", "l", "l"],
    "ticket_related": ["enter", "l", "l", "l"],
    "files": ["g", *"T-2734", "enter", "f"],
    "save_file": ["g", *"T-2734", "enter", "f", "enter"],
    "intake": ["g", *"T-2107", "enter", "I"],
    "merge_preview": ["g", *"T-2841", "enter", "M", *"T-2920", "f2"],
    "unmerge": ["g", *"T-2291", "enter", "U"],
    "follow_up": ["g", *"T-2724", "enter", "r"],
    "merged": ["g", *"T-2290", "enter"],
    "property": ["enter", "l", "j", "j", "j", "enter"],
    "split": ["enter", "S"],
    "compose": ["r", *"Good morning,"],
    "insert": ["r", "f6"],
    "attach": ["r", "f9"],
    "note": ["n", *"Looks like the pump."],
    "review": ["r", *"Good morning,", "f2"],
    "escalation": ["E"],
    "assign": ["a"],
    "status": ["s"],
    "priority": ["u"],
    "tags": ["t"],
    "edit": ["enter", "e"],
    "snooze": ["w"],
    "new_ticket": ["plus"],
    "goto": ["g", *"dela"],
    "sort": ["o"],
    "help": ["question_mark", *"esc"],
    "palette": ["colon", *"rep"],
    "jump": ["ctrl+o"],
    "play": ["f9", "s", *"pend", "escape", "f9", "at"],
    "preferences": ["comma"],
    "customers": ["2"],
    "customer": ["c"],
    "inbox": ["5"],
    "inbox_asked": ["5", "l"],
    "inbox_unanswered": ["5", "l", "l"],
    "inbox_notices": ["5", "l", "l", "l"],
    "answer": ["5", "l", "w"],
    "knowledge": ["3"],
    "article": ["3", "plus"],
    "reports": ["4"],
}
"""The keys that lead from the queue to each screen."""
CLOCKED: dict[str, list[str]] = {
    "queue_clocks": ["j"],
    "ticket_clocks": ["enter", "l"],
    "clocks": ["j", "j", "C"],
}
"""The same on the small desk that has a policy: a clock in every state."""
NOT_PICTURED = {"confirm", "open_link"}
"""Opened by none of these keys: the one asks before something that cannot be taken back; the sample desk has no links."""
LOOKS = ("paper", "contrast", "no-colour")
"""Light, high contrast, and only attributes."""
LOOKED = ("queue_marked", "ticket", "ticket_related", "compose", "review", "macro", "merge_preview", "search")
"""What is pictured in every look besides."""


async def calm(pilot: Any) -> None:
    """Wait until nothing works any more, the rested cursor was looked after, and two looks are alike."""
    before: Any = None
    if isinstance(pilot.app.screen, ComposeScreen):  # saves by itself every two seconds
        await pilot.app.screen.keep()
    for _ in range(100):
        await pilot.pause(REST * 1.5)
        for field in pilot.app.screen.query("Input, TextArea"):
            field.cursor_blink, field._cursor_visible = False, field.has_focus
        look = [list(strip) for strip in pilot.app.screen._compositor.render_strips()]
        if look == before and all(one.is_finished for one in pilot.app.workers):
            return
        before = look
    raise AssertionError("the screen never came to rest")


def pressing(keys: list[str]) -> Callable[[Any], Any]:
    async def run(pilot: Any) -> None:
        await calm(pilot)
        for key in keys:
            await pilot.press({" ": "space", ",": "comma", ".": "full_stop"}.get(key, key))
            if len(key) > 1 or len(keys) <= 4:
                await calm(pilot)
        await calm(pilot)

    return run


def test_every_route_has_its_picture() -> None:
    assert {
        route for route in ROUTES if not any(name.startswith(route) for name in SCREENS | CLOCKED)
    } == NOT_PICTURED


def test_every_screen_is_pictured_in_every_size() -> None:
    named = {f"{name}-{width}x{height}.svg" for name in SCREENS | CLOCKED for width, height in SIZES}
    named |= {f"look-{name}-{look}.svg" for name in LOOKED for look in LOOKS}
    assert named <= {one.name for one in SNAPSHOTS.glob("*.svg")}


@compared
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS | CLOCKED)
def test_screen(sample: Any, clocked: Any, snap_compare: Any, name: str, size: tuple[int, int]) -> None:
    keys = (CLOCKED if name in CLOCKED else SCREENS)[name]
    desk = clocked() if name in CLOCKED else sample(asked=keys[:1] == ["5"])
    assert snap_compare(desk, terminal_size=size, run_before=pressing(keys))


@compared
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", LOOKED)
def test_look(sample: Any, snap_compare: Any, monkeypatch: pytest.MonkeyPatch, name: str, look: str) -> None:
    theme = "ink" if look == "no-colour" else look
    if look == "no-colour":
        monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(sample(theme=theme), terminal_size=(80, 24), run_before=pressing(SCREENS[name]))


@compared
@pytest.mark.parametrize("theme", sorted(set(THEMES) - {"ink"}))
def test_theme(sample: Any, snap_compare: Any, theme: str) -> None:
    assert snap_compare(sample(theme=theme), terminal_size=(120, 40), run_before=pressing(["j"]))


@compared
def test_without_colour(sample: Any, snap_compare: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(sample(), terminal_size=(120, 40), run_before=pressing(["j", "space"]))


@compared
def test_a_desk_nobody_has_used_yet(sample: Any, snap_compare: Any) -> None:
    assert snap_compare(sample(empty=True), terminal_size=(80, 24), run_before=pressing([]))


@compared
def test_a_terminal_that_is_too_small(sample: Any, snap_compare: Any) -> None:
    assert snap_compare(sample(), terminal_size=(50, 12), run_before=pressing([]))
