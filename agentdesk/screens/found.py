"""An article that was found: its text to read, whole."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from agentdesk.desk import Desk
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.when import stamp
from agentdesk.queries.search_kinds import FoundArticle, found_article
from agentdesk.screens.reading import ReadingPage
from agentdesk.widgets.key_bar import KeyBar
from agentdesk.widgets.safe import body, content


class FoundPage(ReadingPage):
    """One article; escape and q go back.

    Args:
        desk: The desk.
        article_ids: The one article.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.leave", show=False)]
    mode: ClassVar[str] = "search"

    def __init__(self, desk: Desk, article_ids: Sequence[int], **named: object) -> None:
        super().__init__(desk, **named)
        self.add_class("-prose")
        self.article_id = article_ids[0]
        self._article = self._find()

    def on_mount(self) -> None:
        """Say that q goes back."""
        self.query_one(KeyBar).show_place(self.place, ("app.leave",))

    def refresh_data(self) -> None:
        """Show it as it is now."""
        one = self._article = self._find()
        at = stamp(one.updated_at, self.desk.clock.now(), self.desk.zone)
        about = " · ".join(filter(None, (f"KB-{one.id}", one.category, one.audience, f"changed {at}")))
        self.put(
            Content.assemble(
                content(one.title, "bold $ink"), "\n", content(about, "$faint"), "\n\n", body(one.body)
            )
        )

    def _find(self) -> FoundArticle:
        with self.desk.read() as read:
            found = found_article(read, self.article_id)
        if found is None:
            raise NotFoundError("article", f"KB-{self.article_id}")
        return found
