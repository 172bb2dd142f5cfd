"""What a person sees of a long import while it runs, and what they are told when they stop it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from agentdesk.cli.session import Session

if TYPE_CHECKING:
    from agentdesk.transfer.result import ImportStopped, Progress


@contextmanager
def bringing_in(session: Session) -> "Iterator[Progress]":
    """A bar while rows come in, and one sentence where somebody stops them."""
    from agentdesk.transfer.result import ImportStopped

    try:
        with watched(session, "Importing") as progress:
            yield progress
    except ImportStopped as stop:
        raise KeyboardInterrupt(_stopped(stop)) from None


def _stopped(stop: "ImportStopped") -> str:
    """How far an import came, and the two ways on from there."""
    if stop.batch is None:
        return "Stopped: nothing was written."
    if not stop.rows:
        return "Stopped before the first row was written. Import the file again to go on."
    of = f" of {stop.total:,}" if stop.total else ""
    on = f"with `agentdesk import resume {stop.batch}`" if stop.can_resume else "by importing the file again"
    return (
        f"Stopped after {stop.rows:,}{of} rows; they are in the desk. Go on {on}, or take them back with "
        f"`agentdesk import undo {stop.batch}`."
    )


@contextmanager
def watched(session: Session, doing: str) -> "Iterator[Progress]":
    """A bar on stderr where somebody watches it, else nothing."""
    if session.told.quiet or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True, no_color=session.told.no_color or None)
    with Bar(console=console, transient=True) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
