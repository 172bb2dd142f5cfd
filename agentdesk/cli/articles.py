"""Articles of the knowledge base: written, found, read, changed and retired."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.options import FormatOption, LimitOption, rows_wanted
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.stdin import read_text
from agentdesk.cli.writing import write
from agentdesk.domain.errors import NotFoundError
from agentdesk.domain.references import article_id, article_ref

if TYPE_CHECKING:
    from datetime import datetime

    from agentdesk.cli.ticket_page import When
    from agentdesk.desk import Desk
    from agentdesk.queries.articles import ArticleRow
    from agentdesk.store.change import Change
    from agentdesk.store.reader import Reader

ArticleArgument = Annotated[str, typer.Argument(metavar="ARTICLE", help="KB-12 or 12.")]
CategoryOption = Annotated[str | None, typer.Option("--category", metavar="TEXT", help="What it is about.")]
TagsOption = Annotated[str | None, typer.Option("--tags", metavar="A,B", help="Tags, comma between them.")]
BodyOption = Annotated[
    str | None, typer.Option("--body", metavar="TEXT", help="Its text; - or nothing reads it from stdin.")
]
NONE = "Write the first one: agentdesk article new 'How to return an order' --body - < returns.txt"


def _columns(now: "datetime", form: Format = Format.JSON) -> tuple[Column, ...]:
    whole = () if form is Format.TABLE else (Column("body"),)
    return (
        Column("ref", "Article"),
        Column("id"),
        Column("title", "Title"),
        Column("category", "Category"),
        Column("state", "For", read=lambda one: one.state),
        Column("author", "By"),
        Column("updated_at", "Changed"),
        Column("reviewed_at", "Looked at"),
        Column("is_stale", "Stale", read=lambda one: one.is_stale(now)),
        Column("tags"),
        Column("audience"),
        Column("is_published"),
        Column("version"),
        *whole,
    )


def list_articles(
    ctx: typer.Context,
    *,
    stale: Annotated[
        bool, typer.Option("--stale", help="Only those nobody has looked at for 180 days.")
    ] = False,
    limit: LimitOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the articles, the last changed first.

    Example:
        agentdesk article list
    """
    _list(ctx, "", best=False, stale=stale, limit=limit, form=form)


def search_articles(
    ctx: typer.Context,
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="Words; the last may be a beginning.")],
    *,
    newest: Annotated[
        bool, typer.Option("--newest", help="The last changed first, not the best match.")
    ] = False,
    limit: LimitOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print the articles that hold every word, the best match first.

    Example:
        agentdesk article search token expired
    """
    _list(ctx, " ".join(text), best=not newest, stale=False, limit=limit, form=form)


def show_article(ctx: typer.Context, article: ArticleArgument, *, form: FormatOption = Format.TABLE) -> None:
    """Print one article.

    Example:
        agentdesk article show KB-12
    """
    session = session_of(ctx)
    with session.desk() as desk:
        _print(session, desk, article_id(article), form)


def new_article(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What it is about.")],
    *,
    body: BodyOption = None,
    category: CategoryOption = None,
    tags: TagsOption = None,
    internal: Annotated[bool, typer.Option("--internal", help="Only for the team.")] = False,
    draft: Annotated[bool, typer.Option("--draft", help="Not ready to be told yet.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Write an article.

    Example:
        agentdesk article new 'How to return an order' --category Returns --body - < returns.txt
    """
    session = session_of(ctx)
    text = read_text(body, what="text", typed="article new 'How to return' --body 'Within 30 days.'")

    def add(change: "Change") -> int:
        from agentdesk.services import add_article

        row = add_article(
            change,
            title=title,
            body=text,
            category=category or "",
            tags=_tags(tags or ""),
            audience="internal" if internal else "public",
            is_published=not draft,
        )
        assert row.id is not None
        return row.id

    with session.desk() as desk:
        number = write(session, desk, add, summary=f"write the article {title}")
        assert number is not None
        _print(session, desk, number, form)


