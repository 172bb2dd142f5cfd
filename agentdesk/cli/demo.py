"""The sample desk: built once, then opened."""

import getpass
import sys
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Format
from agentdesk.cli.session import OpenConsole, Session, session_of
from agentdesk.cli.tickets import list_columns

if TYPE_CHECKING:
    from agentdesk.settings import Settings

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
    session = session_of(ctx)
    if session.as_of is not None:
        raise WrongUsage("The sample desk is built for the present: leave out --as-of.")
    opened = replace(session.settings, store=str(path or _place(session)), agent=session.told.agent)
    _build(session, opened, seed)
    if not no_console and sys.stdin.isatty() and sys.stdout.isatty():
        return OpenConsole(opened)
    _print_queue(session, opened, form)
    return None


def _place(session: Session) -> Path | str:
    """The file of the demo: never the user's own desk, unless it is named on the line."""
    from platformdirs import user_data_path

    return session.told.store or user_data_path("agentdesk") / "demo.db"


def _build(session: Session, settings: "Settings", seed: int) -> None:
    """Fill the store if it is new; what could not be finished is not left behind."""
    from agentdesk.demo.build import build_demo
    from agentdesk.domain.clock import SystemClock
    from agentdesk.store.location import parse_location
    from agentdesk.store.store import Store

    location = parse_location(settings.store)
    if location.path is not None and location.path.exists():
        session.say(f"{location} is there already and is used as it is. Remove it to build a new one.")
        return
    session.say(f"Building a sample desk in {location} ...")
    store = Store.open(settings.store)
    try:
        build_demo(store, seed=seed, now=SystemClock().now(), login=getpass.getuser(), zone=_zone(settings))
    except BaseException:
        store.close()
        if location.path is not None:
            for part in ("", "-wal", "-shm"):
                Path(f"{location.path}{part}").unlink(missing_ok=True)
        raise
    store.close()


def _zone(settings: "Settings") -> tzinfo:
    from tzlocal import get_localzone

    return ZoneInfo(settings.zone) if settings.zone else get_localzone()


def _program() -> str:
    """How this program was called: by its path, where the shell would not find it by its name."""
    called = Path(sys.argv[0])
    return str(called) if called.name == "agentdesk" and which("agentdesk") is None else "agentdesk"


def _print_queue(session: Session, settings: "Settings", form: Format) -> None:
    from agentdesk.desk import Desk
    from agentdesk.queries import tickets
    from agentdesk.queries.filters import compile_query

    desk = Desk.open(settings)
    try:
        with desk.read() as read:
            found = compile_query(read, "is:open", desk.zone)
            rows = tickets.page(read, found.where, tickets.SORTS["attention"], limit=ROWS)
            total = tickets.count(read, found.where)
        session.emit(rows, list_columns(read.now, form), form)
        session.say(f"{len(rows)} of {total} open tickets, what needs attention first.")
        session.say(
            f"Open it in a terminal with: {_program()} --store {settings.store} --as {desk.actor.handle}"
        )
    finally:
        desk.close()
