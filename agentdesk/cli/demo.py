"""The sample desk: built once, then opened."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Format
from agentdesk.cli.session import OpenConsole, Session, session_of
from agentdesk.cli.tickets import LIST

ROWS = 20
"""How much of the queue is printed where no console can be opened."""


def demo(
    ctx: typer.Context,
    *,
    path: Annotated[
        Path | None, typer.Option("--path", metavar="FILE", help="Where to build it; a file of its own.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="The same number, the same desk.")] = 1,
    no_console: Annotated[bool, typer.Option("--no-console", help="Print the queue instead.")] = False,
    form: FormatOption = Format.TABLE,
) -> OpenConsole | None:
    """Build a believable sample desk and open it.

    An existing file is used as it is, so that you can go on where you stopped.

    Example:
        agentdesk demo
        agentdesk demo --path build/demo.db --seed 7 --no-console
    """
    from agentdesk.demo import build_demo, demo_settings

    session = session_of(ctx)
    place = path or _default_path()
    if place.exists():
        session.say(f"{place} is there already and is used as it is. Remove it to build a new one.")
    else:
        session.say(f"Building a sample desk in {place} ...")
        build_demo(place, seed=seed)
    opened = demo_settings(place, session.settings)
    if not no_console and sys.stdin.isatty() and sys.stdout.isatty():
        return OpenConsole(opened)
    _print_queue(session, opened, form)
    return None


def _default_path() -> Path:
    from platformdirs import user_data_path

    return user_data_path("agentdesk") / "demo.db"


def _print_queue(session: Session, settings: object, form: Format) -> None:
    from agentdesk.desk import Desk
    from agentdesk.queries import tickets
    from agentdesk.queries.filters import compile_query
    from agentdesk.settings import Settings

    assert isinstance(settings, Settings)
    desk = Desk.open(settings)
    try:
        with desk.read() as read:
            found = compile_query(read, "is:open", desk.zone)
            rows = tickets.page(read, found.where, tickets.SORTS["attention"], limit=ROWS)
            total = tickets.count(read, found.where)
        session.emit(rows, LIST, form)
        session.say(f"{len(rows)} of {total} open tickets, what needs attention first.")
        session.say(
            f"Open it in a terminal with: agentdesk --store {settings.store} --as {desk.actor.handle}"
        )
    finally:
        desk.close()