def set_article(
    ctx: typer.Context,
    article: ArticleArgument,
    *,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Its new title.")] = None,
    body: Annotated[
        str | None, typer.Option("--body", metavar="TEXT", help="Its new text; - reads it from stdin.")
    ] = None,
    category: CategoryOption = None,
    tags: TagsOption = None,
    internal: Annotated[
        bool | None, typer.Option("--internal/--public", help="Whether only the team reads it.")
    ] = None,
    draft: Annotated[
        bool | None, typer.Option("--draft/--published", help="Whether it is not ready to be told.")
    ] = None,
    reviewed: Annotated[
        bool, typer.Option("--reviewed", help="You have looked at it, and it is still right.")
    ] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Change an article.

    Example:
        agentdesk article set KB-12 --reviewed
        agentdesk article set KB-12 --draft --category Returns
    """
    session = session_of(ctx)
    number = article_id(article)
    text = read_text(body, what="text", typed="article set KB-12 --body -") if body == "-" else body
    told: dict[str, Any] = {"title": title, "body": text, "category": category, "reviewed": reviewed or None}
    told |= {"tags": None if tags is None else _tags(tags)}
    told |= {"audience": None if internal is None else ("internal" if internal else "public")}
    told |= {"is_published": None if draft is None else not draft}
    values = {field: value for field, value in told.items() if value is not None}
    if not values:
        raise WrongUsage(f"Nothing is to be changed. Name what, as in: article set {article} --reviewed")

    def edit(change: "Change") -> Any:
        from agentdesk.services import edit_article

        return edit_article(change, number, values)

    with session.desk() as desk:
        write(session, desk, edit, summary=f"change {article_ref(number)}")
        _print(session, desk, number, form)


def retire_article(ctx: typer.Context, article: ArticleArgument) -> None:
    """Tell an article no more; undo brings it back.

    Example:
        agentdesk article retire KB-12
    """
    session = session_of(ctx)
    number = article_id(article)

    def retire(change: "Change") -> Any:
        from agentdesk.services import retire_article as retire_one

        return retire_one(change, number)

    with session.desk() as desk:
        write(session, desk, retire, summary=f"retire {article_ref(number)}")


def _tags(text: str) -> list[str]:
    return [one for one in text.split(",") if one.strip()]


def _list(ctx: typer.Context, text: str, *, best: bool, stale: bool, limit: int | None, form: Format) -> None:
    from agentdesk.queries.articles import articles

    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        rows = [one for one in articles(read, text, best=best) if not stale or one.is_stale(read.now)]
        shown = rows[: rows_wanted(limit, form)]
        hint = "Ask for less: agentdesk article list" if text or stale else NONE
        count = session.emit(shown, _columns(read.now, form), form, things="articles", hint=hint)
        session.say_shown(count, len(rows))


def _print(session: Session, desk: "Desk", number: int, form: Format) -> None:
    with desk.read() as read:
        row = _found(read, number)
        out = session.out
        out.emit_one(row, _columns(read.now), form, lambda: _page(row, read.now, out.when))


def _found(read: "Reader", number: int) -> "ArticleRow":
    from agentdesk.queries.articles import article

    found = article(read, number)
    if found is None:
        raise NotFoundError("article", article_ref(number), "See: agentdesk article list")
    return found


def _page(row: "ArticleRow", now: "datetime", when: "When") -> str:
    from agentdesk.cli.ticket_page import fact_lines

    looked = when(row.reviewed_at) or "never"
    facts = {
        "For": row.state,
        "Category": row.category,
        "Tags": ", ".join(row.tags),
        "By": row.author,
        "Changed": when(row.updated_at),
        "Looked at": f"{looked}, which is long ago: is it still right?" if row.is_stale(now) else looked,
    }
    return "\n".join([f"{row.ref}  {row.title}", "", *fact_lines(facts), "", row.body])
