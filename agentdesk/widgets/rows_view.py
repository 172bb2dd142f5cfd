"""Rows of styled spans that scroll: only what is on the screen is drawn, and any of it can be selected."""

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from agentdesk.widgets.spans import Row, Span

STYLES: Final = {
    "name": "bold $foreground",
    "subject": "bold $foreground",
    "internal": "bold $internal",
    "note": "$internal",
    "mention": "bold underline $internal",
    "customer": "$here",
    "text": "$foreground",
    "muted": "$muted",
    "faint": "$faint",
    "rule": "$faint",
    "late": "bold $late",
    "soon": "$soon",
    "here": "$here",
    "waiting": "$waiting",
    "struck": "strike $faint",
}
"""What a span's style means; the component classes below say the same for the line API."""


def to_content(rows: Sequence[Row]) -> Content:
    """The same rows for a `Static`."""
    lines = [Content.assemble(*((span.text, STYLES[span.style]) for span in row)) for row in rows]
    return Content("\n").join(lines)


class RowsView(ScrollView, can_focus=True):
    """A page of rows; `put_rows` shows others."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"rows--{style}" for style in STYLES}
    DEFAULT_CSS = """
    RowsView {
        color: $foreground;
        padding: 0 0 0 1;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        &:focus { background-tint: $foreground 0%; }
        & > .rows--name { color: $foreground; text-style: bold; }
        & > .rows--subject { color: $foreground; text-style: bold; }
        & > .rows--internal { color: $internal; text-style: bold; }
        & > .rows--note { color: $internal; }
        & > .rows--mention { color: $internal; text-style: bold underline; }
        & > .rows--customer { color: $here; }
        & > .rows--text { color: $foreground; }
        & > .rows--muted { color: $muted; }
        & > .rows--faint { color: $faint; }
        & > .rows--rule { color: $faint; }
        & > .rows--late { color: $late; text-style: bold; }
        & > .rows--soon { color: $soon; }
        & > .rows--here { color: $here; }
        & > .rows--waiting { color: $waiting; }
        & > .rows--struck { color: $faint; text-style: strike; }
    }
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._rows: Sequence[Row] = ()
        self._empty = ""
        self._width, self._base = 0, Style()

    def put_rows(self, rows: Sequence[Row], *, empty: str = "") -> None:
        """Show these rows; `empty` is said where there are none."""
        self._rows = rows
        self._empty = empty
        self.virtual_size = Size(self.scrollable_content_region.width, len(rows))
        self.refresh()

    def plain_text(self) -> str:
        """Everything that is laid out, as text: for copying and for tests."""
        return "\n".join("".join(span.text for span in row) for row in self._rows)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text the mouse has selected."""
        return selection.extract(self.plain_text()), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Show what is selected."""
        del selection
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows inside `crop`; what all of them share is asked for once."""
        self._width, self._base = self.scrollable_content_region.width, self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        at = self.scroll_offset.y + y
        base = self._base
        row: Row = self._rows[at] if at < len(self._rows) else ()
        if not self._rows and self._empty and y == 0:
            row = (Span(self._empty, "faint"),)
        segments = [Segment(span.text, base + self._style(span.style)) for span in row]
        strip = Strip(segments).adjust_cell_length(self._width, base)
        return self._marked(strip, at).apply_offsets(0, at)

    def _marked(self, strip: Strip, at: int) -> Strip:
        selection = self.text_selection
        span = selection.get_span(at) if selection is not None else None
        if span is None:
            return strip
        start, end = span
        end = strip.cell_length if end == -1 else end
        style = self.screen.get_component_rich_style("screen--selection")
        before, middle, after = strip.crop(0, start), strip.crop(start, end), strip.crop(end)
        return Strip.join([before, middle.apply_style(style), after])

    def _style(self, name: str) -> Any:
        return self.get_component_rich_style(f"rows--{name}", partial=True)
