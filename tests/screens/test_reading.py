"""A page that is read: what is typed before its text is there is not lost, and reading it anew moves nothing."""

from agentdesk.screens.reports import ReportsScreen
from tests.screens.sight import Console, burst, settled


async def test_a_scroll_key_that_came_before_the_report_moves_in_it(console: Console) -> None:
    async with console().run_test(size=(80, 14)) as pilot:
        await settled(pilot)
        await burst(pilot, "4", "j", "j")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ReportsScreen)
        assert pilot.app.screen.query_one("#page").scroll_y == 2


async def test_a_report_that_is_built_again_stays_where_it_was(console: Console) -> None:
    async with console().run_test(size=(80, 14)) as pilot:
        await settled(pilot)
        await burst(pilot, "4", "j", "j", "j")
        await settled(pilot)
        page = pilot.app.screen
        assert isinstance(page, ReportsScreen)
        page.refresh_data()
        await pilot.pause()
        assert page.query_one("#page").scroll_y == 3
        await settled(pilot)
        assert page.query_one("#page").scroll_y == 3


async def test_a_report_is_as_wide_as_its_page_on_a_small_terminal_and_after_it_grew(
    console: Console,
) -> None:
    async with console().run_test(size=(60, 20)) as pilot:
        await settled(pilot)
        await burst(pilot, "4")
        await settled(pilot)
        page = pilot.app.screen.query_one("#page")
        assert page.virtual_size.width <= page.scrollable_content_region.width
        await pilot.resize_terminal(90, 24)
        await pilot.pause(0.15)
        await settled(pilot)
        assert page.query_one("#text").size.width > 60
