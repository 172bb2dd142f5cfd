"""What would come of a file, page by page, field by field; then one confirmation, and it is imported just so."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from agentdesk.commands.registry import bindings
from agentdesk.desk import Desk
from agentdesk.domain.safe_text import line
from agentdesk.screens.import_look import Placed, PlanSource, plan_columns, plan_rows
from agentdesk.screens.import_refusal import refused
from agentdesk.screens.import_work import KEPT, Progress, WorkingPage
from agentdesk.screens.pulse import tell_pulse
from agentdesk.transfer.contacts.plan_book import CLEARED, PAGES, PlanBook
from agentdesk.transfer.contacts.plan_words import NONE_OF, TITLES
from agentdesk.transfer.refusals import FileRefusedError
from agentdesk.widgets.columns import Column
from agentdesk.widgets.safe import content
from agentdesk.widgets.tab_line import TabLine
from agentdesk.widgets.table import LineTable

if TYPE_CHECKING:
    from agentdesk.transfer.contacts.order import ContactImport
    from agentdesk.transfer.contacts.plan_file import PlanHead
    from agentdesk.transfer.result import ImportResult

_SHORT: Final = {**TITLES, "unchanged": "Same", "duplicate": "Twice"}
"""Names of the tabs, so that all of them fit 80 cells."""


class ImportPlanScreen(WorkingPage):
    """One line a row of the file.

    Args:
        desk: The desk.
        order: What to import, and how.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("plan")]
    place: ClassVar[str] = "plan"

    def __init__(self, desk: Desk, *, order: "ContactImport", **named: Any) -> None:
        super().__init__(desk, **named)
        self._order = order
        self._book = PlanBook()
        self._head: PlanHead | None = None
        self.page_name: str = PAGES[0]
        self._counts: dict[str, int] = {}
        self.told_when_left = (
            f"What would come of {order.name} was put away, nothing was written: F7 and n look again."
        )

    @property
    def is_ready(self) -> bool:
        """Whether it can be applied."""
        return self._head is not None and not self.is_busy

    def head(self) -> ComposeResult:
        """Whose rows they are, how far the looking is, and the pages."""
        yield Static(content(f"What would come of {self._order.name}"), id="title")
        yield Static(id="progress")
        yield TabLine([_SHORT[one] for one in PAGES], id="tabs")

    def columns(self) -> Sequence[Column[Any]]:
        """Of the page that is open."""
        return plan_columns(self.page_name)

    def nothing(self) -> str:
        """That the page, or the whole file, holds nothing."""
        if not sum(self._counts.values()):
            return f"{self._order.name} holds a header and no rows: there is nothing to import."
        return f"{NONE_OF[self.page_name]} l goes to the next tab."

    def look_at(self, row: Placed, width: int) -> None:
        """Each field before and after."""
        self.put_whole(plan_rows(row.outcome, width))

    def on_mount(self) -> None:
        """Look ahead."""
        tell_pulse(self)
        self.work("Looking at row", self._plan, self._planned, self._left)

    def on_unmount(self) -> None:
        """Throw the plan away; a thread that still writes into it is refused, and stops."""
        self._book.close()

    def _plan(self, tell: Progress) -> "tuple[PlanHead, ImportResult]":
        from agentdesk.transfer.contacts.plans import plan_contacts

        return plan_contacts(self.desk, self._order, self._book, tell)

    def _planned(self, found: "tuple[PlanHead, ImportResult]") -> None:
        self._head, _ = found
        self._counts = {page: self._book.count(page) for page in PAGES}
        first = next((page for page in PAGES if self._counts[page]), PAGES[0])
        self._open_page(PAGES.index(first))
        self.retell_keys()

    def _left(self, _: KeyboardInterrupt) -> None:
        self.dismiss()

    def failed(self, error: BaseException) -> None:
        """The file cannot be read, or the desk has moved on: say so; without a plan there is nothing to see.

        How a file is read is asked anew: whoever opened this gets what was `Refused`.
        """
        if self._head is None and isinstance(error, FileRefusedError):
            self.dismiss(refused(self._order, error))
            return
        super().failed(error)
        if self._head is None:
            self.dismiss()

    # Pages.

    def _open_page(self, place: int) -> None:
        self.page_name = PAGES[place]
        names = [f"{_SHORT[page]} {self._counts.get(page, 0):,}".replace(",", " ") for page in PAGES]
        self.query_one(TabLine).show(place, names)
        self.show_list(PlanSource(self._book, self.page_name), self.page_name)

    def action_tab(self, by: int) -> None:
        """The next page, or the one before."""
        if self._head is not None:
            self._open_page((PAGES.index(self.page_name) + by) % len(PAGES))

    @on(TabLine.Chosen)
    def _tab_clicked(self, event: TabLine.Chosen) -> None:
        if self._head is not None:
            self._open_page(event.place)

    @on(LineTable.Opened)
    def _opened(self, event: LineTable.Opened) -> None:
        if event.row.outcome.row_id:
            self.console.open_customer(event.row.outcome.row_id)

    # Applying.

    def action_apply(self) -> None:
        """Ask once, then do it."""
        counts = self._counts
        cleared = f", {counts[CLEARED]:,} of them losing something" if counts[CLEARED] else ""
        kept = ", kept in a file beside it" if counts["rejected"] else ""
        words = (
            f"New: {counts['new']:,}. Changed: {counts['changed']:,}{cleared}. Rejected: {counts['rejected']:,}{kept}. "
            "It is one import; z takes it back whole. enter does it, esc goes back."
        )
        question = f"Import {line(self._order.name)}?"
        self.console.show(
            "confirm", question=question, words=words, verb="Import", is_dangerous=False,
            then=lambda _: self._apply(),
        )  # fmt: skip

    def _apply(self) -> None:
        self.work("Importing row", self._write, self._written, self._broken_off, if_stopped=KEPT)

    def _write(self, tell: Progress) -> "ImportResult":
        from agentdesk.transfer.contacts.plans import Planned

        assert self._head is not None
        lines: Callable[[], Iterable[str]] = self._book.lines
        return Planned(self._head, self._order).apply(self.desk, lines(), lines(), tell)

    def _written(self, result: "ImportResult") -> None:
        where = f", in {Path(result.rejects_file).name}" if result.rejects_file else ""
        counts = result.counts
        self.console.say(
            f"Import {result.batch}: {counts.created:,} new, {counts.updated:,} changed, "
            f"{counts.rejected:,} rejected{where} · z takes it back"
        )
        self.dismiss(result.batch)

    def _broken_off(self, stop: KeyboardInterrupt) -> None:
        rows = getattr(stop, "rows", 0)
        self.console.say(f"Stopped after {rows:,} rows; they are in the desk. r goes on, z takes them back.")
        self.dismiss(getattr(stop, "batch", None))

    def action_back(self) -> None:
        """Stop what is being done, else leave: nothing is written."""
        if not self.stop_work():
            self.dismiss()
