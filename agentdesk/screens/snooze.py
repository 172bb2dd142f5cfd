"""Set aside until a time, and come back by itself."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult

from agentdesk.domain.vocabulary import Status
from agentdesk.domain.when import WhenError, parse_when, say_when, stamp
from agentdesk.screens.dialog import DeskDialog
from agentdesk.screens.promise_words import due_before
from agentdesk.widgets.picker import Entry, Picker

if TYPE_CHECKING:
    from agentdesk.store.change import Change

PRESETS = (
    ("1h", "in an hour"),
    ("4h", "in four hours"),
    ("tomorrow 9:00", "tomorrow morning"),
    ("mon 9:00", "next Monday"),
    ("1w", "in a week"),
)


class SnoozeDialog(DeskDialog):
    """Pick a time, or type one."""

    heading: ClassVar[str] = "Set {what} aside"
    confirm_label: ClassVar[str] = "Set aside"

    def learn(self) -> None:
        """What was promised of them: it stands while they wait, only the solution clock does not run."""
        from agentdesk.queries import pausing, tickets

        with self.desk.read() as read:
            rows = tickets.by_ids(read, self.ticket_ids)
            self._pause = pausing.pause_words(pausing.paused_while_aside(read, self.ticket_ids))
        self._turning = [row.id for row in rows if row.status in (Status.NEW, Status.OPEN)]
        self._due = [(row.due_at, row.id) for row in rows if row.due_at is not None]

    def fields(self) -> ComposeResult:
        """The usual times; what is typed becomes the first line once it is a time."""
        yield Picker(find=self._find, placeholder="90m, 4h, 11:30, tomorrow 9:00, mon, 2026-03-02")

    def sentence(self) -> str:
        """Until when, and what happens then."""
        entry = self.query_one(Picker).entry
        if entry is None:
            return self._fault
        if entry.value is None:
            return f"{self.what} will not come back by itself any more."
        now, zone = self.desk.clock.now(), self.desk.zone
        when = say_when(entry.value, now, zone)
        told = f"{self.what} will wait until {when}, and then be open again. An answer of the customer wakes it earlier."
        return " ".join(
            filter(
                None,
                (self._pending_words(), told, due_before(self._due, entry.value, now, zone), self._pause),
            )
        )

    def _pending_words(self) -> str:
        """Which of them change their status by it; those that wait already keep theirs."""
        turning = len(self._turning)
        if not turning or len(self.ticket_ids) == 1:
            return f"{self.what} becomes pending." if turning else ""
        who = self.what if turning == len(self.ticket_ids) else f"{turning} of {self.what}"
        return f"{who} {'becomes' if turning == 1 else 'become'} pending."

    @on(Picker.Highlighted)
    def _tell(self) -> None:
        self.retell()

    @on(Picker.Picked)
    def action_confirm(self) -> None:
        """Set aside until the time under the cursor."""
        entry = self.query_one(Picker).entry
        if entry is None:
            self.refuse(self._fault)
            return
        until: datetime | None = entry.value

        def snooze(change: "Change", ticket_id: int) -> Any:
            from agentdesk import services

            return services.snooze_ticket(change, ticket_id, until=until)

        till = (
            "with no end" if until is None else "until " + stamp(until, self.desk.clock.now(), self.desk.zone)
        )
        self.carry_out_each(f"Set {{what}} aside {till}", snooze)

    def _find(self, typed: str) -> list[Entry]:
        now, zone = self.desk.clock.now(), self.desk.zone
        self._fault = ""
        if not typed.strip():
            times: dict[datetime, str] = {}  # on a Sunday tomorrow is Monday: one line, by its first name
            for text, about in PRESETS:
                times.setdefault(parse_when(text, now, zone), about)
            found = [Entry(at, about, say_when(at, now, zone)) for at, about in times.items()]
            return [*found, Entry(None, "no wake-up", "take off the time that is set")]
        try:
            instant = parse_when(typed, now, zone)
        except WhenError as error:
            self._fault = str(error)
            return []
        return [Entry(instant, typed.strip(), say_when(instant, now, zone))]
