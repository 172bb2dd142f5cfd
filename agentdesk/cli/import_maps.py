"""Maps of foreign files, kept by name."""

from pathlib import Path
from typing import Annotated

import typer

from agentdesk.cli.options import FormatOption, LimitOption, rows_wanted
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import session_of
from agentdesk.cli.writing import write

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="What the map is called.")]
LIST = (
    Column("name", "Map"),
    Column("kind", "Imports"),
    Column("id"),
    Column("version"),
    Column("updated_at", "Changed"),
)


def list_maps(ctx: typer.Context, *, limit: LimitOption = None, form: FormatOption = Format.TABLE) -> None:
    """Print the maps that are kept.

    Example:
        agentdesk import map list
    """
    from agentdesk.queries.import_maps import import_maps

    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        rows = import_maps(read)
    shown = session.emit(rows[: rows_wanted(limit, form)], LIST, form)
    session.say_shown(shown, len(rows))


def show_map(ctx: typer.Context, name: NameArgument, *, form: FormatOption = Format.TABLE) -> None:
    """Print one map as it was saved.

    Example:
        agentdesk import map show shop
    """
    from agentdesk.queries.import_maps import import_map

    session = session_of(ctx)
    with session.desk() as desk, desk.read() as read:
        row = import_map(read, name)
    session.out.emit_one(row, (*LIST, Column("text")), form, lambda: row.text.rstrip("\n"))


def save(
    ctx: typer.Context,
    name: NameArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The map; it is checked before it is kept.")],
) -> None:
    """Keep a map under a name, in place of the one that has it.

    Every `--map` takes the name then, whatever folder one is in.

    Example:
        agentdesk import map save shop shop.toml
        agentdesk import orders orders.csv --map shop
    """
    from agentdesk.services.import_maps import save_map
    from agentdesk.transfer.map_check import check_map

    session = session_of(ctx)
    with session.desk() as desk:
        kind, text = check_map(file)
        write(
            session,
            desk,
            lambda change: save_map(change, name=name, kind=kind, text=text),
            summary=f"save the map {' '.join(name.split())}",
        )


def retire(ctx: typer.Context, name: NameArgument) -> None:
    """Offer a map no more; undo brings it back.

    Example:
        agentdesk import map retire shop
    """
    from agentdesk.services.import_maps import retire_map

    session = session_of(ctx)
    with session.desk() as desk:
        write(
            session,
            desk,
            lambda change: retire_map(change, name),
            summary=f"retire the map {' '.join(name.split())}",
        )
