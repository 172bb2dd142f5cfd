"""Before something is done to many tickets: what would change and what cannot, in counts and by name, and one confirmation.

The look ahead is the operation itself, taken back; it can be left at any time, and so can the doing.
"""

from collections.abc import Sequence
from textwrap import wrap
from threading import Event
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Button, Static
from textual.worker import get_current_worker

from agentdesk.desk import Desk
from agentdesk.domain.at_work import by_ticket
from agentdesk.domain.at_work import sentence as told_at_work
from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.outcomes import Kind, Outcome, sentence
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import cells, clip, line
from agentdesk.screens.dialog import DeskDialog
from agentdesk.screens.protocol import Each
from agentdesk.screens.writing import import_writing
from agentdesk.widgets.rows_view import RowsView
from agentdesk.widgets.safe import content
from agentdesk.widgets.spans import Row, Span

FEW: Final = 200
"""So many are looked at while the next key waits; a look at more can be left at once."""
LISTED: Final = 50
"""Tickets of one outcome that are named; of more, the number is told."""
WIDTH: Final = 72
"""Cells of a line, so that it fits the smallest window."""
_HEADS: Final = {Kind.CANNOT: "late", Kind.CHANGES: "name", Kind.ALREADY: "muted"}


class StoppedError(AgentDeskError):
    """The agent stopped it while it was being done; all of it was taken back."""


class BulkDialog(DeskDialog):
    """What an operation would do to each of many tickets; dismissed with True once it was done.

    Args:
        desk: The desk.
        ticket_ids: The tickets.
        summary: What the toast says; `{what}` stands for how many.
        each: The operation on one.
    """

    heading: ClassVar[str] = "Change {what}?"
    confirm_label: ClassVar[str] = "Change them"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_rows(1)", "Down", show=False, id="bulk.down"),
        Binding("up,k", "scroll_rows(-1)", "Up", show=False, id="bulk.up"),
        Binding("pagedown,space", "scroll_rows(8)", "Page down", show=False, id="bulk.page_down"),
        Binding("pageup", "scroll_rows(-8)", "Page up", show=False, id="bulk.page_up"),
    ]

    def __init__(
        self, desk: Desk, ticket_ids: Sequence[int] = (), *, summary: str, each: Each, **named: Any
    ) -> None:
        super().__init__(desk, ticket_ids, **named)
        self._summary, self._each = summary, each
        self._outcomes: list[Outcome] = []
        self._is_known = False
        self._stopped = Event()

    def aside(self) -> str:
        """That nothing has happened yet."""
        return "a look ahead"

    def fields(self) -> ComposeResult:
        """Counts, whose words wait there, and the tickets behind them."""
        yield Static(id="counts")
        yield Static(id="colleagues")
        rows = RowsView(id="outcomes")
        rows.can_focus = False
        yield rows

    def begin(self) -> None:
        """Look ahead."""
        self.query_one("#confirm", Button).focus()
        self._tell_progress(0)
        few = len(self.ticket_ids) <= FEW
        self.run_worker(self._look, thread=True, group="check" if few else "ahead", exit_on_error=False)

    def sentence(self) -> str:
        """What enter does now."""
        if not self._is_known:
            return "esc leaves it; nothing is written."
        if self._is_busy:
            return "esc stops it, and all of it is taken back."
        if not self._able:
            return "Nothing would change. esc goes back."
        return f"{self._ahead}. One change; z takes it back whole. enter does it, esc goes back."

    def action_scroll_rows(self, by: int) -> None:
        """Scroll the list of tickets."""
        self.query_one(RowsView).scroll_relative(y=by, animate=False)

    def action_confirm(self) -> None:
        """Do it to those that can."""
        if self._is_busy or not self._is_known:
            return
        if not self._able:
            self.dismiss(None)
            return
        from agentdesk.bulk import for_those_that_can

        self._is_busy = True
        self.retell()
        operation = for_those_that_can(self._able, self._each, self._written)
        self.console.perform(self._told, operation, self._saved, self._refused)

    def action_cancel(self) -> None:
        """Leave it; what is being written is taken back."""
        self._stopped.set()
        if not self._is_busy:
            self.dismiss(None)

    @property
    def _told(self) -> str:
        """What the toast will say: `Set 27 of 30 tickets to solved`."""
        able, whole = len(self._able), len(self.ticket_ids)
        many = f"{able:,} tickets" if able == whole else f"{able:,} of {whole:,} tickets"
        return self._summary.replace("{what}", many.replace(",", " "))

    @property
    def _ahead(self) -> str:
        """What will be: `27 of 30 become solved`; where they become different things, how many change."""
        able = _of(self._outcomes, Kind.CHANGES)
        many = f"{len(able):,}".replace(",", " ")
        whole = "" if len(able) == len(self.ticket_ids) else f" of {len(self.ticket_ids):,}".replace(",", " ")
        alike = {one.words(2): one.words(len(able)) for one in able}
        does = next(iter(alike.values())) if len(alike) == 1 else "change" if len(able) > 1 else "changes"
        return f"{many}{whole} {does}"

    @property
    def _able(self) -> list[int]:
        return [one.ticket_id for one in self._outcomes if one.kind is Kind.CHANGES]

    # Looking ahead.

    def _look(self) -> None:
        worker, found = get_current_worker(), list[Outcome]()
        try:
            import_writing()
            from agentdesk.bulk import rehearse

            for some in rehearse(self.desk, self.ticket_ids, self._each):
                if worker.is_cancelled or self._stopped.is_set():
                    return
                found += some
                self.app.call_from_thread(self._tell_progress, len(found))
            subjects, busy = self._subjects(found), self._colleagues(found)
        except Exception as error:  # noqa: BLE001  the console knows what to say
            self.app.call_from_thread(self._fail, error)
        else:
            self.app.call_from_thread(self._know, found, subjects, busy)

    def _subjects(self, found: Sequence[Outcome]) -> dict[int, str]:
        from agentdesk.queries import tickets

        with self.desk.read() as read:
            named = [one.ticket_id for kind in Kind for one in _of(found, kind)[:LISTED]]
            return {row.id: line(row.subject) for row in tickets.by_ids(read, named)}

    def _colleagues(self, found: Sequence[Outcome]) -> dict[int, str]:
        """Who has unsent words on a ticket that would change."""
        from agentdesk.queries.at_work import at_work

        with self.desk.read() as read:
            return by_ticket(at_work(read, [one.ticket_id for one in _of(found, Kind.CHANGES)]))

    def _know(self, found: list[Outcome], subjects: dict[int, str], busy: dict[int, str]) -> None:
        self._outcomes, self._is_known = found, True
        self.query_one("#counts", Static).update(content(sentence(found), "bold"))
        told = self.query_one("#colleagues", Static)
        told.display = bool(busy)
        told.update(content(told_at_work(busy)))
        self.query_one(RowsView).put_rows(_rows(found, subjects, busy))
        self.query_one("#confirm").display = bool(self._able)
        if not self._able:
            self.query_one("#cancel").focus()
        self.retell()

    def _fail(self, error: Exception) -> None:
        self.dismiss(None)
        self.console.report(error)

    # Doing it.

    def _written(self, done: int) -> None:
        if self._stopped.is_set():
            raise StoppedError("Stopped: nothing was changed.")
        if done % 25 == 0:
            self.app.call_from_thread(self._tell_progress, done, of=len(self._able), verb="Writing")

    def _tell_progress(self, done: int, *, of: int = 0, verb: str = "Looking at") -> None:
        if self.is_attached:
            words = f"{verb} {done:,} of {of or len(self.ticket_ids):,} …".replace(",", " ")
            self.query_one("#counts", Static).update(content(words, "bold"))

    def _saved(self, refused: list[Outcome]) -> None:
        self.dismiss(True)
        if refused:
            self.call_later(
                self.console.say, f"{sentence(refused)}: somebody was quicker.", severity="warning"
            )

    def _refused(self, error: BaseException) -> bool:
        self.dismiss(None)
        self.console.report(error)
        return True


