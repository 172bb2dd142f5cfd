"""Customers that may be one person, in pairs: looked at side by side and merged, or called two people.

Law: nothing is merged here by one key; a pair that was merged or called distinct leaves the list, and `z` brings it back.
"""

from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from agentdesk.commands.registry import bindings
from agentdesk.desk import Desk
from agentdesk.domain.safe_text import line
from agentdesk.queries.duplicates import Duplicate, still_open
from agentdesk.screens.crumbs import SIGN
from agentdesk.screens.duplicate_source import Found, PairRow, PairSource, find_pairs
from agentdesk.screens.frame import Page
from agentdesk.screens.marks import let_marks_go
from agentdesk.screens.pulse import tell_pulse
from agentdesk.widgets.key_bar import KeyBar
from agentdesk.widgets.pair_columns import pair_columns, person_words
from agentdesk.widgets.status_line import StatusLine
from agentdesk.widgets.table import LineTable
from agentdesk.widgets.top_bar import TopBar

NOBODY = (
    "Nobody looks like somebody else.\n\n"
    "Less likely pairs are printed by:\n\n  agentdesk customer duplicates --min 40\n\n"
    "Whom you know to be one person can be marked in the customer list with space and merged with M."
)


class DuplicatesScreen(Page):
    """The queue of pairs, the likeliest first."""

    CSS_PATH = "duplicates.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("duplicates")]
    AUTO_FOCUS = "LineTable"
    place: ClassVar[str] = "duplicates"

    def __init__(self, desk: Desk, **named: Any) -> None:
        super().__init__(desk, **named)
        self._found: Found | None = None

    def compose(self) -> ComposeResult:
        """List, the pair in full, keys."""
        yield TopBar("customers", self.desk.actor.handle)
        yield Static(
            Content.assemble((f"Customers{SIGN}", "$muted"), ("Duplicates", "bold $ink")), id="where"
        )
        yield LineTable[PairRow](pair_columns(), id="list")
        yield Static(id="empty")
        yield Static(id="pair")
        yield StatusLine(id="status")
        yield KeyBar(self.place, self.desk.settings.keymap)

    @property
    def table(self) -> LineTable[PairRow]:
        """The list."""
        return self.query_one("#list", LineTable)

    def on_mount(self) -> None:
        """Find them."""
        tell_pulse(self)
        self.action_again()

    def action_again(self) -> None:
        """Look for pairs, in a thread."""
        self._tell_empty("Looking for customers that may be one person…")
        self.read_then(lambda: find_pairs(self.desk, self._progress), self._take, group="pairs")

    def _progress(self, done: int, total: int) -> None:
        words = f"Looking for customers that may be one person… {done:,} of {total:,}".replace(",", " ")
        self.app.call_from_thread(self._tell_empty, words)

    def _tell_empty(self, words: str) -> None:
        for one in self.query("#empty").results(Static):
            one.update(Content(words))
            self.set_class(True, "-is-empty")

    def _take(self, found: Found | None) -> None:
        if found is not None:
            self._found = found
            self.refresh_data()

    def refresh_data(self) -> None:
        """Leave out what was merged or called distinct meanwhile; what was taken back is there again."""
        tell_pulse(self)
        if (found := self._found) is not None:
            self.read_then(partial(self._open_pairs, found), self._show, group="open")

    def _open_pairs(self, found: Found) -> list[Duplicate]:
        with self.desk.read() as read:
            return still_open(read, found.pairs)

    def _show(self, pairs: list[Duplicate]) -> None:
        self.table.show_source(PairSource(self.desk, pairs), keep_cursor=self.table.source is not None)

    @on(LineTable.Loaded)
    @on(LineTable.Marked)
    def _tell(self) -> None:
        table, names = self.table, self._found.namesakes if self._found else 0
        common = f"{names} common name{'' if names == 1 else 's'}: not by the name alone" if names else ""
        self.query_one(StatusLine).show_state(
            query="may be one person",
            order="the likeliest first",
            marked=len(table.marks),
            total=table.counted,
            of=None,
            told=common,
            noun="pair",
        )
        if table.counted == 0:
            self._tell_empty(NOBODY)
        else:
            self.set_class(False, "-is-empty")

    @on(LineTable.Failed)
    def _failed(self, event: LineTable.Failed) -> None:
        self.console.report(event.error)

    @on(LineTable.Highlighted)
    def _highlighted(self) -> None:
        row, shown = self.table.row, self.query_one("#pair", Static)
        if row is None:
            shown.update("")
            return
        why = f"{row.found.score}: {', '.join(line(one) for one in row.found.reasons)}"
        people = (f"{person_words(one)}\n" for one in (row.one, row.other))
        shown.update(Content.assemble(*((one, "$ink") for one in people), (why, "$muted")))

    @on(LineTable.Opened)
    def _opened(self, event: LineTable.Opened) -> None:
        self._merge([event.row.found.id, event.row.found.other_id])

    def action_group(self) -> None:
        """All that hang together with the pair."""
        row, source = self.table.row, self.table.source
        if row is not None and isinstance(source, PairSource):
            group = [one for one in source.pairs if one.group == row.found.group]
            self._merge(sorted({number for one in group for number in (one.id, one.other_id)}))

    def _merge(self, ids: list[int]) -> None:
        self.console.show("customer_merge", ids, then=self._merged)

    def _merged(self, _done: object) -> None:
        self.table.unmark()

    def action_distinct(self) -> None:
        """Two people: the marked pairs, else the highlighted one."""
        chosen = self.table.chosen()
        pairs = [(key >> 32, key & 0xFFFF_FFFF) for key in chosen]
        what = "1 pair" if len(pairs) == 1 else f"{len(pairs)} pairs"

        def part(change: Any) -> None:
            from agentdesk import services

            for one, other in pairs:
                services.call_distinct(change, one, other)

        if pairs:
            self.console.perform(f"Called {what} distinct", part, then=self._merged)

    def action_customer(self, which: str) -> None:
        """Everything about one of the two."""
        if (row := self.table.row) is not None:
            self.console.open_customer(getattr(row.found, which))

    def action_back(self) -> None:
        """Clear the marks, then leave."""
        if not let_marks_go(self):
            self.dismiss()
