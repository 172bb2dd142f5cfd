"""A table of lines over a list of any length: only what is on the screen is fetched, drawn and sent.

Rows are known by id: the cursor and the marks stay on theirs through refresh and sorting. Reading happens in threads;
a row that is still on its way is a faint line. One step repaints two lines.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from agentdesk.commands.registry import bindings
from agentdesk.domain.safe_text import pad
from agentdesk.widgets.columns import Column, Placed, heading, pieces, place_columns
from agentdesk.widgets.paging import Pages
from agentdesk.widgets.rows import Source, reread

Row = TypeVar("Row")
STYLES = (
    "text", "strong", "muted", "faint", "late", "soon", "here", "internal", "waiting", "gold", "head", "mark", "bar",
)  # fmt: skip
HEAD = 1
"""Lines above the rows."""


@dataclass(frozen=True, slots=True)
class _Read(Generic[Row]):
    """What a thread brings back."""

    generation: int
    pages: Pages[Row]
    place: int
    top: int


class LineTable(ScrollView, Generic[Row], can_focus=True):
    """Rows in lines, with a cursor and marks."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list")]
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
        .linetable--internal { color: $internal; }
        .linetable--waiting { color: $waiting; }
        .linetable--cursor { background: $cursor; text-style: $cursor-style; }
        &:nocolor .linetable--cursor { text-style: reverse; }
    }
    """

    @dataclass
    class Highlighted(Message):
        """The cursor is on another row, or its row has changed."""

        row: Any | None

    @dataclass
    class Opened(Message):
        """A row was opened."""

        row: Any

    class Marked(Message):
        """The marks have changed."""

    @dataclass
    class Loaded(Message):
        """The list was read again."""

        total: int

    @dataclass
    class Failed(Message):
        """The list could not be read."""

        error: Exception

    def __init__(self, columns: Sequence[Column[Row]], **named: Any) -> None:
        super().__init__(**named)
        self.columns = columns
        self.marks: set[int] = set()
        self.cursor = 0
        self.source: Source[Row] | None = None
        self._pages: Pages[Row] = Pages()
        self._placed: list[Placed[Row]] = []
        self._styles: dict[tuple[str, bool], Style] = {}
        self._generation = 0
        self._is_fetching = False
        self._told: object = None
        self._was_read = False
        self._columns_mark: object = None

    # What others ask and tell.

    @property
    def total(self) -> int:
        """Rows in the list."""
        return self._pages.total

    @property
    def is_read(self) -> bool:
        """Whether the list was read at least once."""
        return self._was_read

    def set_columns(self, columns: Sequence[Column[Row]], mark: object) -> None:
        """Other columns; the same `mark` again changes nothing."""
        if mark != self._columns_mark:
            self._columns_mark, self.columns = mark, columns
            self.on_resize()
            self.refresh()

    @property
    def row(self) -> Row | None:
        """The highlighted row, None while there is none in hand."""
        return self._pages.row(self.cursor) if self.total else None

    def chosen(self) -> list[int]:
        """Ids of the marked rows, else of the highlighted one."""
        if self.marks:
            return sorted(self.marks)
        row = self.row
        return [] if row is None or self.source is None else [self.source.id_of(row)]

    def around(self) -> list[int]:
        """Ids in hand near the cursor, in list order: what next and previous walk through."""
        assert self.source is not None
        near = range(max(self.cursor - 200, 0), min(self.cursor + 200, self.total))
        return [self.source.id_of(row) for at in near if (row := self._pages.row(at)) is not None]

    def show_source(self, source: Source[Row], *, keep_cursor: bool = False) -> None:
        """Show another list; `keep_cursor` stays on the row if it is there too."""
        keep = self._cursor_id() if keep_cursor else None
        if not keep_cursor:
            self.cursor = 0
            self.scroll_to(y=0, animate=False)
        self.source = source
        self._reread(keep)

    def reload(self) -> None:
        """Read the list again; the cursor and the marks stay on their rows."""
        if self.source is not None:
            self._reread(self._cursor_id())

    def unmark(self) -> None:
        """Take every mark away."""
        self.marks.clear()
        self._marked()

    def mark_all(self, done: Callable[[], object] | None = None) -> None:
        """Mark every row of the list, wherever it is; if all are marked, none."""
        source = self.source
        if source is None:
            return
        if self.marks and len(self.marks) >= self.total:
            self.unmark()
            return

        def read() -> None:
            with source.look() as look:
                self.app.call_from_thread(take, set(look.ids()))

        def take(found: set[int]) -> None:
            self.marks = found
            self._marked()
            if done is not None:
                done()

        self._in_thread(read)

    # Reading.

    def _cursor_id(self) -> int | None:
        row = self.row
        return None if row is None or self.source is None else self.source.id_of(row)

    def _reread(self, keep: int | None) -> None:
        self._generation += 1
        generation, source, place = self._generation, self.source, self.cursor
        top, height = self.scroll_offset.y, self._height

        def read() -> None:
            assert source is not None
            with source.look() as look:
                read = reread(look, keep=keep, place=place, top=top, height=height)
            self.app.call_from_thread(self._take, _Read(generation, *read))

        self._in_thread(read)

    def _take(self, read: _Read[Row]) -> None:
        if read.generation != self._generation or not self.is_attached:
            return
        self._pages, self.cursor, self._is_fetching = read.pages, read.place, False
        self._was_read = True
        self.virtual_size = Size(self.size.width, self.total + HEAD)
        if read.top != self.scroll_offset.y:
            self.scroll_to(y=read.top, animate=False)
        self.refresh()
        self.post_message(self.Loaded(self.total))
        self._tell(is_new=True)

    def _want(self) -> None:
        """Fetch what the screen lacks, one page after the other, and one page ahead."""
        if self._is_fetching or self.source is None:
            return
        top = self.scroll_offset.y
        for number in self._pages.numbers(top, top + 2 * self._height):
            if not self._pages.has(number):
                self._is_fetching = True
                self._in_thread(partial(self._fetch, self.source, self._generation, number))
                return

    def _fetch(self, source: Source[Row], generation: int, number: int) -> None:
        plan = self._pages.plan(number)
        with source.look() as look:
            rows = look.page(plan)
        self.app.call_from_thread(self._arrived, generation, number, rows)

    def _arrived(self, generation: int, number: int, rows: list[Row]) -> None:
        if generation != self._generation:
            return
        self._is_fetching = False
        expected = min(self._pages.size, self.total - number * self._pages.size)
        self._pages.put(number, rows)
        if len(rows) < expected:  # the list is shorter than it was
            self.reload()
            return
        self.refresh()
        self._tell()
        self._want()

    def _in_thread(self, read: Callable[[], None]) -> None:
        def guarded() -> None:
            try:
                read()
            except Exception as error:  # noqa: BLE001  told to the app, which knows what to say
                self._is_fetching = False
                self.post_message(self.Failed(error))

        self.run_worker(guarded, thread=True, group="rows", exit_on_error=False)

    # Moving.

    @property
    def _height(self) -> int:
        return max(self.size.height - HEAD, 1)

    def go(self, place: int) -> None:
        """Put the cursor on a place of the list."""
        place = max(min(place, self.total - 1), 0)
        before, self.cursor = self.cursor, place
        top = self.scroll_offset.y
        wanted = min(max(top, place - self._height + 1), place)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False)
        elif before != place:
            self._repaint(before)
            self._repaint(place)
        self._tell()
        self._want()

    def _repaint(self, place: int) -> None:
        y = place - self.scroll_offset.y + HEAD
        if HEAD <= y < self.size.height:
            self.refresh(Region(0, y, self.scrollable_content_region.width, 1))

    def _tell(self, *, is_new: bool = False) -> None:
        row = self.row
        if is_new or row is not self._told:
            self._told = row
            self.post_message(self.Highlighted(row))

    def action_move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.go(self.cursor + rows)

    def action_page(self, screens: int) -> None:
        """Move the cursor by screens."""
        self.go(self.cursor + screens * max(self._height - 1, 1))

    def action_half(self, screens: int) -> None:
        """Move the cursor by half screens."""
        self.go(self.cursor + screens * max(self._height // 2, 1))

    def action_top(self) -> None:
        """Go to the first row."""
        self.go(0)

    def action_bottom(self) -> None:
        """Go to the last row."""
        self.go(self.total - 1)

    def action_mark(self) -> None:
        """Mark or unmark the row, then go down."""
        if (row_id := self._cursor_id()) is not None:
            self.marks ^= {row_id}
            self._repaint(self.cursor)
            self.go(self.cursor + 1)
            self.post_message(self.Marked())

    def action_open(self) -> None:
        """Open the row."""
        if (row := self.row) is not None:
            self.post_message(self.Opened(row))

    def _marked(self) -> None:
        self.refresh()
        self.post_message(self.Marked())

    def on_click(self, event: events.Click) -> None:
        """One click highlights, two open."""
        place = event.y - HEAD + self.scroll_offset.y
        if event.y >= HEAD and place < self.total:
            self.go(place)
            if event.chain == 2:
                self.action_open()

    # Drawing.

    def on_resize(self) -> None:
        """Columns share the new width."""
        self._placed = place_columns(self.columns, self.scrollable_content_region.width - 3)
        self.virtual_size = Size(self.size.width, self.total + HEAD)
        self._want()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Rows that come into sight are fetched."""
        super().watch_scroll_y(old_value, new_value)
        self._want()

    def notify_style_update(self) -> None:
        """Forget the styles of the theme before."""
        super().notify_style_update()
        self._styles = {}

    def _style(self, name: str, *, is_cursor: bool = False) -> Style:
        if (name, is_cursor) not in self._styles:
            style = self.rich_style + self.get_component_rich_style(f"linetable--{name}", partial=True)
            if is_cursor:
                style += self.get_component_rich_style("linetable--cursor", partial=True)
            self._styles[name, is_cursor] = style
        return self._styles[name, is_cursor]

    def render_line(self, y: int) -> Strip:
        """One line of the table."""
        width = self.scrollable_content_region.width
        if y < HEAD:
            head = "  " + heading(self._placed)
            return Strip([Segment(pad(head, width), self._style("head"))], width)
        place = y - HEAD + self.scroll_offset.y
        if place >= self.total:
            return Strip([Segment(" " * width, self._style("text"))], width)
        return self._line(place, width)

    def _line(self, place: int, width: int) -> Strip:
        row, is_cursor = self._pages.row(place), place == self.cursor
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
