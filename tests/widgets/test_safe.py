import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import Color
from textual.content import Content
from textual.fuzzy import Matcher
from textual.widgets import DataTable, OptionList, Static
from textual.widgets.option_list import Option

from agentdesk.widgets.safe import SafeFilter, body, content, matched, rich_text

BLACK = Color(0, 0, 0)
HOSTILE = "Re: [Ticket#1] [EXT] hi [/b] [red]x[/red] [@click=app.boom]CLK[/] :smile: [/] \\[ [$primary]"


def filtered(text: str) -> str:
    return "".join(segment.text for segment in SafeFilter().apply([Segment(text)], BLACK))


@given(st.text())
def test_content_shows_the_text_and_reads_no_markup(text):
    assert content(text).plain == rich_text(text).plain
    assert content(f"{HOSTILE}{text}").plain.startswith(HOSTILE)


def test_content_wears_the_style_it_is_given():
    assert content("x", "bold").spans
    assert not content("x").spans
    assert rich_text("x", "bold").style == "bold"
    assert content(None).plain == ""


def test_a_body_keeps_its_lines():
    assert body("one\r\n\x1b[2Jtwo [/]").plain == "one\n␛[2Jtwo [/]"


@given(st.text(min_size=1, max_size=5), st.text())
def test_a_palette_match_is_marked_without_reading_markup(query, text):
    assert matched(Matcher(query), f"{HOSTILE}{text}").plain.startswith(HOSTILE)


def test_a_palette_match_marks_the_letters_found():
    assert [(span.start, span.end) for span in matched(Matcher("ref"), "[a] refund").spans] == [
        (4, 5),
        (5, 6),
        (6, 7),
    ]
    assert matched(Matcher("zzz"), "[/] refund").spans == []


@given(st.text(alphabet=st.characters(codec=None)))
def test_nothing_that_acts_passes_the_filter(text):
    assert not [char for char in filtered(text) if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]
    assert not set(filtered(text)) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
    )


@given(st.text(alphabet=st.characters(codec=None)))
def test_the_filter_moves_no_cell(text):
    single = "".join(char for char in text if char not in "\u200d\ufe0f")
    assert cell_len(filtered(single)) == cell_len(single)


def test_the_filter_leaves_a_clean_line_alone():
    segments = [Segment("漢字 👍", Style(bold=True)), Segment("abc")]
    assert SafeFilter().apply(segments, BLACK) is segments


def test_the_filter_keeps_the_style_of_a_line_it_cleans():
    segments = [Segment("a\x1bb", Style(bold=True)), Segment("c")]
    assert SafeFilter().apply(segments, BLACK) == [Segment("ab", Style(bold=True)), Segment("c")]


class Sinks(App[None]):
    def compose(self) -> ComposeResult:
        yield Static(content(HOSTILE))
        yield OptionList(Option(content(HOSTILE)))
        yield DataTable()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_column(rich_text(HOSTILE))
        table.add_row(rich_text(HOSTILE))
        table.border_title = content(HOSTILE)
        self.notify(HOSTILE, markup=False)


async def test_widgets_show_hostile_text_letter_by_letter():
    app = Sinks()
    async with app.run_test(size=(140, 24)) as pilot:
        await pilot.pause()
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
    assert shown.count(HOSTILE) >= 4


class Unfiltered(App[None]):
    def compose(self) -> ComposeResult:
        yield Static(Content("a\x1b]52;c;AAAA\x07b\u202ec"))


class Filtered(Unfiltered):
    def get_line_filters(self):
        return [*super().get_line_filters(), SafeFilter()]


@pytest.mark.parametrize(("app_type", "is_clean"), [(Filtered, True), (Unfiltered, False)])
async def test_only_the_filter_stops_text_that_came_past_the_door(app_type, is_clean):
    app = app_type()
    async with app.run_test(size=(40, 4)) as pilot:
        await pilot.pause()
        drawn = "".join(strip.text for strip in app.screen._compositor.render_strips())
    assert "52;c;AAAA" in drawn
    assert ("\x1b" not in drawn and "\u202e" not in drawn) is is_clean
