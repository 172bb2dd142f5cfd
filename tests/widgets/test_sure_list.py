"""A page can be turned in a list that was filled anew while it had no room."""

import pytest
from textual.app import App
from textual.widgets import OptionList

from agentdesk.widgets.sure_list import SureList


class Listed(App):
    def __init__(self, kind):
        super().__init__()
        self.kind = kind

    def compose(self):
        yield self.kind(*map(str, range(50)))


async def filled_without_room(pilot):
    listed = pilot.app.query_one(OptionList)
    listed.highlighted = 3
    await pilot.pause()
    listed.styles.display = "none"
    await pilot.pause()
    listed.set_options([str(at) for at in range(60)])
    listed.set_reactive(OptionList.highlighted, 3)
    return listed


@pytest.mark.parametrize("turn", ["action_page_down", "action_page_up"])
async def test_a_list_without_room_keeps_its_place(turn):
    async with Listed(SureList).run_test() as pilot:
        listed = await filled_without_room(pilot)
        getattr(listed, turn)()
        assert listed.highlighted == 3
        listed.styles.display = "block"
        await pilot.pause()
        getattr(listed, turn)()
        assert listed.highlighted != 3


async def test_the_list_of_textual_would_end_the_console():
    async with Listed(OptionList).run_test() as pilot:
        listed = await filled_without_room(pilot)
        with pytest.raises(KeyError):
            listed.action_page_down()
