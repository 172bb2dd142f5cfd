"""The imports so far: what came of each, and the way back; a new one begins here."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, Final, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from agentdesk.commands.registry import bindings
from agentdesk.desk import Desk
from agentdesk.domain.actor import Permission
from agentdesk.domain.left_behind import LISTED, fold_left
from agentdesk.queries.import_batches import ImportRow
from agentdesk.screens.import_look import ImportsSource, import_columns, import_rows
from agentdesk.screens.import_refusal import Refused
from agentdesk.screens.import_work import KEPT, Progress, WorkingPage
from agentdesk.screens.pulse import tell_pulse
from agentdesk.screens.under_way import ask_for_import
from agentdesk.widgets.columns import Column
from agentdesk.widgets.safe import content

_EMPTY: Final = "Nothing was brought in yet. n asks for a file of contacts and shows what would come of it."
_IDLE: Final = "n and then a path brings in a file; 1 to 6 go to the modes."
_WHOLE: Final = "The import is being taken back. Stopped now, it stands as it did."
_BEGINS: Final = "/~."
"""What a path that names its place begins with."""


class ImportsScreen(WorkingPage):
    """One line an import."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("imports")]
    place: ClassVar[str] = "imports"
    told_when_left = "You left the imports: F7 leads back, and a path is typed there after n."
    idle: ClassVar[str] = _IDLE

    def __init__(self, desk: Desk, **named: Any) -> None:
        desk.actor.require(Permission.IMPORT)
        super().__init__(desk, **named)

    def head(self) -> ComposeResult:
        """What it is, and how far something is."""
        yield Static(Content("Imports"), id="title")
        yield Static(content(self.idle), id="progress", classes="-idle")

    def columns(self) -> Sequence[Column[Any]]:
        """Of an import."""
        return import_columns(self.desk.clock.now, self.desk.zone)

    def nothing(self) -> str:
        """How one begins."""
        return _EMPTY

    def look_at(self, row: ImportRow, width: int) -> None:
        """What came of one, and what can be done about it."""
        self.put_whole(import_rows(row, self.desk.clock.now(), self.desk.zone, width))

    def on_mount(self) -> None:
        """Read them."""
        self.table.show_source(ImportsSource(self.desk))
        tell_pulse(self)

    # Commands.

    def action_new(self, path: str = "", again: Refused | None = None) -> None:
        """Ask for a file, then show what would come of it; what was refused is asked once more, with all that was typed."""
        self.console.show(
            "import_file",
            path=path,
            again=again,
            then=lambda order: self.console.show("import_plan", then=self._planned, order=order),
        )

    def _planned(self, came: "Refused | int") -> None:
        if isinstance(came, Refused):
            self.action_new(again=came)
        else:
            self._begin_at_top(came)

    def action_path(self) -> None:
        """The same, the first sign of its path being typed."""
        sign = getattr(cast("Any", self.app).handed, "character", None) or ""
        self.action_new(sign if sign in _BEGINS else "")

    def _begin_at_top(self, _batch: int) -> None:
        """What was brought in is the first one."""
        self.show_list(ImportsSource(self.desk))

    def action_take_back(self) -> None:
        """Take the highlighted one back."""
        self._take_back(force=False)

    def action_force(self) -> None:
        """Take it back together with what was changed since."""
        self._take_back(force=True)

    def _take_back(self, *, force: bool) -> None:
        row = self.table.row
        if not isinstance(row, ImportRow) or self.is_busy:
            return
        more = ", and what was changed since" if force else ""
        words = f"{row.file_name}, {row.created:,} new, {row.updated:,} changed"
        begin = partial(self._take_back_now, row.batch, force=force)
        ask_for_import(self.console, row.batch, words, begin, more=more)

    def _take_back_now(self, number: int, *, force: bool) -> None:
        def take_back(tell: Progress) -> str:
            from agentdesk.services.undo import undo_batch

            with self.desk.change() as change:
                undone = undo_batch(change, number, tell, force=force)
            return f"Took back {undone.sentence}{_aside(undone)} Z brings it back."

        self.work("Taking back", take_back, self._said, self._nothing_taken, if_stopped=_WHOLE)

    def action_go_on(self) -> None:
        """Go on with the highlighted one."""
        number = self._number()
        if number is None:
            return

        def go_on(tell: Progress) -> str:
            from agentdesk.transfer.resuming import resume_import

            counts = resume_import(self.desk, number, progress=tell).counts
            return f"Import {number} is done: {counts.rows:,} rows, {counts.rejected:,} rejected."

        self.work("Importing", go_on, self._said, self._stopped, if_stopped=KEPT)

    def _number(self) -> int | None:
        row = self.table.row
        return row.batch if isinstance(row, ImportRow) else None

    def _said(self, words: str) -> None:
        self.console.say(words)
        self.refresh_data()

    def _nothing_taken(self, _: KeyboardInterrupt) -> None:
        self._said("Stopped: nothing was taken back.")

    def _stopped(self, _: KeyboardInterrupt) -> None:
        self._said("Stopped: what is in the desk stays. r goes on, u takes it back.")

    def action_back(self) -> None:
        """Stop what is being done, else go back."""
        if not self.stop_work():
            self.dismiss()


def _aside(undone: Any) -> str:
    """What was left, or lost."""
    told: dict[str, Callable[[Any], list[str]]] = {"left": lambda one: one.left, "lost": lambda one: one.lost}
    parts = []
    for word, of in told.items():
        if found := of(undone):
            parts.append(f" {word}: {', '.join(fold_left(found, LISTED))}.")
    return f";{''.join(parts)}" if parts else "."
