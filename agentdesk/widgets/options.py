"""The lists of options that every screen uses."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widgets import OptionList

MARGIN = 2
"""Cells before an option that has a bar, as in the line table."""


class Options(OptionList):
    """An `OptionList` that takes a page key before it has been laid out: Textual's own looks up lines it does not have yet."""

    def action_page_up(self) -> None:
        """One page up."""
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """One page down."""
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]


class BarredOptions(Options):
    """Options of which the one under the cursor has a bar before it, as a row of the line table has: seen without colour too."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"options--bar"}
    DEFAULT_CSS = """
    BarredOptions { & > .option-list--option { padding: 0 1 0 2; } & > .options--bar { color: $here; } }
    """

    def render_line(self, y: int) -> Strip:
        """The line, its first blank turned into the bar."""
        strip, line = super().render_line(y), self.scroll_offset.y + y
        if self.highlighted is None or line >= len(self._lines) or self._lines[line][0] != self.highlighted:
            return strip
        first, rest = strip.divide([1, strip.cell_length])
        if first.text != " ":  # it has no margin
            return strip
        [blank] = first
        bar = Style(color=self.get_component_rich_style("options--bar").color)
        return Strip([Segment("▌", (blank.style or Style()) + bar), *rest])
