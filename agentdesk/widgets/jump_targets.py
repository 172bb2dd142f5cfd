"""Where jump mode can go on a screen: what a widget says of itself, else whatever takes the focus.

A widget with `jump_targets` answers for what is inside it: rows, tabs, words of a bar.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.errors import NoWidget
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Target:
    """One place that can be reached.

    Attributes:
        x: the column, in the widget or on the screen.
        y: the line, likewise.
        go: goes there.
    """

    x: int
    y: int
    go: Callable[[], Any]


def targets_of(screen: Screen[Any]) -> list[Target]:
    """Everything that can be reached on a screen, line by line; nothing twice and nothing out of sight."""
    found: dict[tuple[int, int], Target] = {}
    for widget in screen.walk_children(Widget):
        seen = _seen(screen, widget)
        if not seen:
            continue
        region = widget.region
        for one in _inside(widget):
            x, y = region.x + one.x, region.y + one.y
            if seen.contains(x, y):
                found.setdefault((y, x), Target(x, y, one.go))
    return [found[place] for place in sorted(found)]


def _seen(screen: Screen[Any], widget: Widget) -> Region:
    """The part of a widget that is on the screen."""
    with suppress(NoWidget):  # not laid out
        if widget.visible and not widget.disabled:
            return screen.find_widget(widget).visible_region
    return Region()


def _inside(widget: Widget) -> Iterator[Target]:
    from textual.widgets import Button, OptionList

    own = getattr(widget, "jump_targets", None)
    if own is not None:
        yield from own()
    elif isinstance(widget, OptionList):
        yield from _options(widget)
    elif isinstance(widget, Button):
        yield Target(0, 0, widget.press)
    elif widget.can_focus:
        yield Target(0, 0, widget.focus)


def _options(listed: Any) -> Iterator[Target]:
    """The options in sight, each on its first line."""
    top = listed.scroll_offset.y
    for y, (index, line) in enumerate(listed._lines[top : top + listed.size.height]):  # noqa: SLF001  nothing public says where an option is
        if line == 0 and not listed.options[index].disabled:
            yield Target(0, y, partial(_highlight, listed, index))


def _highlight(listed: Any, index: int) -> None:
    if listed.can_focus:
        listed.focus()
    listed.highlighted = index
