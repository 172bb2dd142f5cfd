"""Something long that an import screen does in a thread: its progress is told, and escape stops it."""

from collections.abc import Callable
from threading import Event
from typing import Any, ClassVar, Final, TypeVar

from textual.widgets import Static

from agentdesk.desk import Desk
from agentdesk.screens.listed import ListedPage
from agentdesk.screens.writing import import_writing
from agentdesk.widgets.safe import content

KEPT: Final = (
    "The import is not done. What it has written stays in the desk: F7 and r go on with it, u takes it back."
)
"""What stopping an import means."""
Done = TypeVar("Done")
Progress = Callable[[int, int | None], None]


class WorkingPage(ListedPage):
    """A page with a line `#progress` in its head; one thing is done at a time."""

    idle: ClassVar[str] = ""
    """What the line says while nothing is done."""

    def __init__(self, desk: Desk, **named: Any) -> None:
        super().__init__(desk, **named)
        self.is_busy = False
        self._if_stopped = ""
        self._stop = Event()

    @property
    def at_stake(self) -> str:
        """What stopping it now would mean; empty where nothing is being written."""
        return self._if_stopped if self.is_busy else ""

    def on_unmount(self) -> None:
        """Whoever leaves stops it."""
        self._stop.set()

    def stop_work(self) -> bool:
        """Stop what is being done; False where nothing is."""
        self._stop.set()
        return self.is_busy

    def work(
        self,
        doing: str,
        job: Callable[[Progress], Done],
        then: Callable[[Done], object],
        stopped: Callable[[KeyboardInterrupt], object],
        *,
        if_stopped: str = "",
    ) -> None:
        """Do something in a thread.

        Args:
            doing: how it is called while it runs: `Reading`.
            job: is given whom to tell how far it is; a stop comes out of that as Ctrl-C does.
            then: called in the console with what came of it.
            stopped: called in the console when somebody stopped it.
            if_stopped: of a job that writes, what stopping it means: who leaves is asked first.
        """
        if self.is_busy:
            return
        self.is_busy, self._if_stopped = True, if_stopped
        self._stop.clear()
        self.tell_progress(f"{doing} …")

        def tell(done: int, total: int | None) -> None:
            if self._stop.is_set():
                raise KeyboardInterrupt
            of = f" of {total:,}" if total else ""
            self.app.call_from_thread(
                self.tell_progress, f"{doing} {done:,}{of} … esc stops it".replace(",", " ")
            )

        def run() -> None:
            try:
                import_writing()
                done = job(tell)
            except KeyboardInterrupt as stop:
                self._back(stopped, stop)
            except Exception as error:  # noqa: BLE001  the console knows what to say
                self._back(self.failed, error)
            else:
                self._back(then, done)

        self.run_worker(run, thread=True, group="work", exit_on_error=False)

    def _back(self, call: Callable[[Any], object], what: object) -> None:
        """In the console again; nobody is told once the screen is gone."""

        def end() -> None:
            self.is_busy = False
            if self.is_attached:
                self.tell_progress("")
                call(what)

        if self.app.is_running:
            self.app.call_from_thread(end)

    def failed(self, error: BaseException) -> None:
        """It was refused, or failed."""
        self.console.report(error)

    def tell_progress(self, words: str) -> None:
        """Say how far it is."""
        if self.is_attached:
            line = self.query_one("#progress", Static)
            line.update(content(words or self.idle))
            line.set_class(not words, "-idle")
            self.retell_keys()
