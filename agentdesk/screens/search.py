"""Search: one box over tickets, messages, people and articles; what is found is acted on as in the queue.

A hit that is a ticket, or a message of one, stands for its ticket: marks and commands mean the tickets of the marked hits.
"""

from time import sleep
from typing import Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import ScreenResume
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from agentdesk.commands.registry import bindings
from agentdesk.desk import Desk
from agentdesk.domain.search_words import Wanted, wanted
from agentdesk.queries.search import Hit
from agentdesk.screens import search_telling
from agentdesk.screens.found_tickets import FoundTickets
from agentdesk.screens.marks import let_marks_go, turn_marks
from agentdesk.screens.pulse import tell_pulse
from agentdesk.screens.search_source import (
    STEP,
    TABS,
    Question,
    SearchSource,
    read_counts,
    read_hits,
    walk_from,
)  # fmt: skip
from agentdesk.widgets.conversation import ConversationView
from agentdesk.widgets.hit_columns import hit_columns
from agentdesk.widgets.key_bar import KeyBar
from agentdesk.widgets.safe import content
from agentdesk.widgets.status_line import StatusLine
from agentdesk.widgets.tab_line import TabLine
from agentdesk.widgets.table import LineTable
from agentdesk.widgets.top_bar import TopBar
from agentdesk.widgets.word_line import WordLine

REST: Final = 0.15
"""Seconds the typing rests before it is looked for."""


class SearchBox(WordLine):
    """Where the words are typed."""


