"""The sample desk: built once, then opened."""

import sys
from dataclasses import replace
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Annotated

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import OpenConsole, Session, session_of
from agentdesk.cli.tickets import list_columns

if TYPE_CHECKING:
    from agentdesk.settings import Settings

TOUR = (
    Column("step", "Step", read=lambda row: row[0]),
    Column("hint", "What to do", read=lambda row: row[1].hint),
)
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

    It is a practice desk: it says so on every screen and in every report, and nothing in it leaves this computer.
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


def tour(
    ctx: typer.Context,
    *,
    no_console: Annotated[bool, typer.Option("--no-console", help="Print its steps instead.")] = False,
    form: FormatOption = Format.TABLE,
) -> OpenConsole | None:
    """Show a newcomer round the console, on the practice desk.

    Five minutes with the real console: it says what to press and waits for it. Escape leaves, and it goes on there.

    Example:
        agentdesk tour
        agentdesk tour --no-console
    """
    from agentdesk.commands.tour_steps import STEPS

    session = session_of(ctx)
    if session.as_of is not None:
        raise WrongUsage("The tour is for the present: leave out --as-of.")
    if no_console or not (sys.stdin.isatty() and sys.stdout.isatty()):
        session.emit(list(enumerate(STEPS, start=1)), TOUR, form)
        return None
    opened = replace(session.settings, store=str(_place(session)), agent=session.told.agent)
    _build(session, opened, seed=1)
    return OpenConsole(opened, tour=True)


def _place(session: Session) -> Path | str:
    """The file of the demo: never the user's own desk, unless it is named on the line."""
    from agentdesk.demo.practice import practice_place

    return session.told.store or practice_place()


def _build(session: Session, settings: "Settings", seed: int) -> None:
    from agentdesk.demo.practice import build_practice

    build_practice(settings, seed=seed, tell=session.say)


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
