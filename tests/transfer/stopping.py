"""What the tests of stopped imports share: a batch as a killed process leaves it, and who presses Ctrl-C at once."""

from agentdesk.desk import Desk
from agentdesk.models import ImportBatch
from agentdesk.transfer.process import this_process


def left_as_killed(desk: Desk, batch: int | None) -> int:
    """A batch that says it is running, by a process that is no more."""
    assert batch is not None
    with desk.change() as change:
        row = change.get(ImportBatch, batch)
        row.state = "running"
        row.details = {**row.details, "process": {**this_process(), "pid": 2**22 + 1}}
    return batch


def state_of(desk: Desk, batch: int) -> str:
    with desk.read() as read:
        return str(read.value("SELECT state FROM import_batch WHERE id = :id", {"id": batch}))


def interrupted(_done: int, _total: int | None) -> None:
    raise KeyboardInterrupt
