"""The knowledge base: articles to search, and the highlighted one to read; beside the list where there is room."""

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from agentdesk.commands.registry import bindings
from agentdesk.desk import Desk
from agentdesk.domain.safe_text import block
from agentdesk.queries.articles import ArticleRow
from agentdesk.screens.article_source import ArticleSource
from agentdesk.screens.frame import Page
from agentdesk.screens.marks import let_marks_go, turn_marks
from agentdesk.screens.pulse import tell_pulse
from agentdesk.widgets.article_look import article_columns, article_page
from agentdesk.widgets.key_bar import KeyBar
from agentdesk.widgets.status_line import StatusLine
from agentdesk.widgets.table import LineTable
from agentdesk.widgets.top_bar import TopBar
from agentdesk.widgets.word_line import WordLine

if TYPE_CHECKING:
    from agentdesk.store.change import Change

NONE = (
    "No articles yet. What the desk knows is written with + here, or from a file:\n\n"
    "  agentdesk article new 'How to return an order' --body - < returns.txt"
)


class ReadingPane(VerticalScroll, can_focus=True):
    """Where an article is read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False, id="article.down"),
        Binding("k", "scroll_up", show=False, id="article.up"),
        Binding("space", "page_down", show=False, id="article.page_down"),
    ]


class KnowledgeScreen(Page):
    """Articles, the last changed or the best match first."""

    CSS_PATH = "knowledge.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("knowledge")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    AUTO_FOCUS = "LineTable"
    place: ClassVar[str] = "knowledge"

    def __init__(self, desk: Desk, **named: Any) -> None:
        super().__init__(desk, **named)
        self.words = ""
        self.is_best = True

    def compose(self) -> ComposeResult:
        """The line to search in, the list, the article."""
        yield TopBar("knowledge", self.desk.actor.handle)
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield WordLine(placeholder="/ words of an article", id="find", compact=True)
                yield LineTable[ArticleRow](article_columns(self.desk.clock.now, self.desk.zone), id="list")
                yield Static(id="empty")
            with ReadingPane(id="article"):
                yield Static(id="article-text")
        yield StatusLine(id="status")
        yield KeyBar(self.place, self.desk.settings.keymap)

    @property
    def table(self) -> LineTable[ArticleRow]:
        """The list."""
        return self.query_one("#list", LineTable)

    def on_mount(self) -> None:
        """Everything, the last changed first."""
        tell_pulse(self)
        self.table.show_source(self._source())

    def refresh_data(self) -> None:
        """Read again."""
        tell_pulse(self)
        self.table.reload()

    def _source(self) -> ArticleSource:
        return ArticleSource(self.desk, self.words, self.is_best)

    @on(LineTable.Loaded)
    @on(LineTable.Marked)
    def _tell(self) -> None:
        table = self.table
        self.query_one(StatusLine).show_state(
            query=self.words or "all articles",
            order="best match first" if self.words and self.is_best else "last changed first",
            marked=len(table.marks),
            total=table.counted,
            of=None,
            told="",
            noun="article",
        )
        self.set_class(table.counted == 0, "-is-empty")
        told = (
            "No article holds these words. esc clears them, + writes the article that is missing."
            if self.words
            else NONE
        )
        self.query_one("#empty", Static).update(Content(told))
        self._read_row()

    @on(LineTable.Failed)
    def _failed(self, event: LineTable.Failed) -> None:
        self.console.report(event.error)

    @on(LineTable.Highlighted)
    def _read_row(self) -> None:
        row = self.table.row
        pane = self.query_one("#article-text", Static)
        pane.update(Content("") if row is None else article_page(row, self.desk.clock.now(), self.desk.zone))

    @on(Input.Changed, "#find")
    def _find(self, event: Input.Changed) -> None:
        was, self.words = self.words, event.value.strip()
        turn_marks(self, was, self.words)
        self.table.show_source(self._source())

    @on(Input.Submitted, "#find")
    @on(LineTable.Opened)
    def _opened(self, event: Any) -> None:
        """Enter in the line goes to the list, enter in the list to the article."""
        if isinstance(event, Input.Submitted):
            self.table.focus()
            return
        self.add_class("-reading")
        pane = self.query_one(ReadingPane)
        pane.scroll_home(animate=False)
        pane.focus()

    def action_query(self) -> None:
        """Search."""
        self.remove_class("-reading")
        self.query_one("#find").focus()

    def action_order(self) -> None:
        """The best match first, or the last changed."""
        self.is_best = not self.is_best
        if not self.words:
            self.console.say("Without words the last changed comes first; / asks for some.")
        self.table.show_source(self._source(), keep_cursor=True)

    def action_back(self) -> None:
        """From the article to the list; there, clear the marks, then the words."""
        if self.focused is not self.table:
            self.remove_class("-reading")
            self.table.focus()
        elif not let_marks_go(self):
            self.query_one("#find", Input).value = ""

    def action_new_article(self) -> None:
        """Write an article."""
        self.console.show("article", title=self.words)

    def action_edit(self) -> None:
        """Change the article."""
        if (row := self._row()) is not None:
            self.console.show("article", article_id=row.id)

    def action_copy(self) -> None:
        """Copy the text."""
        if (row := self._row()) is not None:
            self.app.copy_to_clipboard(block(f"{row.title}\n\n{row.body}"))
            self.console.say(f"Copied {row.ref} {row.title}.")

    def action_review(self) -> None:
        """Say that it is still right."""
        self._do("Looked at", lambda services: partial(services.edit_article, values={"reviewed": True}))

    def action_retire(self) -> None:
        """Tell it no more."""
        self._do("Retired", lambda services: services.retire_article)

    def _do(self, done: str, operation: Any) -> None:
        row = self._row()
        if row is None:
            return

        def run(change: "Change") -> Any:
            from agentdesk import services

            return operation(services)(change, row.id).id

        self.console.perform(f"{done} {row.ref}", run)

    def _row(self) -> ArticleRow | None:
        if self.table.row is None:
            self.console.say("There is no article here yet; + writes one.", severity="warning")
        return self.table.row
