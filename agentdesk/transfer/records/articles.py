"""Articles of another knowledge base, found by their id there, else by their title."""

from typing import Final

from agentdesk.domain.events import Event
from agentdesk.domain.safe_text import UNSAFE
from agentdesk.domain.vocabulary import Audience
from agentdesk.models import Article
from agentdesk.services.articles import LONGEST_TITLE
from agentdesk.transfer.records.cells import flag, instant, prose, tags, text
from agentdesk.transfer.records.kind import EXTERNAL_ID, CellError, Field, Kind, Told


def _finish(told: Told) -> Told:
    if any(ord(char) in UNSAFE for char in told["title"]):
        raise CellError("holds control characters", "title")
    if len(told["title"]) > LONGEST_TITLE:
        raise CellError(f"has more than {LONGEST_TITLE} characters", "title")
    return told


ARTICLES: Final = Kind(
    name="articles",
    noun="article",
    model=Article,
    fields=(
        Field(EXTERNAL_ID, text, "articleid externalid number slug key id"),
        Field("title", text, "title name subject question headline titel", is_needed=True),
        Field("body", prose, "body content text answer description html", is_needed=True, joins="\n\n"),
        Field("category", text, "category section folder topic sectionname categoryname"),
        Field("tags", tags, "tags labels labelnames keywords"),
        Field(
            "audience",
            text,
            "audience visibility",
            words=tuple(str(one) for one in Audience),
            means={
                **dict.fromkeys(("everyone", "all", "customers", "external", "visitors"), "public"),
                **dict.fromkeys(("agents", "staff", "team", "private"), "internal"),
            },
        ),
        Field("is_published", flag, "ispublished published state status publishstatus"),
        Field("author", text, "author authorname writtenby createdby owner"),
        Field("reviewed_at", instant, "reviewedat lastreviewed reviewdate updatedat lastupdated"),
    ),
    needs={
        ("title",): "nothing tells what an article is about",
        ("body",): "nothing tells what an article says",
    },
    finish=_finish,
    made=Event.ARTICLE_CHANGED,
    changed=Event.ARTICLE_CHANGED,
    people={"author": "author_id"},
    natural="title",
)
