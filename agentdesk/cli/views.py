"""Views: queries with a name, and how many tickets each holds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.failures import ask
from agentdesk.cli.options import FormatOption, YesOption
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.writing import write
from agentdesk.domain.errors import InvalidValueError, NotFoundError

if TYPE_CHECKING:
    from agentdesk.desk import Desk
    from agentdesk.queries.views import View
    from agentdesk.store.change import Change

VIEWS = (
    Column("name", "View", read=lambda row: row[0].name),
    Column("id", read=lambda row: row[0].id),
    Column("tickets", "Tickets", read=lambda row: row[1], right=True),
    Column("query", "Query", read=lambda row: row[0].query),
    Column("sort", "Sort", read=lambda row: row[0].sort),
    Column("columns", read=lambda row: row[0].columns),
    Column("group_by", "Group", read=lambda row: row[0].group_by),
    Column("is_saved", "Saved", read=lambda row: row[0].is_saved),
    Column("is_shared", "Shared", read=lambda row: row[0].is_shared),
    Column("version", read=lambda row: row[0].version),
)
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="What the view is called.")]
_SORT_HELP = "attention, due, priority, created or updated; - in front turns it round."


def list_views(ctx: typer.Context, *, form: FormatOption = Format.TABLE) -> None:
    """Print the views and how many tickets each holds.

    Example:
        agentdesk view list
    """
    session = session_of(ctx)
    with session.desk() as desk:
        print_views(session, desk, form)


def show_view(ctx: typer.Context, name: NameArgument, *, form: FormatOption = Format.TABLE) -> None:
    """Print one view: its query, order, columns and headings, and how many tickets it holds.

    Example:
        agentdesk view show VAT
    """
    session = session_of(ctx)
    with session.desk() as desk:
        print_views(session, desk, form, [name])


def add_view(
    ctx: typer.Context,
    name: NameArgument,
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help="What it shows.")],
    *,
    sort: Annotated[str, typer.Option("--sort", metavar="KEY", help=_SORT_HELP)] = "attention",
    columns: Annotated[
        str, typer.Option("--columns", metavar="A,B", help="Which columns of the queue, in this order.")
    ] = "",
    group_by: Annotated[
        str, typer.Option("--group", metavar="WORD", help="What its headings are: queue or customer.")
    ] = "",
    shared: Annotated[bool, typer.Option("--shared", help="For everybody, not only for you.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Save a query under a name; the same name again replaces it.

    Example:
        agentdesk view add VAT 'is:open tag:vat' --sort due
        agentdesk view add Returns 'is:open queue:Returns' --columns due,customer,subject --group customer --shared
    """
    from agentdesk.queries.filters import compile_query
    from agentdesk.queries.tickets import SORTS

    session = session_of(ctx)
    words = " ".join(query)
    if sort.removeprefix("-") not in SORTS:
        raise InvalidValueError("sort", sort, list(SORTS))

    def save(change: "Change") -> Any:
        from agentdesk.services import save_view

        return save_view(
            change,
            name=name,
            query=words,
            sort=sort,
            columns=split(columns),
            group_by=group_by,
            shared=shared,
        )

    with session.desk() as desk:
        with desk.read() as read:
            compile_query(read, words, desk.zone)
        write(session, desk, save, summary=f"save view {name}")
        print_views(session, desk, form, [name])


def rename_view(
    ctx: typer.Context,
    name: NameArgument,
    new: Annotated[str, typer.Argument(metavar="NEW", help="What it is called from now on.")],
    *,
    form: FormatOption = Format.TABLE,
) -> None:
    """Give a saved view another name.

    Example:
        agentdesk view rename VAT Taxes
    """
    session = session_of(ctx)

    def rename(change: "Change") -> Any:
        from agentdesk.services import edit_view

        return edit_view(change, view.number, {"name": new}, expected_version=view.version)

    with session.desk() as desk:
        view = saved_view(desk, name)
        write(session, desk, rename, summary=f"rename view {view.name} to {new}")
        print_views(session, desk, form, [new])


def move_view(
    ctx: typer.Context,
    name: NameArgument,
    place: Annotated[int, typer.Argument(metavar="PLACE", help="The first one is 1.", min=1)],
    *,
    form: FormatOption = Format.TABLE,
) -> None:
    """Put a saved view to a place among those of the desk, or among your own.

    Example:
        agentdesk view move VAT 1
    """
    session = session_of(ctx)

    def move(change: "Change") -> Any:
        from agentdesk.services import move_view as move_one

        return move_one(change, view.number, place, expected_version=view.version)

    with session.desk() as desk:
        view = saved_view(desk, name)
        write(session, desk, move, summary=f"move view {view.name}")
        print_views(session, desk, form)


def remove_view(ctx: typer.Context, name: NameArgument, *, yes: YesOption = False) -> None:
    """Delete a saved view; no ticket is touched.

    Example:
        agentdesk view remove VAT --yes
    """
    session = session_of(ctx)

    def remove(change: "Change") -> None:
        from agentdesk.services import remove_view as remove_one

        remove_one(change, view.number, expected_version=view.version)

    with session.desk() as desk:
        view = saved_view(desk, name)
        ask(f"Delete the view {view.name}?", yes=yes)
        write(session, desk, remove, summary=f"delete view {view.name}")


def split(words: str) -> list[str]:
    """The columns of `due,subject`."""
    named = [one.strip() for one in words.split(",")] if words.strip() else []
    if not all(named):
        raise WrongUsage(f"--columns {words} names an empty column. Write it as in: --columns due,subject")
    return named


def saved_view(desk: "Desk", name: str) -> "View":
    """The saved view of this name or id, whatever its case.

    Raises:
        NotFoundError: there is none.
    """
    return find_views(desk, [name], saved=True)[0]


def find_views(desk: "Desk", names: Sequence[str], *, saved: bool = False) -> "list[View]":
    """The views of these names or ids in the order in which they are shown; all of them where none is named.

    Raises:
        NotFoundError: one of them is not there.
    """
    from agentdesk.domain.near import suggest
    from agentdesk.queries.views import views

    with desk.read() as read:
        known = [one for one in views(read) if one.is_saved or not saved]
    wanted = {" ".join(name.split()).casefold(): name for name in names}
    found = [one for one in known if not wanted or wanted.keys() & {one.id, one.name.casefold()}]
    for key, name in wanted.items():
        if not any(key in (one.id, one.name.casefold()) for one in found):
            near = suggest(name, [(one.name, one.name) for one in known])
            raise NotFoundError("saved view" if saved else "view", name, near or "See: agentdesk view list")
    return found


def print_views(session: Session, desk: "Desk", form: Format, names: Sequence[str] = ()) -> None:
    """Print views with their counts: those of these names, or all."""
    from agentdesk.queries.views import counts

    found = find_views(desk, names)
    with desk.read() as read:
        held = counts(read, found, desk.zone)
    rows = [(one, held.get(one.id)) for one in found]
    if len(names) == 1 and rows and form is Format.JSON:
        session.out.emit_one(rows[0], VIEWS, form, str)
    else:
        session.emit(rows, VIEWS, form)
