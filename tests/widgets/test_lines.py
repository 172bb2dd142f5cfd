"""Places of a list and lines of the screen: each leads to the other, and a heading is no place."""

from hypothesis import given
from hypothesis import strategies as st

from agentdesk.widgets.lines import Group, Lines

counts = st.lists(st.integers(1, 9), max_size=12)


@given(counts)
def test_every_line_is_a_place_or_a_heading_in_the_order_of_the_list(sizes):
    groups = [Group(at, f"group {at}", size) for at, size in enumerate(sizes)]
    lines = Lines(groups)
    by_hand = [entry for group in groups for entry in [group, *[None] * group.count]]
    place = 0
    for line, entry in enumerate(by_hand):
        assert lines.heading(line) is entry
        assert lines.below(line) == place
        if entry is None:
            assert (lines.place(line), lines.of(place)) == (place, line)
            assert lines.above(place) == (line - 1 if by_hand[line - 1] is not None else line)
            place += 1
        else:
            assert lines.place(line) is None
    assert lines.total(place) == len(by_hand)


@given(st.integers(0, 50))
def test_without_groups_a_line_is_its_place(place):
    lines = Lines()
    assert (lines.of(place), lines.above(place), lines.place(place), lines.heading(place)) == (
        place, place, place, None,
    )  # fmt: skip
