"""A table of lines over a list of any length: only what is on the screen is fetched, drawn and sent.

One step of the cursor repaints two lines. A row that is still on its way is a faint line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from agentdesk.commands.registry import bindings
from agentdesk.domain.safe_text import clip, pad
from agentdesk.domain.safe_text import line as line_of
from agentdesk.widgets.columns import Column, Placed, at_cell, heading, pieces, place_columns
from agentdesk.widgets.lines import Group
from agentdesk.widgets.ranging import Ranging
from agentdesk.widgets.row_window import HEAD

if TYPE_CHECKING:
    from agentdesk.widgets.jump_targets import Target

Row = TypeVar("Row")
MARGIN = 2
"""Cells before the first column: the cursor and the mark."""
STYLES = (
    "text", "strong", "muted", "faint", "late", "soon", "here", "internal", "waiting", "gold", "head", "mark", "bar",
    "found",
)  # fmt: skip


class LineTable(Ranging[Row], can_focus=True):
    """Rows in lines, with a cursor and marks."""

    @dataclass
    class Headed(Message):
        """Somebody clicked on the heading of a column."""

        column: Column[Any]

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list", at_once=True)]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"linetable--cursor", *(f"linetable--{one}" for one in STYLES)}
    DEFAULT_CSS = """
    LineTable {
        background: $background; color: $ink; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1;
        .linetable--text { color: $ink; }
        .linetable--strong { color: $ink; text-style: bold; }
        .linetable--muted { color: $muted; }
        .linetable--faint, .linetable--head { color: $faint; }
        .linetable--late { color: $late; text-style: bold; }
        .linetable--soon { color: $soon; text-style: bold; }
        .linetable--mark { color: $soon; text-style: bold; }
        .linetable--here, .linetable--bar { color: $here; }
        .linetable--gold { color: $soon; }
        .linetable--found { color: $ink; text-style: bold underline; }
        .linetable--internal { color: $internal; }
        .linetable--waiting { color: $waiting; }
        .linetable--cursor { background: $cursor; text-style: $cursor-style; }
        &:nocolor .linetable--cursor { text-style: reverse; }
    }
    """

    def __init__(self, columns: Sequence[Column[Row]], **named: Any) -> None:
        super().__init__(**named)
        self.columns = columns
        self._placed: list[Placed[Row]] = []
        self._placed_in = 0
        self._styles: dict[tuple[str, bool], Style] = {}
        self._columns_mark: object = None

    def set_columns(self, columns: Sequence[Column[Row]], mark: object) -> None:
        """Other columns; the same `mark` again changes nothing."""
        if mark != self._columns_mark:
            self._columns_mark, self.columns = mark, columns
            self._placed_in = 0
            self.refresh()

    def left_out(self) -> list[Column[Row]]:
        """The columns there is no room for, beside those that wait for a wider window."""
        width = self.scrollable_content_region.width
        self._place(width)
        placed = {id(one.column) for one in self._placed}
        return [one for one in self.columns if id(one) not in placed and not one.from_width]

    # Moving.

    def go(self, place: int) -> None:
        """Put the cursor on a place of the list."""
        place = max(min(place, self.total - 1), 0)
        before, self.cursor = self.cursor, place
        top, line = self.scroll_offset.y, self.lines.of(place)
        wanted = min(max(top, line - self.rows_shown + 1), self.lines.above(place))
        if wanted != top:
            self.scroll_to(y=wanted, animate=False)
        elif before != place:
            self._repaint(before)
            self._repaint(place)
        self.tell()
        self.want()
        self.follow_range()

    def _repaint(self, place: int) -> None:
        y = self.lines.of(place) - self.scroll_offset.y + HEAD
        if HEAD <= y < self.size.height:
            self.refresh(Region(0, y, self.scrollable_content_region.width, 1))

    def action_move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.go(self.cursor + rows)

    def action_page(self, screens: int) -> None:
        """Move the cursor by screens."""
        self.go(self.cursor + screens * max(self.rows_shown - 1, 1))

    def action_half(self, screens: int) -> None:
        """Move the cursor by half screens."""
        self.go(self.cursor + screens * max(self.rows_shown // 2, 1))

    def action_top(self) -> None:
        """Go to the first row."""
        self.go(0)

    def action_bottom(self) -> None:
        """Go to the last row."""
        self.go(self.total - 1)

    def action_range(self) -> None:
        """Begin a range at the row, or keep the one that was begun."""
        if not self.end_range(keep=True):
            self.begin_range()

    def action_mark(self) -> None:
        """Mark or unmark the row, then go down; a range that was begun is kept instead."""
        if self.end_range(keep=True):
            return
        if (row_id := self.cursor_id()) is not None:
            self.marks ^= {row_id}
            self._repaint(self.cursor)
            self.go(self.cursor + 1)
            self.post_message(self.Marked())

    def action_open(self) -> None:
        """Open the row."""
        if (row := self.row) is not None:
            self.post_message(self.Opened(row))

    def on_click(self, event: events.Click) -> None:
        """One click highlights, two open; on a heading of a column, that column is clicked."""
        place = self.lines.place(event.y - HEAD + self.scroll_offset.y)
        if event.y < HEAD:
            if (column := at_cell(self._placed, event.x - MARGIN)) is not None:
                self.post_message(self.Headed(column))
        elif place is not None and place < self.total:
            self.go(place)
            if event.chain == 2:
                self.action_open()

    def jump_targets(self) -> "Iterator[Target]":
        """Every row in sight."""
        from agentdesk.widgets.jump_targets import Target

        top = self.scroll_offset.y
        for place in range(top, min(top + self.rows_shown, self.total)):
            yield Target(0, place - top + HEAD, partial(self._jump_to, place))

    def _jump_to(self, place: int) -> None:
        self.focus()
        self.go(place)

    # Drawing.

    def on_resize(self) -> None:
        """Rows have the new width, and there may be room for more of them."""
        self.fit_rows()

    def _place(self, width: int) -> None:
        if width != self._placed_in:
            self._placed_in, self._placed = width, place_columns(self.columns, width - MARGIN - 1)

    def notify_style_update(self) -> None:
        """Forget the styles of the theme before."""
        super().notify_style_update()
        self._styles = {}

    def _style(self, name: str, *, is_cursor: bool = False) -> Style:
        if (name, is_cursor) not in self._styles:
            style = self.rich_style + self.get_component_rich_style(f"linetable--{name}", partial=True)
            if is_cursor:
                cursor = self.get_component_rich_style("linetable--cursor", partial=True)
                # Turned round, every colour would be a patch of its own.
                style = (
                    self.rich_style + Style(bold=style.bold) + cursor if cursor.reverse else style + cursor
                )
            self._styles[name, is_cursor] = style
        return self._styles[name, is_cursor]

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines inside `crop`; columns share the width, which is asked for once."""
        self._place(self.scrollable_content_region.width)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the table."""
        width = self._placed_in
        if y < HEAD:
            head = " " * MARGIN + heading(self._placed)
            return Strip([Segment(pad(head, width), self._style("head"))], width)
        line = y - HEAD + self.scroll_offset.y
        place = self.lines.place(line)
        if place is None or place >= self.total:
            return self._heading(self.lines.heading(line), width)
        return self._line(place, width)

    def _heading(self, group: Group | None, width: int) -> Strip:
        """The line above a group; blank below the last row."""
        if group is None:
            return Strip([Segment(" " * width, self._style("text"))], width)
        count = f"  {group.count:,}".replace(",", " ")
        name = clip(line_of(group.name), max(width - len(count) - MARGIN - 1, 0))
        parts = ((" " * MARGIN + name, "strong"), (count, "muted"))
        return Strip([Segment(text, self._style(style)) for text, style in parts]).adjust_cell_length(
            width, self._style("text")
        )

    def _line(self, place: int, width: int) -> Strip:
        row, is_cursor = self.pages.row(place), place == self.cursor
        if row is None or self.source is None:
            return Strip([Segment(pad("  …", width), self._style("faint", is_cursor=is_cursor))], width)
        mark = "•" if self.source.id_of(row) in self.marks else " "
        bar = "▌" if is_cursor else " "
        parts = [(bar, "bar"), (mark, "mark"), *pieces(self._placed, row)]
        if mark == " ":
            parts[:2] = [(bar + " ", "bar")] if is_cursor else []
            parts = parts if is_cursor else _indent(parts)
        segments = [Segment(text, self._style(name, is_cursor=is_cursor)) for text, name in parts]
        return Strip(segments).adjust_cell_length(width, self._style("text", is_cursor=is_cursor))


def _indent(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    (text, style), *rest = parts
    return [("  " + text, style), *rest]
