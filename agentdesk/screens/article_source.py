"""The articles that hold some words, for the line table: few enough to be held whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from agentdesk.desk import Desk
from agentdesk.queries.articles import ArticleRow, articles
from agentdesk.widgets.held_rows import HeldLook


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """Words, and whether the best match comes first."""

    desk: Desk
    words: str
    is_best: bool

    @contextmanager
    def look(self) -> Iterator[HeldLook[ArticleRow]]:
        """One snapshot."""
        with self.desk.read() as read:
            yield HeldLook(articles(read, self.words, best=self.is_best))

    def id_of(self, row: ArticleRow) -> int:
        """Its number."""
        return row.id
