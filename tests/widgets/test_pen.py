"""Whatever styles follow each other, every letter looks as it would after a reset and its own style."""

import pyte
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.widgets.pen import Pen
from tests.widgets.test_canvas import seen

CODES = [
    "1",
    "3",
    "4",
    "7",
    "31",
    "97",
    "41",
    "38;5;9",
    "48;5;200",
    "38;2;1;2;3",
    "48;2;9;8;7",
    "22",
    "39",
    "0",
]
styles = st.lists(st.sampled_from(CODES), max_size=4).map(";".join)


def cells(told: str, count: int) -> list[object]:
    screen = pyte.Screen(40, 1)
    pyte.Stream(screen).feed(told)
    return [screen.buffer[0][x] for x in range(count)]


@given(st.lists(styles, min_size=1, max_size=12))
def test_every_letter_has_its_own_style_and_no_other(wanted):
    pen = Pen()
    told = "".join(pen.to(style) + "x" for style in wanted) + pen.to("") + "x"
    each = "".join(f"\x1b[0m\x1b[{style}mx" for style in wanted) + "\x1b[0mx"
    assert cells(told, len(wanted) + 1) == cells(each, len(wanted) + 1)


@given(st.lists(st.tuples(styles, st.sampled_from("x ")), min_size=1, max_size=12))
def test_blanks_look_alike_and_leave_what_follows_as_it_is(wanted):
    pen = Pen()
    told = "".join(pen.to(style, is_blank=letter == " ") + letter for style, letter in wanted)
    each = "".join(f"\x1b[0m\x1b[{style}m{letter}" for style, letter in wanted)
    shown, right = cells(told, len(wanted)), cells(each, len(wanted))
    assert [seen(cell) for cell in shown] == [seen(cell) for cell in right]


def test_only_what_differs_is_said():
    pen = Pen()
    pen.to("38;2;1;2;3;48;2;9;8;7")
    assert pen.to("38;2;4;5;6;48;2;9;8;7") == "\x1b[38;2;4;5;6m"
    assert pen.to("1;48;2;9;8;7;38;2;4;5;6") == "\x1b[1m"
    assert pen.to("38;2;4;5;6;48;2;9;8;7;1") == ""
    assert pen.to("38;2;4;5;6;48;2;9;8;7") == "\x1b[22m"
    assert pen.to("") == "\x1b[0m"
    assert pen.to("") == ""