class SearchScreen(FoundTickets):
    """What was found for some words."""

    CSS_PATH = "search.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("search")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (116, "-wide")]
    AUTO_FOCUS = "SearchBox"
    place: ClassVar[str] = "search"

    def __init__(self, desk: Desk, **named: Any) -> None:
        super().__init__(desk, **named)
        self.question = Question(Wanted(()))
        self.found = SearchSource(desk, self.question, ())
        self.tab = 0
        self.is_best = False
        self.box = SearchBox(placeholder="words, T-1042, an address, a telephone number", compact=True)
        self.counts: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        """Box, kinds, hits, and the highlighted one whole."""
        yield TopBar("search", self.desk.actor.handle)
        with Vertical(id="head"):
            with Horizontal(id="line"):
                yield Static(content("Search"), id="prompt")
                yield self.box
            yield Static(id="hint")
            yield TabLine(list(TABS), id="tabs")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield LineTable[Hit](self._columns(), id="list")
                yield Static(id="empty")
            yield ConversationView(id="whole")
        yield StatusLine(id="status")
        yield KeyBar(self.place, self.desk.settings.keymap)

    def on_mount(self) -> None:
        """Nothing is asked yet."""
        tell_pulse(self)
        self.table.show_source(self.found)
        self._tell()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Who comes back to nothing is here to ask."""
        del event
        if self.box.is_mounted and not self.box.value:
            self.box.focus()

    def refresh_data(self) -> None:
        """Look again; cursor and marks stay."""
        tell_pulse(self)
        if self.question.asked.parts:
            self._search(keep_cursor=True)

    # Looking.

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._look_for(rest=REST)

    def _look_for(self, *, rest: float = 0.0) -> None:
        """Look for what stands in the box, in the kinds of the tab."""
        text = self.box.value
        asked = wanted(text, is_typing=True)
        was = self.question.asked
        self.question = Question(asked, list(TABS.values())[self.tab], self.is_best)
        if asked != was:
            self.counts = {}
            turn_marks(self, was, asked)
        self._search(rest=rest)

    def _search(self, *, rest: float = 0.0, keep_cursor: bool = False) -> None:
        question = self.question

        def run() -> None:
            worker = get_current_worker()
            sleep(rest)
            if worker.is_cancelled:  # more was typed
                return
            try:
                found = read_hits(self.desk, question)
                self.app.call_from_thread(self._take, found, keep_cursor=keep_cursor)
                counts = read_counts(self.desk, question.asked)
                self.app.call_from_thread(self._take_counts, question, counts)
            except Exception as error:  # noqa: BLE001  the console knows what to say
                self.app.call_from_thread(self.console.report, error)

        self.run_worker(run, thread=True, exclusive=True, group="search", exit_on_error=False)

    def _take(self, found: SearchSource, *, keep_cursor: bool) -> None:
        if found.question != self.question:
            return
        is_same = found.question.asked == self.found.question.asked
        self.found = found
        self.table.set_columns(self._columns(), (found.question.asked, found.question.kinds))
        self.table.show_source(found, keep_cursor=keep_cursor and is_same)

    def _take_counts(self, question: Question, counts: dict[str, int]) -> None:
        if question.asked == self.question.asked:
            self.counts = counts
            self._tell()

    def _columns(self) -> list[Any]:
        kinds = self.question.kinds
        return hit_columns(
            lambda: self.found.question.asked, self.desk.clock.now, self.desk.zone, is_mixed=len(kinds) > 1
        )

    # Telling.

    @property
    def total(self) -> int | None:
        """Exactly how many hits there are in this tab; None until they are counted."""
        return sum(self.counts.get(one, 0) for one in self.question.kinds) if self.counts else None

    @on(LineTable.Loaded)
    def _tell(self) -> None:
        asked, table = self.question.asked, self.table
        is_short = self.size.width < 110
        names = search_telling.tab_names(self.counts, is_short=is_short)
        self.query_one(TabLine).show(self.tab, names)
        self.query_one("#hint", Static).update(search_telling.hint(self.box.value, is_short=is_short))
        self.query_one(StatusLine).set_pieces(
            search_telling.status(
                self.question, table.total, self.total, len(table.marks), len(self.marked_tickets)
            )
        )
        is_empty = not self.found.rows
        self.set_class(is_empty, "-is-empty")
        if is_empty:
            self.query_one("#empty", Static).update(search_telling.empty(asked, is_counted=bool(self.counts)))

    @on(LineTable.Marked)
    def _marked(self) -> None:
        self.keep_tickets()
        self._tell()

    @on(LineTable.Failed)
    def _failed(self, event: LineTable.Failed) -> None:
        self.console.report(event.error)

    # The highlighted one whole, and more at the end.

    @on(LineTable.Highlighted)
    def _highlighted(self) -> None:
        self.soon(self.look_beside)
        table = self.table
        if table.total and table.cursor >= table.total - 1 and table.total < (self.total or 0):
            self._more()

    def _more(self) -> None:
        if self.question.limit <= len(self.found.rows) == self.table.total:
            question = self.question
            self.question = Question(question.asked, question.kinds, question.is_best, question.limit + STEP)
            self._search(keep_cursor=True)

    def on_resize(self) -> None:
        """A pane that came into sight wants its content."""
        self._highlighted()
        self._tell()

    # Keys.

    def ask(self, text: str) -> None:
        """Be ready to be asked, from somewhere else; an empty text leaves what was asked to be changed."""
        if self.is_mounted:
            self.box.value = text or self.box.value
            self.action_query()

    @on(Input.Submitted)
    def _to_hits(self, event: Input.Submitted) -> None:
        event.stop()
        self.table.focus()

    def action_query(self) -> None:
        """Type other words."""
        self.box.focus()
        self.box.action_select_all()

    def action_tab(self, by: int) -> None:
        """The next kind of hits, or the one before."""
        self._open_tab((self.tab + by) % len(TABS))

    @on(TabLine.Chosen)
    def _tab_clicked(self, event: TabLine.Chosen) -> None:
        self._open_tab(event.place)

    def _open_tab(self, place: int) -> None:
        self.tab = place
        self._look_for()

    def action_best(self) -> None:
        """The best match first, or the newest."""
        self.is_best = not self.is_best
        self._look_for()

    def action_mark_all(self) -> None:
        """Mark every hit."""
        self.table.mark_all()

    def action_back(self) -> None:
        """Out of the box, then without marks, then without words."""
        if self.box.has_focus:
            self.table.focus()
        elif not let_marks_go(self):
            self.box.value = ""

    @on(LineTable.Opened)
    def _opened(self, event: LineTable.Opened) -> None:
        hit: Hit = event.row
        if hit.ticket_id is not None:
            at = hit.id if hit.kind == "message" else None
            walk = walk_from(self.found.rows, hit)
            self.console.show("ticket", [hit.ticket_id], walk=walk, came_from="Search", message_id=at)
        elif hit.kind == "customer":
            self.console.open_customer(hit.id)
        elif hit.kind == "article":
            self.console.show("found", [hit.id])
        else:
            name = hit.title.replace('"', " ")
            self.app.ask("customers", f'organization:"{name}"')  # type: ignore[attr-defined]  # the app is ours
