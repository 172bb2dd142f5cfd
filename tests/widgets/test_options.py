"""A list of options takes page keys at any time."""

from textual.app import App, ComposeResult

from agentdesk.widgets.options import Options


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
