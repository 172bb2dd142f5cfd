"""Which rows of a list are in hand: read in threads, a page at a time, known by id.

The cursor and the marks stay on their rows through refresh and sorting; drawing is the table's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView

from agentdesk.widgets.lines import Lines
from agentdesk.widgets.paging import Pages
from agentdesk.widgets.rereading import Begun, Read
from agentdesk.widgets.rows import Grouped, Source, first_page, reread

Row = TypeVar("Row")
HEAD = 1
"""Lines above the rows."""


class RowWindow(ScrollView, Generic[Row]):
    """A window on a list of any length."""

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

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self.marks: set[int] = set()
        self.cursor = 0
        self.source: Source[Row] | None = None
        self.pages: Pages[Row] = Pages()
        self.lines = Lines()
        self._generation = 0
        self._sought: int | None = None
        self._is_fetching = False
        self._was_read = False
        self._is_counted = False
        self._told: object = None

    # What others ask and tell.

    @property
    def total(self) -> int:
        """Rows in the list."""
        return self.pages.total

    @property
    def counted(self) -> int | None:
        """Rows in the list, None while only its beginning was read."""
        return self.total if self._is_counted else None

    @property
    def row(self) -> Row | None:
        """The highlighted row, None while there is none in hand."""
        return self.pages.row(self.cursor) if self.total else None

    def chosen(self) -> list[int]:
        """Ids of the marked rows, else of the highlighted one."""
        if self.marks:
            return sorted(self.marks)
        row = self.row
        return [] if row is None or self.source is None else [self.source.id_of(row)]

    def show_source(self, source: Source[Row], *, keep_cursor: bool = False, keep: int | None = None) -> None:
        """Show another list; `keep_cursor` stays on the row if it is there too, `keep` goes to the row of that id."""
        keep = self.cursor_id() if keep_cursor else keep
        if not keep_cursor:
            self.cursor = 0
            self.scroll_to(y=0, animate=False)
        self.source = source
        self._reread(keep, group="rows" if keep_cursor else "list")

    def show_first(self, source: Source[Row]) -> None:
        """Show the beginning of a list here and now; `reload` counts the list, once it is painted."""
        self.source = source
        try:
            with source.look() as look:
                begun = first_page(look)
        except Exception as error:  # noqa: BLE001  told to the app, which knows what to say
            self.post_message(self.Failed(error))
            return
        self._take(Read(Begun(self._generation), begun, 0, 0, Lines(), is_counted=False))

    def forget(self) -> None:
        """Hold no row until the next list is read: its rows are of another kind."""
        self.pages, self.lines, self.cursor = Pages(), Lines(), 0

    def reload(self, keep: int | None = None) -> None:
        """Read the list again; the cursor and the marks stay on their rows, or the cursor goes to the one to `keep`."""
        if self.source is not None:
            wanted = keep if keep is not None else self._sought
            self._reread(self.cursor_id() if wanted is None else wanted)

    def seek(self, row_id: int) -> None:
        """Put the cursor on a row, wherever it is; where it has left the list, the cursor stays at its place."""
        if self.source is not None:
            self._sought = row_id
            self._reread(row_id, group="list")

    def unmark(self) -> None:
        """Take every mark away."""
        self.marks.clear()
        self.tell_marks()

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
            self.tell_marks()
            if done is not None:
                done()

        self._in_thread(read)

    @property
    def rows_shown(self) -> int:
        """Rows the screen has room for."""
        return max(self.size.height - HEAD, 1)

    # Reading.

    def cursor_id(self) -> int | None:
        """Id of the highlighted row, None while it is not in hand."""
        return self.id_at(self.cursor)

    def id_at(self, place: int) -> int | None:
        """Id of the row at a place, None where there is none or it is not in hand."""
        row = self.pages.row(place)
        return None if row is None or self.source is None else self.source.id_of(row)

    def _reread(self, keep: int | None, group: str = "rows") -> None:
        self._generation += 1
        source, place, top, height = self.source, self.cursor, self.scroll_offset.y, self.rows_shown
        set_out = Begun(self._generation, place, top, is_sought=keep != self.cursor_id())
        is_first = not self._was_read

        def read() -> None:
            assert source is not None
            with source.look() as look:
                if is_first and keep is None and not isinstance(look, Grouped):
                    # the first rows are there long before a million is counted
                    begun = Read(set_out, first_page(look), 0, 0, Lines(), is_counted=False)
                    self.app.call_from_thread(self._take, begun)
                read = reread(look, keep=keep, place=place, top=top, height=height)
            self.app.call_from_thread(self._take, Read(set_out, *read))

        self._in_thread(read, group)

    def _take(self, read: Read[Row]) -> None:
        if read.begun.generation != self._generation or not self.is_attached:
            return
        place = read.place_of(self.cursor, self.cursor_id(), self.source)
        if place is None:
            self.reload()
            return
        before, before_place = self.in_sight(), self.cursor
        top = read.top_over(place, self.scroll_offset.y, self.rows_shown)
        self.pages, self.cursor, self._is_fetching, self._sought = read.pages, place, False, None
        self.lines = read.lines
        self.shift_range(self.cursor - before_place)
        self._was_read, self._is_counted = True, read.is_counted
        self.virtual_size = Size(self.size.width, self.lines.total(self.total) + HEAD)
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)
        self.refresh_rows(before)
        self.post_message(self.Loaded(self.total))
        self.tell(is_new=True)
        self.want()

    def want(self) -> None:
        """Fetch what the screen lacks, one page after the other, and one page ahead."""
        if self._is_fetching or self.source is None:
            return
        top = self.scroll_offset.y
        first, last = self.lines.below(top), self.lines.below(top + 2 * self.rows_shown)
        for number in self.pages.numbers(first, last):
            if not self.pages.has(number):
                self._is_fetching = True
                self._in_thread(partial(self._fetch, self.source, self._generation, number))
                return

    def _fetch(self, source: Source[Row], generation: int, number: int) -> None:
        plan = self.pages.plan(number)
        with source.look() as look:
            rows = look.page(plan)
        self.app.call_from_thread(self._arrived, generation, number, rows)

    def _arrived(self, generation: int, number: int, rows: list[Row]) -> None:
        if generation != self._generation:
            return
        self._is_fetching = False
        expected = min(self.pages.size, self.total - number * self.pages.size)
        self.pages.put(number, rows)
        if len(rows) < expected:  # the list is shorter than it was
            self.reload()
            return
        self.refresh()
        self.tell()
        self.want()

    def _in_thread(self, read: Callable[[], None], group: str = "rows") -> None:
        def guarded() -> None:
            try:
                read()
            except Exception as error:  # noqa: BLE001  told to the app, which knows what to say
                self._is_fetching = False
                self.post_message(self.Failed(error))

        self.run_worker(guarded, thread=True, group=group, exit_on_error=False)

    def tell(self, *, is_new: bool = False) -> None:
        """Say which row is highlighted, if it is another one."""
        row = self.row
        if is_new or row is not self._told:
            self._told = row
            self.post_message(self.Highlighted(row))

    def shift_range(self, by: int) -> None:
        """The rows above have become more or fewer, by so many."""

    def in_sight(self) -> list[object]:
        """What each line of the screen shows: its row or heading, whether it is marked, and whether the cursor is there."""
        top = self.scroll_offset.y
        return [self._shown(line) for line in range(top, top + self.rows_shown)]

    def _shown(self, line: int) -> object:
        place = self.lines.place(line)
        if place is None or place >= self.total:
            return self.lines.heading(line)
        row = self.pages.row(place)
        is_marked = row is not None and self.source is not None and self.source.id_of(row) in self.marks
        return row, is_marked, place == self.cursor

    def refresh_rows(self, before: Sequence[object]) -> None:
        """Draw the lines that show something else than before: most rereads change one row or none."""
        now = self.in_sight()
        if len(before) != len(now) or not self._was_read:
            self.refresh()
            return
        for at, (was, shows) in enumerate(zip(before, now, strict=True)):
            if was != shows:
                self.refresh(Region(0, at + HEAD, self.size.width, 1))

    def tell_marks(self) -> None:
        """Draw and say that the marks have changed."""
        self.refresh()
        self.post_message(self.Marked())

    def fit_rows(self) -> None:
        """As many rows as there are, in the present width; fetch what came into sight."""
        self.virtual_size = Size(self.size.width, self.lines.total(self.total) + HEAD)
        self.want()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Rows that come into sight are fetched."""
        super().watch_scroll_y(old_value, new_value)
        self.want()
