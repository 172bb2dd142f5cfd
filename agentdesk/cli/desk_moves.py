"""A whole desk leaves as one file, and moves into an empty store."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.export_place import named_place
from agentdesk.cli.import_progress import watched
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.ticket_page import fact_lines

if TYPE_CHECKING:
    from agentdesk.desk import Desk

ZipOption = Annotated[
    Path, typer.Option("--out", metavar="FILE", help="The zip; written whole or not at all, for you alone.")
]
ZipArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A zip that agentdesk export desk wrote.")]
_TOLD = ("ticket", "message", "customer", "organization", "agent", "change", "journal")


def export_desk(ctx: typer.Context, *, out: ZipOption) -> None:
    """Export everything of the desk as one zip, journal and files included.

    Only admins do. The same desk gives the same bytes.

    Example:
        agentdesk export desk --out desk.zip
    """
    from agentdesk.transfer.desk_archive import write_desk
    from agentdesk.transfer.new_file import new_file

    if named_place(out) is None:
        raise WrongUsage("A whole desk goes to a file: --out FILE.zip.")
    session = session_of(ctx)
    with session.desk() as desk, watched(session, "Exporting") as progress, new_file(out) as file:
        done = write_desk(desk, file, progress)
    session.say(f"{done.total:,} rows of {len(done.rows)} tables exported to {out}.")


def import_desk(ctx: typer.Context, file: ZipArgument, *, form: FormatOption = Format.TABLE) -> None:
    """Import a whole desk into an empty store, with its numbers, its history and its files.

    The zip is looked at from end to end first; what is damaged is named, and nothing is written then.

    Example:
        agentdesk import desk desk.zip --store postgresql://desk@host/desk
    """
    from agentdesk.transfer.desk_check import check_desk
    from agentdesk.transfer.desk_import import import_desk as bring_in

    session = session_of(ctx)
    archive = check_desk(file)
    with session.desk() as desk, watched(session, "Importing") as progress:
        done = bring_in(desk, archive, progress)
        told = {"store": str(desk.store.location), "schema": done.schema, "rows": done.total}
        told |= {f"{name}s": done.rows.get(name, 0) for name in _TOLD}
        columns = tuple(Column(key, read=_getter(key)) for key in told)
        facts = {key.capitalize(): value for key, value in told.items()}
        session.out.emit_one(told, columns, form, lambda: "\n".join(fact_lines(facts)))
        if done.replaced:
            session.say(
                f"Texts with a NUL, which PostgreSQL cannot hold: {done.replaced:,}; U+FFFD stands for it."
            )
        _say_who(session, desk)


def _say_who(session: Session, desk: "Desk") -> None:
    """Whoever set the empty store up is no agent of the desk that came in, unless it knows them."""
    from agentdesk.queries.people import agents

    with desk.read() as read:
        handles = ", ".join(agent.handle for agent in agents(read, active_only=True))
    session.say(f"Its agents are {handles}: say who you are with --as.")


def _getter(key: str) -> Any:
    return lambda record: record[key]
