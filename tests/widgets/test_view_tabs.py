"""The line of views says how many are out of sight, and on which side."""

from dataclasses import dataclass

import pytest

from agentdesk.widgets.bar import Piece
from agentdesk.widgets.view_tabs import LEFT, RIGHT, ViewTabs


@dataclass(frozen=True)
class View:
    id: str
    name: str


VIEWS = [
    View(name.lower(), name) for name in ("Mine", "Unassigned", "Breaching", "Waiting", "All open", "Faults")
]


def shown(current: str | None, width: int) -> list[str]:
    tabs = ViewTabs()
    tabs.refresh = lambda *_, **__: tabs  # type: ignore[assignment, method-assign]  # it is on no screen
    tabs.show_views(VIEWS, current, {})
    return [words(one) for one in tabs.kept_in(tabs._pieces, width)]


def words(piece: Piece) -> str:
    return "".join(text for text, _ in piece.parts)


def test_with_room_for_all_there_is_no_sign() -> None:
    assert shown("mine", 200) == [one.name for one in VIEWS]


@pytest.mark.parametrize(
    ("current", "left", "right"),
    [("mine", "", f"+3 {RIGHT}"), ("faults", f"{LEFT} +3", ""), ("breaching", f"{LEFT} +1", f"+2 {RIGHT}")],
)
def test_signs_count_the_views_out_of_sight(current: str, left: str, right: str) -> None:
    found = shown(current, 46)
    assert (found[0] == left) is bool(left)
    assert (found[-1] == right) is bool(right)


@pytest.mark.parametrize("width", range(24, 80))
@pytest.mark.parametrize("current", [one.id for one in VIEWS])
def test_no_view_goes_uncounted_and_the_line_fits(current: str, width: int) -> None:
    found = shown(current, width)
    names = [one for one in found if LEFT not in one and RIGHT not in one]
    hidden = sum(int(one.strip(f"{LEFT}{RIGHT} ")) for one in found if one not in names)
    assert len(names) + hidden == len(VIEWS)
    assert next(one.name for one in VIEWS if one.id == current) in names
    assert len("   ".join(found)) <= width
