"""The squeezed output paints the same screen, in fewer bytes."""

import pyte
from hypothesis import given
from hypothesis import strategies as st

from agentdesk.widgets.thrift import squeeze

codes = st.lists(
    st.sampled_from(["1", "3", "4", "7", "31", "92", "44", "103", "38;2;1;2;3", "48;2;9;8;7", "38;5;9", "48;5;3"]),
    min_size=1, max_size=4, unique=True,
)  # fmt: skip
spans = st.lists(st.tuples(codes, st.text("ab ", min_size=1, max_size=3)), max_size=8)


def painted(data: str) -> list[dict[int, object]]:
    screen = pyte.Screen(60, 3)
    pyte.Stream(screen).feed(data)
    return [dict(screen.buffer[row]) for row in range(3)]


@given(spans)
def test_a_terminal_shows_the_same_with_fewer_bytes(parts):
    data = "".join(f"\x1b[{';'.join(one)}m{text}\x1b[0m" for one, text in parts)
    assert painted(squeeze(data)) == painted(data)
    assert len(squeeze(data)) <= len(data)


def test_a_change_of_one_colour_sends_that_colour_alone():
    data = "\x1b[38;2;1;2;3;48;2;0;0;0ma\x1b[0m\x1b[38;2;4;5;6;48;2;0;0;0mb\x1b[0m"
    assert squeeze(data) == "\x1b[38;2;1;2;3;48;2;0;0;0ma\x1b[38;2;4;5;6mb\x1b[0m"


def test_a_cursor_move_between_two_styles_keeps_the_reset_before_it():
    data = "\x1b[1ma\x1b[0m\x1b[2;1H\x1b[1mb\x1b[0m"
    assert squeeze(data) == data
