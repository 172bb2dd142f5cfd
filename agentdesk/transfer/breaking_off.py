"""An import that somebody stops: what is said of it, and how its batch is left, so that it can be gone on with."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from agentdesk.desk import Desk
from agentdesk.domain.errors import AgentDeskError
from agentdesk.store.load import Load
from agentdesk.transfer.result import ImportStopped, nothing_written
from agentdesk.transfer.unfinished import Unfinished


@contextmanager
def reading_on(desk: Desk, found: Unfinished | None) -> Iterator[None]:
    """Files are read, before anything is written.

    Args:
        desk: where the import is.
        found: how far it came before; None where it is new.

    Raises:
        ImportStopped: somebody pressed Ctrl-C; says how far the import had come before.
    """
    if found is None:
        with nothing_written():
            yield
        return
    try:
        yield
    except KeyboardInterrupt:
        leave(desk, found.batch)
        told = found.order
        can_resume = bool(told.get("path") or told.get("paths"))
        raise ImportStopped(found.batch, found.rows, can_resume=can_resume) from None


def leave(desk: Desk, number: int) -> None:
    """Let a batch stand as one that came to no end."""
    with suppress(AgentDeskError), desk.change() as change:
        sql = "UPDATE import_batch SET state = 'interrupted' WHERE id = ? AND state = 'running'"
        Load(change).many(sql, [(number,)])
