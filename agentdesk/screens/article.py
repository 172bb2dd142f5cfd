"""Write an article, or change one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.widgets import Input

from agentdesk.desk import Desk
from agentdesk.domain.errors import AgentDeskError, NotFoundError
from agentdesk.domain.references import article_ref
from agentdesk.screens.dialog import DeskDialog, field
from agentdesk.screens.external_editor import Runner, edit_outside, run_in_terminal
from agentdesk.widgets.choice import Choice
from agentdesk.widgets.writing_area import WritingArea

if TYPE_CHECKING:
    from agentdesk.queries.articles import ArticleRow
    from agentdesk.store.change import Change

READERS = (("customers may read it", "public"), ("for the team only", "internal"))
STATES = (("told", True), ("a draft, not told yet", False))


class ArticleDialog(DeskDialog):
    """Dismissed with the number of the article.

    Args:
        desk: The desk.
        ticket_ids: Not used; every dialog is made the same way.
        article_id: The article to change; a new one unless given.
        title: What a new one is called at first.
        runner: How `$EDITOR` is run; the terminal's own way unless given.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4,ctrl+e", "external", show=False, priority=True, id="article.external")
    ]
    confirm_label: ClassVar[str] = "Save"
    keeps_words: ClassVar[bool] = True

    def __init__(
        self,
        desk: Desk,
        ticket_ids: Sequence[int] = (),
        *,
        article_id: int | None = None,
        title: str = "",
        runner: Runner | None = None,
        **named: Any,
    ) -> None:
        del ticket_ids
        super().__init__(desk, (), **named)
        self._article_id, self._title = article_id, title
        self._runner = runner or run_in_terminal

    @property
    def title_words(self) -> str:
        """Which article."""
        return "New article" if self._article_id is None else f"Change {article_ref(self._article_id)}"

    def learn(self) -> None:
        """The article as it is."""
        self._row: ArticleRow | None = None
        if self._article_id is None:
            return
        from agentdesk.queries.articles import article

        with self.desk.read() as read:
            self._row = article(read, self._article_id)
        if self._row is None:
            raise NotFoundError("article", article_ref(self._article_id))

    def fields(self) -> ComposeResult:
        """Title, what it is about, who reads it, the text."""
        row = self._row
        yield field(
            "Title", Input(row.title if row else self._title, id="title", compact=True, classes="wide")
        )
        yield field(
            "Category", Input(row.category if row else "", placeholder="Returns", id="category", compact=True)
        )
        yield field(
            "Tags",
            Input(" ".join(row.tags) if row else "", placeholder="refund label", id="tags", compact=True),
        )
        yield field("For", Choice(READERS, value=row.audience if row else "public", id="audience"))
        yield field("State", Choice(STATES, value=row.is_published if row else True, id="published"))
        text = WritingArea(
            row.body if row else "",
            id="body",
            compact=True,
            show_line_numbers=False,
            placeholder="what to know",
        )
        yield field("Text", text)

    def begin(self) -> None:
        """The title of a new one, the text of another."""
        self.query_one("#title" if self._row is None else "#body").focus()

    def sentence(self) -> str:
        """Who will read it."""
        if not self.query_one("#published", Choice).chosen:
            return "Kept as a draft: it is offered in no reply. F4 opens the text in your own editor."
        if self.query_one("#audience", Choice).chosen == "internal":
            return "Only the team reads it. F4 opens the text in your own editor."
        return "Offered for replies: customers may read it. F4 opens the text in your own editor."

    @on(Choice.Changed)
    def _tell(self) -> None:
        self.retell()

    @on(Input.Submitted)
    def _next_field(self) -> None:
        self.focus_next()

    def action_external(self) -> None:
        """Hand the text to `$EDITOR`."""
        area = self.query_one("#body", WritingArea)
        try:
            with self.app.suspend():
                written = edit_outside(area.text, self._runner)
        except SuspendNotSupported:
            self.refuse("This terminal cannot be handed to another editor.")
        except AgentDeskError as error:
            self.refuse(str(error))
        else:
            area.replace(written, (0, 0), area.document.end)

    def action_confirm(self) -> None:
        """Save it."""
        title, area = self.query_one("#title", Input), self.query_one("#body", WritingArea)
        if not title.value.strip():
            self.refuse("Write what the article is about.", title)
            return
        if not area.text.strip():
            self.refuse("An article says something: write its text.", area)
            return
        values: dict[str, Any] = {
            "title": title.value,
            "body": area.text,
            "category": self.query_one("#category", Input).value,
            "tags": self.query_one("#tags", Input).value.replace(",", " ").replace("#", " ").split(),
            "audience": self.query_one("#audience", Choice).chosen or "public",
            "is_published": bool(self.query_one("#published", Choice).chosen),
        }
        row = self._row

        def save(change: "Change") -> Any:
            from agentdesk import services

            if row is None:
                return services.add_article(change, **values).id
            return services.edit_article(change, row.id, values, expected_version=row.version).id

        self.carry_out(f"{'Wrote' if row is None else 'Changed'} “{title.value.strip()}”", save)
