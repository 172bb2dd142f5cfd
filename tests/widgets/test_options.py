"""A list of options takes page keys at any time."""

from textual.app import App, ComposeResult

from agentdesk.widgets.options import BarredOptions, Options
from agentdesk.widgets.theme import DEFAULT, THEMES


class Hidden(App[None]):
    CSS = "Options { width: 0; height: 0; border: none; padding: 0; }"

    def compose(self) -> ComposeResult:
        yield Options("one", "two")


async def test_a_page_key_before_the_list_has_room_does_nothing() -> None:
    async with Hidden().run_test() as pilot:
        listed = pilot.app.query_one(Options)
        listed.focus()
        listed.highlighted = 0
        await pilot.press("pagedown", "pageup")
        assert listed.highlighted == 0


class Barred(App[None]):
    def get_theme_variable_defaults(self) -> dict[str, str]:
        return THEMES[DEFAULT].variables

    def compose(self) -> ComposeResult:
        yield BarredOptions("one\nand its second line", "two", "three")


async def test_a_bar_stands_before_the_option_under_the_cursor_and_before_no_other() -> None:
    async with Barred().run_test() as pilot:
        listed = pilot.app.query_one(BarredOptions)
        for at, bars in enumerate([[0, 1], [2], [3]]):
            listed.highlighted = at
            await pilot.pause()
            lines = [listed.render_line(y).text for y in range(4)]
            assert [y for y, line in enumerate(lines) if line.startswith("▌ ")] == bars
            assert all(line.startswith(("▌ ", "  ")) for line in lines)
