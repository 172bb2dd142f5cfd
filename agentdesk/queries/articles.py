"""The articles of the knowledge base: all of them, or those that hold some words, the newest or the best match first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from agentdesk.domain.macro import is_stale
from agentdesk.domain.references import article_ref
from agentdesk.store.reader import Reader

MOST: Final = 1000
"""Articles that a search gives at most: the newest that match."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article with its text."""

    id: int
    version: int
    title: str
    body: str
    category: str
    tags: tuple[str, ...]
    audience: str
    is_published: bool
    author: str | None
    reviewed_at: datetime | None
    created_at: datetime
    updated_at: datetime

    @property
    def ref(self) -> str:
        """`KB-12`."""
        return article_ref(self.id)

    @property
    def is_internal(self) -> bool:
        """Whether only the team may read it."""
        return self.audience == "internal"

    @property
    def state(self) -> str:
        """Who reads it: `public`, `internal` or `draft`."""
        return self.audience if self.is_published else "draft"

    @property
    def short(self) -> str:
        """Its first paragraph."""
        return self.body.strip().partition("\n\n")[0]

    def is_stale(self, now: datetime) -> bool:
        """Whether nobody has looked at it for half a year."""
        return is_stale(self.reviewed_at, self.created_at, now)


_ARTICLES = (
    "SELECT kb_article.id, kb_article.version, kb_article.title, kb_article.body, kb_article.category, "
    "kb_article.tags, kb_article.audience, kb_article.is_published, agent.handle AS author, "
    "kb_article.reviewed_at, kb_article.created_at, kb_article.updated_at "
    "FROM kb_article LEFT JOIN agent ON agent.id = kb_article.author_id WHERE kb_article.is_active"
)
_REFERENCE: Final = re.compile(r"kb-?(\d*)", re.IGNORECASE | re.ASCII)
_NEWEST = " ORDER BY kb_article.updated_at DESC, kb_article.id DESC"


def articles(read: Reader, text: str = "", *, best: bool = False) -> list[ArticleRow]:
    """The articles that hold every word of `text`, the last one of which may be a beginning; all of them for none.

    `KB-5`, or its beginning, also finds the articles whose reference begins so, the lowest number first.

    Args:
        read: the snapshot.
        text: as people type it.
        best: the best match first; else the last changed.
    """
    if not any(char.isalnum() for char in text):
        return read.rows(ArticleRow, _ARTICLES + _NEWEST)
    params = {"term": read.search_term(_open_ended(text)), "window": MOST}
    found = [int(one) for one, _ in read.tuples(read.ranked("kb_article", "term", "window"), params)]
    referred = _referred(read, text)
    rows = _by_ids(read, list(dict.fromkeys([*referred, *found])))
    return rows if best or referred else sorted(rows, key=lambda one: (one.updated_at, one.id), reverse=True)


def article(read: Reader, article_id: int) -> ArticleRow | None:
    """One article, or None."""
    return next(iter(_by_ids(read, [article_id])), None)


def _referred(read: Reader, text: str) -> list[int]:
    """The articles whose reference begins with what was typed."""
    typed = _REFERENCE.fullmatch(text.strip())
    if typed is None:
        return []
    sql = (
        "SELECT id FROM kb_article WHERE is_active AND CAST(id AS TEXT) LIKE :digits ORDER BY id LIMIT :most"
    )
    return [int(one) for (one,) in read.tuples(sql, {"digits": f"{typed[1]}%", "most": MOST})]


def _by_ids(read: Reader, wanted: Sequence[int]) -> list[ArticleRow]:
    if not wanted:
        return []
    listed = ",".join(str(int(one)) for one in wanted)
    place = {one: at for at, one in enumerate(wanted)}
    rows = read.rows(ArticleRow, f"{_ARTICLES} AND kb_article.id IN ({listed})")
    return sorted(rows, key=lambda one: place[one.id])


def _open_ended(text: str) -> str:
    """What is typed so far: its last word goes on."""
    words = text.replace('"', " ")
    return words if words[-1:].isspace() or words.endswith("*") else f"{words}*"
