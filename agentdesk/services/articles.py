"""Articles of the knowledge base: written, edited, published and retired."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from agentdesk.domain.actor import Permission
from agentdesk.domain.errors import InvalidValueError
from agentdesk.domain.events import Event
from agentdesk.domain.names import checked_name, tag_words
from agentdesk.domain.safe_text import UNSAFE
from agentdesk.domain.vocabulary import Audience
from agentdesk.models import Article
from agentdesk.store.change import Change

EDITABLE: Final = frozenset(
    {"title", "body", "category", "tags", "audience", "is_published", "reviewed", "is_active"}
)
LONGEST_TITLE: Final = 200


def add_article(
    change: Change,
    *,
    title: str,
    body: str,
    category: str = "",
    tags: Sequence[str] = (),
    audience: str = Audience.PUBLIC,
    is_published: bool = True,
) -> Article:
    """Write an article; it counts as looked at today.

    Raises:
        InvalidValueError: the title is empty or none that can be shown, there is no text, or no such audience.
    """
    change.actor.require(Permission.WORK)
    row = Article(
        title="",
        author_id=change.actor.id,
        created_at=change.at,
        updated_at=change.at,
        reviewed_at=change.at,
    )
    told = {"title": title, "body": body, "category": category, "tags": tags, "audience": audience}
    _put(row, {**told, "is_published": is_published})
    change.add(row)
    change.record(Event.ARTICLE_CHANGED, row)
    return row


def edit_article(
    change: Change, article_id: int, values: Mapping[str, Any], *, expected_version: int | None = None
) -> Article:
    """Set parts of an article; `reviewed` alone says that somebody has looked at it.

    Raises:
        ConflictError: it changed since `expected_version`.
        InvalidValueError: a part that an article does not have, or as in `add_article`.
    """
    change.actor.require(Permission.WORK)
    row = change.get(Article, article_id, expected_version)
    if unknown := set(values) - EDITABLE:
        raise InvalidValueError("field", min(unknown), sorted(EDITABLE))
    _put(row, values)
    if {"title", "body", "reviewed"} & set(values):
        row.reviewed_at = change.at
    change.record(Event.ARTICLE_CHANGED, row)
    return row


def retire_article(change: Change, article_id: int) -> Article:
    """Tell an article no more; undo brings it back."""
    return edit_article(change, article_id, {"is_active": False})


def _put(row: Article, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name in _CHECKED:
            setattr(row, name, _CHECKED[name](value))
        elif name in ("is_published", "is_active"):
            setattr(row, name, bool(value))


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title:
        raise InvalidValueError("title", text, hint="Write what the article is about.")
    if any(ord(char) in UNSAFE for char in title):
        raise InvalidValueError("title", title, hint="Leave out the control characters.")
    if len(title) > LONGEST_TITLE:
        raise InvalidValueError("title", title, hint=f"A title has at most {LONGEST_TITLE} characters.")
    return title


def _body(text: str) -> str:
    if not text.strip():
        raise InvalidValueError("text", text, hint="An article says something: write its text.")
    return text.strip("\n")


def _category(text: str) -> str:
    return checked_name(text, "A category") if text.strip() else ""


def _audience(word: str) -> str:
    if word not in set(Audience):
        raise InvalidValueError("audience", word, [str(one) for one in Audience])
    return str(word)


_CHECKED: Final[Mapping[str, Any]] = {
    "title": _title,
    "body": _body,
    "category": _category,
    "tags": tag_words,
    "audience": _audience,
}
