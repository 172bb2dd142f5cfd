"""Customers that may be one person, in pairs: looked at side by side and merged, or called two people.

Law: nothing is merged here by one key; a pair that was merged or called distinct leaves the list, and `z` brings it back.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from agentdesk.commands.registry import bindings
from agentdesk.desk import Desk
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.safe_text import line
from agentdesk.queries import customers
from agentdesk.queries.duplicates import Duplicate, still_open
from agentdesk.screens.crumbs import SIGN
from agentdesk.screens.duplicate_source import Found, PairRow, PairSource, find_pairs
from agentdesk.screens.listed import ListedPage
from agentdesk.screens.marks import let_marks_go
from agentdesk.screens.pulse import tell_pulse
from agentdesk.screens.reasons import NEEDS, no_row
from agentdesk.widgets.columns import Column
from agentdesk.widgets.pair_columns import pair_columns, pair_rows
from agentdesk.widgets.safe import body
from agentdesk.widgets.status_line import StatusLine
from agentdesk.widgets.table import LineTable

LOOKING = "Looking for customers that may be one person…"
NOBODY_LIKE = (
    "Nobody looks like {name}.\n\n"
    "Whom you know to be the same person can be marked in the customer list with space and merged with M."
)
NOBODY = (
    "Nobody looks like somebody else.\n\n"
    "Less likely pairs are printed by:\n\n  agentdesk customer duplicates --min 40\n\n"
    "Whom you know to be one person can be marked in the customer list with space and merged with M."
)


class DuplicatesScreen(ListedPage):
    """The queue of pairs, the likeliest first.

    Args:
        desk: The desk.
        customer_id: Whose pairs alone; everybody's unless given.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("duplicates")]
    place: ClassVar[str] = "duplicates"
    needs: ClassVar[Mapping[str, Callable[[Any], str | None]]] = MappingProxyType(
        {**NEEDS, "row": lambda screen: None if screen.is_looking else no_row(screen)}
    )
    mode: ClassVar[str] = "customers"

    def __init__(self, desk: Desk, *, customer_id: int | None = None, **named: Any) -> None:
        super().__init__(desk, **named)
        self._of, self._name = customer_id, ""
        if customer_id is not None:
            with desk.read() as read:
                found = customers.some(read, [customer_id]).get(customer_id)
            if found is None:
                raise NotFoundError("customer", str(customer_id), "Somebody has taken it away.")
            self._name = line(found.name)
        self._words = ""
        self._owed: Callable[[], None] | None = None
        self._found: Found | None = None

    def head(self) -> ComposeResult:
        """The way here."""
        way = f"Customers{SIGN}{f'{self._name}{SIGN}' if self._name else ''}"
        yield Static(Content.assemble((way, "$muted"), ("Duplicates", "bold $ink")), id="title")

    def foot(self) -> ComposeResult:
        """How many there are."""
        yield StatusLine(id="status")

    def columns(self) -> Sequence[Column[Any]]:
        """Of a pair."""
        return pair_columns()

    def look_at(self, row: PairRow, width: int) -> None:
        """Both customers and every reason."""
        self.put_whole(pair_rows(row, width))

    def nothing(self) -> str:
        """That nobody is found yet, or at all."""
        return self._words

    def on_mount(self) -> None:
        """Find them."""
        tell_pulse(self)
        self.action_again()

    @property
    def is_looking(self) -> bool:
        """Whether no pair is listed yet: what is asked of the first one is done once it is there."""
        return self.table.counted is None

    def action_again(self) -> None:
        """Look for pairs, in a thread."""
        self._tell_empty(LOOKING)
        self.read_then(lambda: find_pairs(self.desk, self._progress, self._of), self._take, group="pairs")

    def _progress(self, done: int, total: int) -> None:
        words = f"{LOOKING} {done:,} of {total:,}".replace(",", " ")
        self.app.call_from_thread(self._tell_empty, words)

    def _tell_empty(self, words: str) -> None:
        self._words = words
        for one in self.query("#empty").results(Static):
            one.update(body(words))
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
        if not self.is_looking and self._owed is not None:
            owed, self._owed = self._owed, None
            owed()
        if table.counted == 0:
            self._tell_empty(NOBODY_LIKE.format(name=self._name) if self._name else NOBODY)

    @on(LineTable.Opened)
    def _opened(self, event: LineTable.Opened) -> None:
        self._merge([event.row.found.id, event.row.found.other_id])

    def action_merge(self) -> None:
        """The two of the pair."""
        if (row := self.table.row) is not None:
            self._merge([row.found.id, row.found.other_id])
        elif self.is_looking:
            self._owed = self.action_merge

    def action_group(self) -> None:
        """All that hang together with the pair."""
        row, source = self.table.row, self.table.source
        if row is not None and isinstance(source, PairSource):
            group = [one for one in source.pairs if one.group == row.found.group]
            self._merge(sorted({number for one in group for number in (one.id, one.other_id)}))
        elif self.is_looking:
            self._owed = self.action_group

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
