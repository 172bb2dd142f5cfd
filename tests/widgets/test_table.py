"""The line table: the cursor and the marks stay on their rows, a step repaints two lines, any length scrolls."""

import pytest
from textual.app import App

from agentdesk.widgets.columns import Cell, Column
from agentdesk.widgets.table import LineTable
from agentdesk.widgets.theme import THEMES
from tests.widgets.test_paging import Numbers


class TableApp(App):
    def __init__(self, numbers):
        super().__init__()
        self.source = Numbers(numbers)
        self.opened = []

    def get_theme_variable_defaults(self):
        return THEMES["ink"].variables

    def compose(self):
        yield LineTable([Column("NUMBER", 10, lambda row: Cell(f"row {row}"), flexible=True)])

    def on_mount(self):
        self.table.show_source(self.source)

    @property
    def table(self):
        return self.query_one(LineTable)

    def on_row_window_opened(self, event):
        self.opened.append(event.row)

    def lines(self):
        return [self.table.render_line(y).text.rstrip() for y in range(self.table.size.height)]


@pytest.fixture
def running():
    async def run(numbers, body, size=(40, 12)):
        app = TableApp(numbers)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            await body(app, pilot)

    return run


async def settle(pilot):
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_arrows_and_letters_move_the_cursor_and_enter_opens(running):
    async def body(app, pilot):
        await pilot.press("j", "down", "k", "enter")
        assert app.table.cursor == 1
        assert app.opened == [1]

    await running(range(100), body)


async def test_the_end_of_a_million_rows_is_one_fetch_without_skipping(running):
    async def body(app, pilot):
        app.source.skipped.clear()
        await pilot.press("end")
        await settle(pilot)
        assert app.table.row == 999_999
        assert app.lines()[-1] == "▌ row 999999"
        assert set(app.source.skipped) == {0}

    await running(range(1_000_000), body)


async def test_a_reload_keeps_cursor_and_marks_on_their_rows(running):
    async def body(app, pilot):
        await pilot.press("j", "j", "j", "space")
        app.source.numbers[:0] = [-2, -1]
        app.table.reload()
        await settle(pilot)
        assert app.table.row == 4
        assert app.table.cursor == 6
        assert app.table.marks == {3}

    await running(range(100), body)


async def test_a_step_made_while_the_list_is_read_again_is_kept(running):
    async def body(app, pilot):
        app.source.numbers[2:2] = [-2, -1]
        app.table.reload()
        app.table.action_mark()
        app.table.action_mark()
        app.table.action_move(1)
        await settle(pilot)
        assert (app.table.row, app.table.cursor) == (3, 5)
        assert app.table.marks == {0, 1}
        assert app.lines()[1:8] == [
            " •row 0",
            " •row 1",
            "  row -2",
            "  row -1",
            "  row 2",
            "▌ row 3",
            "  row 4",
        ]

    await running(range(100), body)


async def test_a_jump_made_while_the_list_is_read_again_is_kept(running):
    async def body(app, pilot):
        app.source.numbers[:0] = [-2, -1]
        await pilot.press("end")
        await settle(pilot)
        app.table.reload()
        app.table.action_top()
        await settle(pilot)
        assert app.table.row == 0
        app.table.reload()
        app.table.action_bottom()
        await settle(pilot)
        assert app.table.row == 999
        assert app.lines()[-1] == "▌ row 999"

    await running(range(1000), body)


async def test_steps_made_while_a_row_is_looked_for_start_from_it(running):
    async def body(app, pilot):
        app.table.seek(500)
        app.table.action_move(2)
        await settle(pilot)
        assert app.table.row == 502
        assert "▌ row 502" in app.lines()

    await running(range(1000), body)


async def test_a_row_that_left_leaves_the_cursor_where_it_was(running):
    async def body(app, pilot):
        await pilot.press("j", "j", "j")
        app.source.numbers.remove(3)
        app.table.reload()
        await settle(pilot)
        assert (app.table.cursor, app.table.row) == (3, 4)

    await running(range(100), body)


async def test_marking_all_marks_what_no_screen_shows_and_again_nothing(running):
    async def body(app, pilot):
        app.table.mark_all()
        await settle(pilot)
        assert app.table.chosen() == list(range(500))
        app.table.mark_all()
        await settle(pilot)
        assert app.table.chosen() == [0]

    await running(range(500), body)


async def test_a_step_inside_the_screen_repaints_two_lines(running):
    async def body(app, pilot):
        painted = []
        refresh = app.table.refresh
        app.table.refresh = lambda *regions, **named: (painted.append(regions), refresh(*regions, **named))[1]
        app.table.action_move(1)
        assert [region.height for regions in painted for region in regions] == [1, 1]

    await running(range(100), body)


async def test_a_click_highlights_and_a_double_click_opens(running):
    async def body(app, pilot):
        await pilot.click(LineTable, offset=(5, 4))
        assert app.table.cursor == 3
        await pilot.click(LineTable, offset=(5, 4), times=2)
        assert app.opened == [3]

    await running(range(100), body)


async def test_a_hostile_row_is_one_printable_line_of_the_right_width():
    class Hostile(TableApp):
        def compose(self):
            yield LineTable(
                [Column("X", 10, lambda _: Cell("\x1b]52;c;eA==\x07[/red]注文\u202e\nx"), flexible=True)]
            )

    app = Hostile([1, 2])
    async with app.run_test(size=(30, 6)) as pilot:
        await settle(pilot)
        strip = app.table.render_line(1)
        assert strip.text.isprintable()
        assert strip.cell_length == 30
        assert "[/red]" in strip.text


async def test_an_empty_list_has_nothing_to_act_on(running):
    async def body(app, pilot):
        await pilot.press("j", "end", "space", "enter", "pagedown")
        assert app.table.chosen() == []
        assert app.opened == []

    await running([], body)


async def test_a_list_that_shrank_meanwhile_is_read_again(running):
    async def body(app, pilot):
        del app.source.numbers[100:]
        app.table.go(80)
        await settle(pilot)
        assert app.table.total == 100
        assert app.table.row == 80

    await running(range(1000), body)


async def test_a_reread_draws_only_the_lines_that_show_something_else(running, monkeypatch):
    async def body(app, pilot):
        drawn = []
        monkeypatch.setattr(type(app.table), "refresh", lambda self, *regions, **_: drawn.append(regions))
        app.source.numbers[2] = 777
        app.table.reload()
        await settle(pilot)
        assert [region.y for (region,) in drawn if region] == [3]
        drawn.clear()
        app.table.reload()
        await settle(pilot)
        assert drawn == []

    await running(range(50), body)


async def test_a_range_over_rows_that_were_never_read_is_marked_whole(running):
    async def body(app, pilot):
        await pilot.press("j", "v", "end", "v")
        await settle(pilot)
        assert app.table.marks == set(range(1, 3000))

    await running(range(3000), body)


async def test_a_range_stays_on_its_rows_when_the_list_grows_above_it(running):
    async def body(app, pilot):
        await pilot.press("j", "j", "v", "j")
        app.source.numbers.insert(0, 500)
        app.table.reload()
        await settle(pilot)
        await pilot.press("j")
        assert app.table.marks == {2, 3, 4}

    await running(range(50), body)
