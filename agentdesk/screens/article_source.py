"""The articles that hold some words, for the line table: few enough to be held whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from agentdesk.desk import Desk
from agentdesk.queries.articles import ArticleRow, articles
from agentdesk.screens.short_list import ShortList


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """Words, and whether the best match comes first."""

    desk: Desk
    words: str
    is_best: bool

    @contextmanager
    def look(self) -> Iterator[ShortList]:
        """One snapshot."""
        with self.desk.read() as read:
            yield ShortList(articles(read, self.words, best=self.is_best), self.id_of)

    def id_of(self, row: ArticleRow) -> int:
        """Its number."""
        return row.id
