"""Run in a terminal of its own: AgentDesk with a fault in it, raised while customers' data is in the air.

    python -m tests.hostile.breaker FAULT BREACH [ARGUMENT ...]

FAULT is `action:NAME`, or one of `FAULTS` and `SURVIVED`; BREACH is `none`, or `textual` for Textual's own last words.
"""

import sys
from collections.abc import Callable
from typing import Any, NoReturn

from textual.app import App

from agentdesk.__main__ import main
from agentdesk.app import AgentDesk
from agentdesk.desk import Desk
from agentdesk.screens import queue_reads
from agentdesk.screens.help import HelpScreen
from agentdesk.screens.queue import QueueScreen
from agentdesk.screens.sort import SortDialog
from agentdesk.services import assignments
from agentdesk.widgets.status_line import StatusLine

MAIL, IBAN, WORDS = "zoe.secret@example.org", "DE89370400440532013000", "nobody may print these words"
SECRETS = (MAIL, IBAN, WORDS)


def break_down(*_: Any, **__: Any) -> NoReturn:
    """Fail with everything a traceback could show: in the message, in local variables, in the chain."""
    mail, iban = MAIL, IBAN
    try:
        raise ValueError(WORDS)  # noqa: TRY301  the chain is told too
    except ValueError as error:
        raise RuntimeError(f"{mail} {iban} \x1b]52;c;cm0gLXJmIH4=\x07 [/]") from error


def _break_action(name: str) -> None:
    dispatch = App._dispatch_action

    async def broken(app: App[Any], namespace: Any, action_name: str, params: Any) -> Any:
        return break_down() if action_name == name else await dispatch(app, namespace, action_name, params)

    App._dispatch_action = broken  # type: ignore[method-assign]


def _break(kind: Any, name: str) -> Callable[[], None]:
    return lambda: setattr(kind, name, break_down)


F8 = "\x1b[19~"
FAULTS: dict[str, tuple[Callable[[], None], tuple[str, ...]]] = {
    "an action of the app": (_break(AgentDesk, "action_next_theme"), (F8,)),
    "an action of a screen": (_break(QueueScreen, "action_why"), ("i",)),
    "building a dialog": (_break(SortDialog, "fields"), ("o",)),
    "mounting a screen": (_break(HelpScreen, "find"), ("?",)),
    "a timer": (_break(QueueScreen, "_look_beside"), ()),
    "the first picture": (_break(StatusLine, "show_state"), ()),
}
"""What ends the console, and the keys that make it fail."""
SURVIVED: dict[str, tuple[Callable[[], None], tuple[str, ...]]] = {
    "reading in a thread": (_break(queue_reads, "read_frame"), ("R",)),
    "writing in a thread": (_break(assignments, "assign_ticket"), ("m",)),
}
"""What is told in a toast, and the console goes on."""
COMMAND_LINE = {"the command line": (_break(Desk, "read"), ())}


if __name__ == "__main__":
    fault, breach, *words = sys.argv[1:]
    if fault.startswith("action:"):
        _break_action(fault.removeprefix("action:"))
    else:
        (FAULTS | SURVIVED | COMMAND_LINE)[fault][0]()
    if breach == "textual":
        AgentDesk._fatal_error = App._fatal_error  # type: ignore[method-assign]
    sys.exit(main(words))
