"""Views: queries with a name, and how many tickets each holds."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.failures import ask
from agentdesk.cli.options import FormatOption, YesOption
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.writing import write
from agentdesk.domain.errors import InvalidValueError, NotFoundError

if TYPE_CHECKING:
    from agentdesk.desk import Desk
    from agentdesk.store.change import Change

VIEWS = (
    Column("name", "View", read=lambda row: row[0].name),
    Column("id", read=lambda row: row[0].id),
    Column("tickets", "Tickets", read=lambda row: row[1], right=True),
    Column("query", "Query", read=lambda row: row[0].query),
    Column("sort", read=lambda row: row[0].sort),
    Column("is_saved", "Saved", read=lambda row: row[0].is_saved),
)
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="What the view is called.")]


def list_views(ctx: typer.Context, *, form: FormatOption = Format.TABLE) -> None:
    """Print the views and how many tickets each holds.

    Example:
        agentdesk view list
    """
    session = session_of(ctx)
    with session.desk() as desk:
        _print(session, desk, form)


def add_view(
    ctx: typer.Context,
    name: NameArgument,
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help="What it shows.")],
    *,
    sort: Annotated[
        str, typer.Option("--sort", metavar="KEY", help="attention, due, priority, created or updated.")
    ] = "attention",
    shared: Annotated[bool, typer.Option("--shared", help="For everybody, not only for you.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Save a query under a name.

    Example:
        agentdesk view add VAT 'is:open tag:vat' --sort due
    """
    from agentdesk.queries.filters import compile_query
    from agentdesk.queries.tickets import SORTS

    session = session_of(ctx)
    words = " ".join(query)
    if sort not in SORTS:
        raise InvalidValueError("sort", sort, list(SORTS))

    def save(change: "Change") -> Any:
        from agentdesk.services import save_view

        return save_view(change, name=name, query=words, sort=sort, shared=shared)

    with session.desk() as desk:
        with desk.read() as read:
            compile_query(read, words, desk.zone)
        write(session, desk, save, summary=f"save view {name}")
        _print(session, desk, form, name)


def remove_view(ctx: typer.Context, name: NameArgument, *, yes: YesOption = False) -> None:
    """Delete a saved view; no ticket is touched.

    Example:
        agentdesk view remove VAT --yes
    """
    from agentdesk.queries.views import views
    from agentdesk.services import remove_view as remove_one

    session = session_of(ctx)
    with session.desk() as desk:
        with desk.read() as read:
            found = next((one for one in views(read) if one.is_saved and one.name == name), None)
        if found is None:
            raise NotFoundError("saved view", name, "See: agentdesk view list")
        ask(f"Delete the view {name}?", yes=yes)
        number = int(found.id.removeprefix("view-"))
        write(session, desk, lambda change: remove_one(change, number), summary=f"delete view {name}")


def _print(session: Session, desk: "Desk", form: Format, name: str = "") -> None:
    from agentdesk.queries.views import counts, views

    with desk.read() as read:
        found = [one for one in views(read) if name in ("", one.name)]
        held = counts(read, found, desk.zone)
    rows = [(one, held.get(one.id)) for one in found]
    if name and rows and form is Format.JSON:
        session.out.emit_one(rows[0], VIEWS, form, str)
    else:
        session.emit(rows, VIEWS, form)
