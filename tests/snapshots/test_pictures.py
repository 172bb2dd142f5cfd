"""A picture of every screen and dialog: dark at three sizes, in light, contrast and no colour at 80x24, the main ones at all."""

from collections.abc import Callable
from typing import Any

import pytest

from agentdesk.app import ROUTES
from agentdesk.desk import Desk
from agentdesk.screens.compose import ComposeScreen
from agentdesk.screens.frame import REST
from agentdesk.widgets.theme import THEMES
from tests.snapshots.conftest import SNAPSHOTS, ask_ana, bring_contacts, write_a_link

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
    "files": ["g", *"T-2957", "enter", "f"],
    "open_link": ["enter", "f", "enter"],
    "save_file": ["g", *"T-2957", "enter", "f", "enter"],
    "intake": ["g", *"T-2106", "enter", "I"],
    "merge_preview": ["g", *"T-2781", "enter", "M", *"T-2849", "f2"],
    "unmerge": ["g", *"T-2657", "enter", "U"],
    "follow_up": ["g", *"T-2724", "enter", "r"],
    "merged": ["g", *"T-2658", "enter"],
    "property": ["enter", "right", "down", "down", "down", "down", "down", "enter"],
    "split": ["enter", "S"],
    "compose": ["r", *"Good morning,"],
    "insert": ["r", "f6"],
    "attach": ["r", "f9"],
    "note": ["n", *"Looks like the pump."],
    "review": ["r", *"Good morning,", "f2"],
    "confirm": ["r", *"Good morning,", "f2", "d"],
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
    "imports": ["f7"],
    "import_file": ["f7", "n"],
    "import_plan": ["f7", "n", *"moving.csv", "f2"],
    "import_plan_changed": ["f7", "n", *"moving.csv", "f2", "l", "j"],
    "import_plan_rejected": ["f7", "n", *"moving.csv", "f2", *"llll"],
    "customers": ["2"],
    "customer": ["c"],
    "duplicates": ["2", "d"],
    "customer_merge": ["2", "d", "enter"],
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
KEYS = SCREENS | CLOCKED
OF_ANOTHER_NAME = {"query": "queue", "merged": "ticket", "note": "compose"}
"""Pictures whose name does not begin with that of their route."""
PREPARED: dict[str, Callable[[Desk], None]] = {
    **dict.fromkeys(("inbox", "inbox_asked", "inbox_unanswered", "inbox_notices", "answer"), ask_ana),
    "open_link": write_a_link,
    **dict.fromkeys(
        ("imports", "import_file", "import_plan", "import_plan_changed", "import_plan_rejected"),
        bring_contacts,
    ),
}
"""What happens on the sample desk before it is shown."""
NOT_PICTURED: set[str] = set()
"""Routes that no keys lead to."""
LOOKS = ("paper", "contrast", "no-colour")
"""Light, high contrast, and only attributes."""
LOOKED = ("queue_marked", "ticket", "ticket_related", "compose", "review", "macro", "merge_preview", "search")
"""What is pictured in every look at every size; the rest at 80x24."""


def named(width: int, height: int) -> str:
    return f"{width}x{height}"


IN_LOOKS = [
    pytest.param(name, look, size, id=f"{name}-{look}-{named(*size)}")
    for name in KEYS
    for look in LOOKS
    for size in (SIZES if name in LOOKED else SIZES[:1])
]


async def calm(pilot: Any) -> None:
    """Wait until no key is at work and nothing else, the rested cursor was looked after, and two looks are alike."""
    before: Any = None
    if isinstance(pilot.app.screen, ComposeScreen):  # saves by itself every two seconds
        await pilot.app.screen.keep()
    for _ in range(100):
        await pilot.pause(REST * 1.5)
        for field in pilot.app.screen.query("Input, TextArea"):
            field.cursor_blink, field._cursor_visible = False, field.has_focus
        look = [list(strip) for strip in pilot.app.screen._compositor.render_strips()]
        is_at_work = pilot.app.is_typing or getattr(pilot.app.screen, "is_busy", False)
        if look == before and not is_at_work and all(one.is_finished for one in pilot.app.workers):
            return
        before = look
    raise AssertionError("the screen never came to rest")


def route_of(name: str) -> str:
    """The route of which a picture shows the screen."""
    whole = [route for route in ROUTES if name == route or name.startswith(f"{route}_")]
    return OF_ANOTHER_NAME.get(name) or max(whole, key=len)


async def arrived(pilot: Any, name: str) -> None:
    """Wait until the screen is there that the picture is of; under load it may come late."""
    wanted = ROUTES[route_of(name)].partition(":")[2]
    for _ in range(20):
        await calm(pilot)
        if type(pilot.app.screen).__name__ == wanted:
            return
    raise AssertionError(f"{name} shows {type(pilot.app.screen).__name__}, not {wanted}")


def pressing(keys: list[str], name: str = "queue") -> Callable[[Any], Any]:
    async def run(pilot: Any) -> None:
        await calm(pilot)
        for key in keys:
            await pilot.press({" ": "space", ",": "comma", ".": "full_stop"}.get(key, key))
            if len(key) > 1 or len(keys) <= 4:
                await calm(pilot)
        await arrived(pilot, name)

    return run


def test_every_route_has_its_picture() -> None:
    assert set(ROUTES) - {route_of(name) for name in KEYS} == NOT_PICTURED


def test_every_screen_is_pictured_in_every_size_and_look() -> None:
    wanted = {f"{name}-{named(*size)}.svg" for name in KEYS for size in SIZES}
    wanted |= {f"look-{one.id}.svg" for one in IN_LOOKS}
    assert wanted <= {one.name for one in SNAPSHOTS.glob("*.svg")}


@pytest.fixture
def shown(sample: Any, clocked: Any) -> Callable[..., Any]:
    """Make the console on the desk that a screen is pictured on."""

    def make(name: str, theme: str = "ink") -> Any:
        return clocked(theme) if name in CLOCKED else sample(theme=theme, before=PREPARED.get(name))

    return make


@compared
@pytest.mark.parametrize("size", SIZES, ids=lambda size: named(*size))
@pytest.mark.parametrize("name", KEYS)
def test_screen(shown: Any, snap_compare: Any, name: str, size: tuple[int, int]) -> None:
    assert snap_compare(shown(name), terminal_size=size, run_before=pressing(KEYS[name], name))


@pytest.fixture
def plain(request: pytest.FixtureRequest, sample: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without colour, where the look of a picture is that; after `sample`, which allows colours."""
    if request.node.callspec.params["look"] == "no-colour":
        monkeypatch.setenv("NO_COLOR", "1")


@compared
@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize(("name", "look", "size"), IN_LOOKS)
def test_look(shown: Any, snap_compare: Any, name: str, look: str, size: tuple[int, int]) -> None:
    desk = shown(name, "ink" if look == "no-colour" else look)
    assert snap_compare(desk, terminal_size=size, run_before=pressing(KEYS[name], name))


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
