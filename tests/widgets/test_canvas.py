"""The lessened output paints the same screen in fewer bytes, whatever was painted before it."""

from itertools import pairwise
from unicodedata import category

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcwidth

from agentdesk.domain.safe_text import cells
from agentdesk.widgets.canvas import Canvas

WIDTH, HEIGHT = 24, 9
CODES = (
    "",
    "1",
    "38;2;1;2;3;48;2;9;8;7",
    "38;2;4;5;6;48;2;9;8;7",
    "1;38;2;4;5;6;48;2;9;8;7",
    "7;31",
    "48;5;3",
    "1;22;4",
)
WORDS = st.text("ab ·▌▲é", min_size=1, max_size=8)
WIDE = st.sampled_from(["漢字", "👩‍👧", "e\u0301", "ﷺ", "❤️"])
pieces = st.lists(st.tuples(st.sampled_from(CODES), WORDS | WIDE), min_size=1, max_size=3).filter(
    lambda parts: all(
        one[0] or other[0] for one, other in pairwise(parts)
    )  # nothing would stand between them
)
placed = st.tuples(st.integers(0, HEIGHT - 1), st.integers(0, 4), pieces)
frames = st.lists(placed, max_size=6)


def styled(code: str, text: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if code else text


def picture(lines) -> str:
    told = (f"\x1b[{y + 1};{x + 1}H" + "".join(styled(*one) for one in parts) for y, x, parts in lines)
    return f"\x1b[?2026h{''.join(told)}\x1b[1;1H\x1b[?2026l"


def in_columns(lines) -> str:
    """The same picture, each text put into its column, for terminals that give a letter another width than we do."""
    apart = []
    for y, x, parts in lines:
        for code, text in parts:
            apart.append((y, x, [(code, text)]))
            x += cells(text)  # noqa: PLW2901  the next column
    return picture(apart)


def table(top: int, cursor: int, width: int = WIDTH) -> list:
    """A list whose first row is `top`, under a heading that stays, with a scrollbar beside it."""
    lines = [(0, 0, [("1", "HEAD".ljust(width))])]
    for y in range(1, HEIGHT):
        code = "48;5;3" if top + y == cursor else ""
        text = f"row {top + y} {'漢' if (top + y) % 7 == 0 else 'word'}"
        lines += [(y, 0, [(code, " "), (code, text), (code, " " * (width - 2 - _cells(text)))])]
        lines += [(y, width - 1, [("7", "▌" if y == top % HEIGHT else " ")])]
    return lines


def _cells(text: str) -> int:
    return len(text) + text.count("漢")


def seen(cell):
    """A cell as an eye sees it: a blank has no ink."""
    if cell.data != " " or cell.reverse or cell.underscore or cell.strikethrough:
        return cell
    return cell._replace(fg="default", bold=False, italics=False)


class Painted:
    """A terminal that reads everything, and one that reads what is left of it."""

    def __init__(self) -> None:
        self.canvas, self.bytes = Canvas(), [0, 0]
        self.screens = [pyte.Screen(WIDTH, HEIGHT), pyte.Screen(WIDTH, HEIGHT)]

    def take(self, lines) -> None:
        for at, told in enumerate((in_columns(lines), self.canvas.lessen(picture(lines)))):
            self.bytes[at] = len(told)
            pyte.Stream(self.screens[at]).feed(told)

    def are_alike(self) -> bool:
        whole, less = (
            [[seen(screen.buffer[y][x]) for x in range(WIDTH)] for y in range(HEIGHT)]
            for screen in self.screens
        )
        return whole == less


@given(st.lists(frames, min_size=1, max_size=5))
def test_a_terminal_shows_the_same_after_every_picture(pictures):
    painted = Painted()
    for lines in pictures:
        painted.take(lines)
        assert painted.are_alike()


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 40)), min_size=2, max_size=6))
def test_a_list_that_moves_up_and_down_shows_the_same(steps):
    painted = Painted()
    for top, cursor in steps:
        painted.take(table(top, cursor))
        assert painted.are_alike()


