"""What every screen of ours stands on, and the commands on tickets, once.

Screens never import each other: they ask the console, and the console knows the way.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual.binding import BindingType
from textual.events import DescendantFocus, ScreenResume
from textual.geometry import Size
from textual.message import Message
from textual.timer import Timer
from textual.worker import get_current_worker

from agentdesk.commands.registry import bindings
from agentdesk.desk import Desk
from agentdesk.domain.references import ticket_ref
from agentdesk.screens.pictures import Pictures
from agentdesk.screens.protocol import Console, Each
from agentdesk.screens.reasons import ReasonedScreen, no_single_ticket, no_ticket
from agentdesk.screens.relations import Relations
from agentdesk.screens.routine import RoutineCommands
from agentdesk.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from agentdesk.screens.passing import Passing
    from agentdesk.store.change import Change

Found = TypeVar("Found")
REST = 0.08
"""Seconds the cursor rests before what stands beside the list follows it."""


class Page(ReasonedScreen, Pictures):
    """A screen of ours: it knows the console and the desk, and reads in threads."""

    place: ClassVar[str] = "queue"
    """The entry of `commands.registry.PLACES` that its footer and its help show."""

    told_when_left: str = ""
    """What is said where the key of a mode has put this page away."""

    class Painted(Message):
        """The first picture of a screen is on the terminal: now read what it could do without."""

    def __init__(self, desk: Desk | None = None, **named: Any) -> None:
        super().__init__(**named)
        self._given_desk = desk
        self._resting: Timer | None = None
        self._passing: Passing | None = None

    def fit(self, size: Size) -> None:
        """Take the classes of a terminal this large before anything is styled, so that nothing is styled twice."""
        wide = self._get_breakpoint_classes(size.width, self.HORIZONTAL_BREAKPOINTS or [])
        high = self._get_breakpoint_classes(size.height, self.VERTICAL_BREAKPOINTS or [])
        self.update_classes(dict.fromkeys(wide | high, True), update=False)

    @property
    def console(self) -> Console:
        """The app, as screens see it."""
        return cast("Console", self.app)

    @property
    def desk(self) -> Desk:
        """The open desk."""
        return self._given_desk or self.console.desk

    def on_screen_resume(self, event: ScreenResume) -> None:
        """What was just mounted is styled already."""
        event.refresh_styles = event.refresh_styles and self._is_painted
        if self._passing is not None:  # time has passed while another screen was on top
            self._passing.look()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The footer names the keys that work where the focus is."""
        for bar in self.query(KeyBar):
            bar.follow(getattr(event.widget, "typing_place", ""))

    def first_painted(self) -> None:
        """Tell that the first picture is on the terminal."""
        self.post_message(self.Painted())

    def refresh_data(self) -> None:
        """Read again what is shown: something was saved, here or by a colleague."""

    def read_then(
        self,
        read: Callable[[], Found],
        take: Callable[[Found], object],
        *,
        group: str,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Read in a thread and take the answer in the console; a later read of the group replaces this one.

        Args:
            read: runs in the thread; touches no widget.
            take: called with what was read.
            group: reads of which only the last matters.
            failed: called instead of the toast when it cannot be read.
        """

        def run() -> None:
            worker = get_current_worker()
            try:
                found = read()
            except Exception as error:  # noqa: BLE001  the console knows what to say
                self.app.call_from_thread(failed or self.console.report, error)
            else:
                if not worker.is_cancelled:
                    self.app.call_from_thread(take, found)

        self.run_worker(run, thread=True, group=group, exclusive=True, exit_on_error=False)

    def watch_time(self) -> None:
        """From now on, follow the clock."""
        from agentdesk.screens.passing import Passing

        self._passing = Passing(self)

    def depends_on_time(self) -> bool:
        """Whether time changes what is shown in other ways than by bands."""
        return False

    def retell(self) -> None:
        """Time has passed and nothing has moved: tell clocks anew without reading."""

    def soon(self, look: Callable[[], object]) -> None:
        """Call once the cursor rests, so that a held key reads nothing."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, look)


class DeskScreen(Relations, RoutineCommands, Page):
    """A screen that acts on tickets: it says which, the commands are the same everywhere."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("ticket")]

    def acting_on(self) -> list[int]:
        """Ids of the tickets a command applies to: the marked ones, else the highlighted one."""
        return []

    def customer_here(self) -> int | None:
        """The customer of the highlighted or open ticket."""
        return None

    def _ask(
        self,
        route: str,
        *,
        single: bool = False,
        then: Callable[[Any], object] | None = None,
        **named: Any,
    ) -> None:
        reason = no_single_ticket(self) if single else no_ticket(self)
        if reason:
            self.console.say(reason, severity="warning")
        else:
            self.console.show(route, self.acting_on(), then=then or self.acted, **named)

    def acted(self, result: Any = None) -> None:
        """Something was done to the tickets acted on; nothing was where the result is False."""

    def replied(self, result: Any = None) -> None:
        """A reply was sent, or kept as a draft where the result is False."""
        self.acted(result)

    def _bulk(self, ids: Sequence[int], summary: str, each: Each) -> None:
        """One operation on these tickets: on one at once, on several after a look ahead and one confirmation.

        See `screens.protocol.Console.perform_each`; `{what}` in the summary becomes `T-7` or `27 of 30 tickets`.
        """
        if ids:
            self.console.perform_each(ids, summary, each, self.acted)
        else:
            self.console.say("No ticket is highlighted here.", severity="warning")

    def action_reply(self) -> None:
        """Write to the customer."""
        self._ask("compose", single=True, then=self.replied, kind="reply")

    def action_note(self) -> None:
        """Write to the team."""
        self._ask("compose", single=True, kind="note")

    def action_forward(self) -> None:
        """Write to a third party."""
        self._ask("compose", single=True, kind="forward")

    def action_assign(self) -> None:
        """Choose an agent or a queue."""
        self._ask("assign")

    def action_status(self) -> None:
        """Choose a status."""
        self._ask("status")

    def action_priority(self) -> None:
        """Choose a priority."""
        self._ask("priority")

    def action_edit(self) -> None:
        """Change subject, type, category and promise."""
        self._ask("edit", single=True)

    def action_tags(self) -> None:
        """Change tags."""
        self._ask("tags")

    def action_snooze(self) -> None:
        """Choose when to be reminded."""
        self._ask("snooze")

    def action_escalate(self) -> None:
        """Ask for help."""
        self._ask("escalation")

    def action_take(self) -> None:
        """Assign to me."""
        me = self.desk.actor.id

        def take(change: "Change", ticket_id: int) -> Any:
            from agentdesk import services

            return services.assign_ticket(change, ticket_id, to=me)

        self._bulk(self.acting_on(), "Took {what}", take)

    def action_thanks(self) -> None:
        """Keep it solved: the customer only said thank you."""

        def thank(change: "Change", ticket_id: int) -> Any:
            from agentdesk import services

            return services.keep_solved(change, ticket_id)

        self._bulk(self.acting_on(), "Kept {what} solved", thank)

    def action_take_next(self) -> None:
        """Take the next unassigned ticket and open it."""

        def take(change: "Change") -> Any:
            from agentdesk import services
            from agentdesk.queries.waiting import why_taken

            found = services.take_next(change)
            if found is None or found.id is None:
                return None
            why = why_taken(change.reader(), found.id, self.desk.actor.id)
            change.summary = f"Took {ticket_ref(found.id)}, {why}"
            return found.id

        def done(ticket_id: int | None) -> None:
            if ticket_id is None:
                self.console.say("Nobody's ticket is waiting. Good work.")
            else:
                self.console.open_ticket(ticket_id)

        self.console.perform("Took the next ticket", take, then=done)

    def action_customer(self) -> None:
        """Open the customer."""
        customer_id = self.customer_here()
        if customer_id is None:
            self.console.say("This ticket has no customer yet.", severity="warning")
        else:
            self.console.open_customer(customer_id)

    def action_clocks(self) -> None:
        """Show every clock of the ticket."""
        self._ask("clocks", single=True)

    def action_copy_menu(self) -> None:
        """Choose what to copy."""
        self._ask("copy_menu", single=True)

    def action_copy(self) -> None:
        """Copy the references."""
        if ids := self.acting_on():
            self.console.copy(" ".join(ticket_ref(one) for one in ids))


def count_of(ids: Sequence[int]) -> str:
    """`T-7` for one ticket, `3 tickets` for more."""
    return ticket_ref(ids[0]) if len(ids) == 1 else f"{len(ids)} tickets"
