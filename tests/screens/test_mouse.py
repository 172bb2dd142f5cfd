"""What can be clicked does what its key does, and the wheel scrolls."""

from tests.screens.sight import settled
from tests.screens.test_queue import table


async def test_tabs_modes_keys_and_rows_are_clicked_and_the_wheel_scrolls(console):
    async with console().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        rows = table(pilot).region
        await pilot.click(offset=(rows.x + 10, rows.y + 3))
        assert table(pilot).cursor == 2
        table(pilot).post_message(_wheel(rows))
        await settled(pilot)
        assert table(pilot).scroll_offset.y > 0
        assert table(pilot).cursor == 2
        spans = {
            action: start
            for bar in pilot.app.screen.query("Bar")
            for start, _, action in bar._spans
            if action
        }
        tab = next(action for action in spans if action.startswith("view_at("))  # the first with room
        await pilot.click("ViewTabs", offset=(spans[tab] + 3, 0))
        await settled(pilot)
        at = int(tab.removeprefix("view_at(").removesuffix(")"))
        assert pilot.app.screen.view.id == pilot.app.screen.views[at].id != "open"
        await pilot.click("KeyBar", offset=(spans["app.help"] + 2, 0))
        await settled(pilot)
        assert type(pilot.app.screen).__name__ == "HelpScreen"
        await pilot.press("escape")
        await pilot.click("TopBar", offset=(spans["app.go('customers')"] + 2, 0))
        await settled(pilot)
        assert pilot.app.current_mode == "customers"


def _wheel(region):
    from textual import events

    return events.MouseScrollDown(
        None, x=5, y=5, delta_x=0, delta_y=1, button=0, shift=False, meta=False, ctrl=False,
        screen_x=region.x + 5, screen_y=region.y + 5,
    )  # fmt: skip
