"""The palette: any command by its words, any ticket or customer by what it says."""

from collections.abc import Sequence
from time import sleep
from typing import Any, ClassVar

from textual.content import Content
from textual.worker import get_current_worker

from agentdesk.domain.safe_text import clip, line
from agentdesk.screens.frame import REST
from agentdesk.screens.help import FinderScreen, command_lines
from agentdesk.widgets.finder import Finder, Line

MOST = 8
"""Commands and records shown for words."""


class PaletteScreen(FinderScreen):
    """Commands first, then what the store finds; dismissed with a command or with (kind, id)."""

    heading: ClassVar[str] = "Palette"
    placeholder: ClassVar[str] = "a command, a ticket, a customer, any words"

    def on_mount(self) -> None:
        """Commands, until something is typed."""
        self._records: list[Line] = []
        self.find("")

    def find(self, text: str) -> None:
        """Commands at once, records once the typing rests."""
        if not text.strip():
            self._records = []
        self._put(text)
        if text.strip():
            self._search(text)

    def _put(self, text: str) -> None:
        commands = command_lines(self.place, text, self.desk.settings.keymap)
        if text.strip():
            fitting = [one for one in commands if one.value is not None][:MOST]
            commands = [*fitting, *self._records] or commands
        self.query_one(Finder).put(commands)

    def _search(self, text: str) -> None:
        def run() -> None:
            from agentdesk.queries.search import search

            worker = get_current_worker()
            sleep(REST)
            if worker.is_cancelled:  # more was typed
                return
            with self.desk.read() as read:
                found = search(read, text, limit=MOST)
            if not worker.is_cancelled:
                self.app.call_from_thread(self._take, text, found)

        self.run_worker(run, thread=True, exclusive=True, group="search", exit_on_error=False)

    def _take(self, text: str, found: Sequence[Any]) -> None:
        if text == self.query_one(Finder).text:
            self._records = [_record(one) for one in found]
            self._put(text)


def _record(hit: Any) -> Line:
    is_customer = hit.ticket_id is None
    name = "customer" if is_customer else hit.ref
    text = Content.assemble(
        (f"{name:<13} ", "$waiting"),
        (clip(line(hit.title), 44), "$ink"),
        (f"  {clip(line(hit.excerpt), 40)}", "$faint"),
    )
    return Line(text, ("customer", hit.id) if is_customer else ("ticket", hit.ticket_id))