def _of(outcomes: Sequence[Outcome], kind: Kind) -> list[Outcome]:
    return [one for one in outcomes if one.kind is kind]


def _rows(outcomes: Sequence[Outcome], subjects: dict[int, str], busy: dict[int, str]) -> list[Row]:
    """Alike under one heading, those that cannot first and with the reason; of many, the rest is counted."""
    rows: list[Row] = []
    for kind in Kind:
        alike: dict[tuple[str, str], list[Outcome]] = {}
        for one in _of(outcomes, kind):
            alike.setdefault((one.words(2), one.state if kind is Kind.CANNOT else ""), []).append(one)
        is_all = len(alike) == 1 and len(_of(outcomes, kind)) == len(outcomes)  # the counts above say it
        for (_, reason), several in alike.items():
            if not is_all or kind is Kind.CANNOT:
                rows += [(), (Span(f"{len(several)} {several[0].words(len(several))}", _HEADS[kind]),)]
            rows += [(Span(f"  {part}", "muted"),) for part in wrap(line(reason), WIDTH)]
            rows += [_row(one, subjects, busy) for one in several[:LISTED]]
            if len(several) > LISTED:
                rows.append((Span(f"  and {len(several) - LISTED:,} more".replace(",", " "), "faint"),))
    return rows[1:] if rows and not rows[0] else rows


def _row(one: Outcome, subjects: dict[int, str], busy: dict[int, str]) -> Row:
    words = f"✎ {busy[one.ticket_id]}  " if one.ticket_id in busy else ""
    subject = clip(subjects.get(one.ticket_id, ""), max(WIDTH - 10 - cells(words), 0))
    return (
        Span(f"  {ticket_ref(one.ticket_id):<8}", "muted"),
        Span(words, "soon"),
        Span(subject, "text"),
    )
