"""How an article looks: as a row of a list, and whole on a page."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from agentdesk.domain.when import brief, stamp
from agentdesk.queries.articles import ArticleRow
from agentdesk.widgets.columns import Cell, Column
from agentdesk.widgets.safe import body, content

STATES = {"public": "muted", "internal": "internal", "draft": "soon"}


def article_columns(now: Callable[[], datetime], zone: ZoneInfo) -> list[Column[ArticleRow]]:
    """The columns of the list; `now` and `zone` tell the days."""
    return [
        Column("ARTICLE", 7, lambda row: Cell(row.ref, "muted")),
        Column("TITLE", 20, lambda row: Cell(row.title, "text"), flexible=True),
        Column(
            "CATEGORY",
            10,
            lambda row: Cell(row.category or "—", "waiting" if row.category else "faint"),
            drop=2,
        ),
        Column("FOR", 8, lambda row: Cell(row.state, STATES[row.state]), drop=1),
        Column("LOOKED AT", 14, lambda row: _looked(row, now(), zone), drop=3),
    ]


def _looked(row: ArticleRow, now: datetime, zone: ZoneInfo) -> Cell:
    told = brief(row.reviewed_at, now, zone) if row.reviewed_at else "never"
    return Cell(f"▪ {told}", "soon") if row.is_stale(now) else Cell(told, "faint")


def article_page(row: ArticleRow, now: datetime, zone: ZoneInfo) -> Content:
    """The article as it is read: its title, what there is to know of it, its text."""
    tags = " ".join(f"#{tag}" for tag in row.tags)
    facts = " · ".join(filter(None, (row.ref, row.category, tags)))
    by = f"by {row.author}, " if row.author else ""
    changed = f"{by}changed {stamp(row.updated_at, now, zone)}"
    style = {"public": "$here", "internal": "bold $internal", "draft": "bold $soon"}[row.state]
    words = {
        "public": "customers may read it",
        "internal": "for the team only",
        "draft": "a draft, not told yet",
    }
    lines = [
        content(row.title, "bold $ink"),
        Content.assemble(content(facts, "$muted"), content(f" · {words[row.state]}", style)),
        content(changed, "$faint"),
    ]
    if row.is_stale(now):
        lines.append(
            content("Nobody has looked at it for half a year: r says that it is still right.", "$soon")
        )
    return Content("\n").join([*lines, Content(""), body(row.body)])