def test_a_picture_that_is_there_already_costs_nothing():
    painted = Painted()
    painted.take(table(0, 1))
    painted.take(table(0, 1))
    assert painted.bytes[1] < 25


def test_a_list_that_moves_by_a_row_sends_the_new_row_and_the_cursor():
    painted = Painted()
    painted.take(table(10, 18))
    painted.take(table(11, 19))
    assert painted.are_alike()
    assert painted.bytes[1] < painted.bytes[0] / 3
    assert f"row {11 + 4}" not in painted.canvas.lessen(picture(table(11, 19)))


HINDI = "अनन्या चौधरी".ljust(18)


class Reader:
    """A terminal that gives vowel marks a cell, as tmux on glibc does, or none: then they are left out here."""

    def __init__(self, *, gives_cells: bool) -> None:
        self.gives_cells, self.screen = gives_cells, pyte.Screen(WIDTH, HEIGHT)

    def feed(self, told: str) -> None:
        pyte.Stream(self.screen).feed(self.seen(told))

    def seen(self, text: str) -> str:
        return text if self.gives_cells else "".join(one for one in text if category(one) != "Mc")

    def behind(self, y: int) -> str:
        """What stands behind the name."""
        return "".join(self.screen.buffer[y][x].data for x in range(15, WIDTH)).strip()


@pytest.fixture(params=[True, False], ids=["marks take cells", "marks take none"])
def reader(request, monkeypatch):
    monkeypatch.setattr("pyte.screens.wcwidth", lambda one: 1 if category(one) == "Mc" else wcwidth(one))
    return Reader(gives_cells=request.param)


def test_a_name_whose_marks_may_take_cells_keeps_its_letters_and_moves_no_column(reader):
    reader.feed(Canvas().lessen(picture([(2, 0, [("", " "), ("1", HINDI), ("1;7", "open"), ("", "  ")])])))
    assert reader.behind(2) == "open"
    assert "".join(reader.screen.display[2].split()) == reader.seen("अनन्याचौधरीopen")
    assert not reader.screen.display[3].strip()


def test_words_beside_such_a_name_give_way_and_the_time_at_the_right_does_not(reader):
    name = HINDI.strip()
    told = [("1", name), ("", " is in"), ("2", "     9:05")]
    reader.feed(Canvas().lessen(picture([(2, 0, told)])))
    row = [reader.screen.buffer[2][x].data for x in range(WIDTH)]
    assert "".join(row).replace(" ", "").startswith(reader.seen("अनन्याचौधरीisin"))
    assert row.index("9") == cells(name + " is in     ")


def test_two_columns_of_one_style_stand_apart_as_well(reader):
    reader.feed(Canvas().lessen(picture([(2, 0, [("", f" {HINDI}open ")])])))
    assert reader.behind(2) == "open"


def test_such_a_row_comes_in_its_place_when_the_list_moves(reader):
    canvas = Canvas()
    for top in (10, 11, 12):
        rows = [(y, 0, [("", f" {HINDI}T-{top + y} "), ("", "  ")]) for y in range(HEIGHT)]
        told = canvas.lessen(picture(rows))
        reader.feed(told)
    assert "\x1b[1M" in told
    assert [reader.behind(y) for y in range(HEIGHT)] == [f"T-{12 + y}" for y in range(HEIGHT)]


def test_a_word_is_sent_whole():
    canvas = Canvas()
    canvas.lessen(picture([(2, 0, [("", "not saved yet")])]))
    assert "not saved now" in canvas.lessen(picture([(2, 0, [("", "not saved now")])]))


def test_after_another_screen_or_a_resize_all_is_sent():
    canvas, data = Canvas(), picture(table(0, 1))
    canvas.lessen(data)
    assert "row 3" not in canvas.lessen(data)
    canvas.lessen("\x1b[?1049h")
    assert "row 3" in canvas.lessen(data)
    canvas.forget()
    assert "row 3" in canvas.lessen(data)


def test_what_is_not_understood_is_sent_as_it_is():
    data = "\x1b[3;4Hword\x1b[5i\x1b[2J"
    assert Canvas().lessen(data) == data
