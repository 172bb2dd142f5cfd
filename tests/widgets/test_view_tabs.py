"""The line of views says how many are out of sight, and on which side."""

from dataclasses import dataclass

import pytest

from agentdesk.queries.views import BUILT_IN
from agentdesk.widgets.bar import Piece
from agentdesk.widgets.view_tabs import LEFT, RIGHT, ViewTabs


@dataclass(frozen=True)
class View:
    id: str
    name: str


VIEWS = [
    View(name.lower(), name) for name in ("Mine", "Unassigned", "Breaching", "Waiting", "All open", "Faults")
]


def tabs(current: str | None, width: int, counts: dict[str, int], views=VIEWS) -> list[Piece]:
    line = ViewTabs()
    line.refresh = lambda *_, **__: line  # type: ignore[assignment, method-assign]  # it is on no screen
    line.show_views(views, current, counts)
    return line.kept_in(line._pieces, width)


def shown(current: str | None, width: int) -> list[str]:
    return [words(one) for one in tabs(current, width, {})]


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


@pytest.mark.parametrize(
    ("current", "counts", "styles"),
    [
        ("mine", {"breaching": 3, "waiting": 9}, ["$muted"]),
        ("faults", {"breaching": 3}, ["$late"]),
        ("faults", {"breaching": 0}, ["$muted"]),
        ("mine", {"waiting": 9}, ["$muted"]),
    ],
)
def test_a_sign_is_as_loud_as_what_it_hides(current: str, counts: dict[str, int], styles: list[str]) -> None:
    signs = [one for one in tabs(current, 46, counts) if LEFT in words(one) or RIGHT in words(one)]
    assert [style for one in signs for _, style in one.parts] == styles


def test_at_eighty_columns_the_desks_own_views_are_named_or_counted() -> None:
    counts = dict.fromkeys((one.id for one in BUILT_IN), 128)
    for view in BUILT_IN:
        line = [words(one) for one in tabs(view.id, 76, counts, BUILT_IN)]
        assert f"{view.name} 128" in line
        assert len([one for one in line if LEFT not in one and RIGHT not in one]) >= 4
        assert len("   ".join(line)) <= 76


@pytest.mark.parametrize("width", range(24, 80))
@pytest.mark.parametrize("current", [one.id for one in VIEWS])
def test_no_view_goes_uncounted_and_the_line_fits(current: str, width: int) -> None:
    found = shown(current, width)
    names = [one for one in found if LEFT not in one and RIGHT not in one]
    hidden = sum(int(one.strip(f"{LEFT}{RIGHT} ")) for one in found if one not in names)
    assert len(names) + hidden == len(VIEWS)
    assert next(one.name for one in VIEWS if one.id == current) in names
    assert len("   ".join(found)) <= width
