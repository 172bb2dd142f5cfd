"""What does not fit beside a name goes on in its own column, and nothing is cut without a sign."""

from textual.app import App, ComposeResult
from textual.content import Content

from agentdesk.widgets.finder import Finder, Line
from agentdesk.widgets.picker import Entry, Picker
from agentdesk.widgets.theme import THEMES

FILES = [
    Entry(1, "photo.png", "112 B, image/png, of Matthias"),
    Entry(2, "a", "86 B", refusal="not to be saved"),
]


class Narrow(App[None]):
    CSS = "#picker, #finder { width: 36; }"

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(THEMES["ink"])
        self.theme = "ink"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(THEMES["ink"].variables)

    def compose(self) -> ComposeResult:
        yield Picker(FILES, id="picker")
        yield Finder("", id="finder")


def shown(app: App[None]) -> list[str]:
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


def left_of(rows: list[str], words: str) -> int:
    return next(row.index(words) for row in rows if words in row)


async def test_what_is_said_beside_a_name_wraps_under_itself() -> None:
    async with Narrow().run_test(size=(36, 20)) as pilot:
        await pilot.pause()
        rows = shown(pilot.app)
    assert left_of(rows, "112 B") == left_of(rows, "Matthias") == left_of(rows, "not to be saved")


async def test_a_wider_list_says_it_in_one_line_again() -> None:
    async with Narrow().run_test(size=(80, 20)) as pilot:
        pilot.app.query_one(Picker).styles.width = 60
        await pilot.pause()
        assert any("photo.png  112 B, image/png, of Matthias" in row for row in shown(pilot.app))


async def test_a_long_command_goes_on_under_its_sentence() -> None:
    async with Narrow().run_test(size=(36, 20)) as pilot:
        line = Line(Content("v      Mark from here to where you go; again keeps it"), 1, hang=7)
        pilot.app.query_one(Finder).put([line])
        await pilot.pause()
        rows = shown(pilot.app)
    assert left_of(rows, "Mark from") == left_of(rows, "go; again") == 7


def test_a_row_keeps_its_words_and_styles_when_it_wraps() -> None:
    line = Line(Content.assemble(("v  ", "bold"), "one two three four"), 1, hang=3)
    assert line.wrapped(0) is line.text
    assert line.wrapped(12).plain == "v  one two\n   three\n   four"
    assert line.wrapped(40).plain == line.text.plain
    assert "bold" in {str(span.style) for span in line.wrapped(12).spans}
