"""Ask for more expertise or more authority: who, why, for what, by when, and whether the customer hears of it.

The one who escalates stays the owner, whoever is asked.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, RadioSet, Static

from agentdesk.desk import Desk
from agentdesk.domain.presence import Presence
from agentdesk.domain.safe_text import line
from agentdesk.domain.vocabulary import EscalationKind, EscalationLevel, EscalationReason, Role
from agentdesk.domain.when import WhenError, parse_when, say_span, stamp
from agentdesk.screens.dialog import DeskDialog, field
from agentdesk.widgets.choice import Choice
from agentdesk.widgets.safe import content
from agentdesk.widgets.toggles import Dot, Tick
from agentdesk.widgets.writing_area import WritingArea

if TYPE_CHECKING:
    from agentdesk.store.change import Change

ABOUT = {EscalationKind.FUNCTIONAL: "more expertise", EscalationKind.HIERARCHICAL: "more authority"}
TELL = "We have asked our specialists and will come back to you."
OUTSIDE = ("party", 0)
_ARGUMENTS = {"queue": "to_queue_id", "agent": "to_agent_id", "level": "level", "party": "to_party"}
_LEVELS = {
    EscalationLevel.L2: "second level",
    EscalationLevel.L3: "third level",
    EscalationLevel.LEAD: "the team lead",
    EscalationLevel.MANAGER: "the manager on duty",
}
"""Not the vendor: that is somebody outside the desk, by name."""


class EscalationDialog(DeskDialog):
    """Everything an escalation needs on one page.

    Args:
        desk: The desk.
        ticket_ids: The one ticket.
        previous_id: The step that is asked further from; where somebody asked me, that one unless told.
    """

    heading: ClassVar[str] = "Escalate {what}"
    keeps_words: ClassVar[bool] = True
    confirm_label: ClassVar[str] = "Escalate"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-wide")]

    def __init__(
        self, desk: Desk, ticket_ids: Sequence[int] = (), *, previous_id: int | None = None, **named: Any
    ) -> None:
        super().__init__(desk, ticket_ids, **named)
        self._previous_id = previous_id

    def fields(self) -> ComposeResult:
        """Kind, to, reason, needed by, ask, customer."""
        dots = [
            Dot(
                Content.assemble(kind.value, (f"  {about}", "$faint")),
                value=kind is EscalationKind.FUNCTIONAL,
            )
            for kind, about in ABOUT.items()
        ]
        yield field("Kind", RadioSet(*dots, id="kind", compact=True))
        yield field(
            "To",
            Choice(self._targets, whom=True, id="to"),
            Static(id="to-hint", classes="hint"),
        )
        yield field("Party", Input(id="party", placeholder="who, outside the desk", compact=True))
        reasons = [(one.value.replace("_", " "), one.value) for one in EscalationReason]
        yield field(
            "Reason",
            Choice(reasons, value=EscalationReason.SKILL.value, id="reason"),
            Static(id="reason-hint", classes="hint"),
        )
        yield field(
            "Needed by",
            Input(id="needed", placeholder="11:30, 4h, tomorrow 9:00", compact=True),
            Static(id="needed-hint", classes="hint"),
        )
        yield field(
            "Ask",
            WritingArea(
                id="ask",
                compact=True,
                show_line_numbers=False,
                placeholder="what exactly should they do or decide?",
            ),
        )
        yield field("Customer", Tick(content("tell the customer now"), id="tell", compact=True))
        yield field("", Input(TELL, id="words", compact=True))

    def begin(self) -> None:
        """Begin at the field that matters first."""
        self._show_optional()
        self.query_one("#to").focus()

    def aside(self) -> str:
        """Which step of the chain this is."""
        if self._previous_id is not None:
            return f"asked further from escalation {self._previous_id}"
        return f"step {self._steps + 1} on this ticket" if self._steps else ""

    def sentence(self) -> str:
        """Who owns it, what runs on, who hears what."""
        whom = self._target_name() or "whoever you name"
        is_told = self.query_one("#tell", Tick).value
        told = "The customer is told at once." if is_told else "The customer is not told."
        if len(self.ticket_ids) > 1:
            owner = "Whoever has each of them stays the owner"
        elif self._owner is None:
            owner = "Telling the customer makes it yours" if is_told else "Nobody owns it, and that stays so"
        else:
            owner = f"{'You stay' if self._owner == self.desk.actor.handle else f'{line(self._owner)} stays'} the owner"
        will = f"{owner}; the clock keeps running, and {whom} is asked and can accept, decline or return it. {told}"
        return f"{will} {self._warnings()}".rstrip()

    @on(RadioSet.Changed)
    @on(Tick.Changed)
    @on(Choice.Changed)
    def _tell(self) -> None:
        self._show_optional()
        self.retell()

    @on(Input.Changed, "#needed")
    def _say_needed(self, event: Input.Changed) -> None:
        hint, style = self._needed_words(event.value)
        self.query_one("#needed-hint", Static).update(content(hint, style))
        self.retell()

    @on(Input.Submitted)
    def _next_field(self) -> None:
        self.focus_next()

    def action_confirm(self) -> None:
        """Escalate, if it is complete."""
        to, party = self.query_one("#to", Choice), self.query_one("#party", Input)
        ask = self.query_one("#ask", WritingArea)
        if to.chosen is None:
            self.refuse("Name who is asked: a queue, an agent, a level or somebody outside.", to)
        elif to.chosen == OUTSIDE and not party.value.strip():
            self.refuse("Name the party outside the desk.", party)
        elif self.query_one("#reason", Choice).chosen is None:
            self.refuse("Choose why somebody else is asked.", self.query_one("#reason"))
        elif not ask.text.strip():
            self.refuse("Say what you ask for: the other side acts on these words.", ask)
        else:
            self._escalate(to.chosen, ask.text.strip())

    def _escalate(self, target: tuple[str, Any], ask: str) -> None:
        needed = self.query_one("#needed", Input)
        try:
            by = self._needed_by(needed.value)
        except WhenError as error:
            self.refuse(str(error), needed)
            return
        told = self.query_one("#words", Input).value if self.query_one("#tell", Tick).value else ""
        kind = list(EscalationKind)[max(0, self.query_one("#kind", RadioSet).pressed_index)].value
        value = self.query_one("#party", Input).value.strip() if target == OUTSIDE else target[1]
        asked: dict[str, Any] = {_ARGUMENTS[target[0]]: value}
        reason = self.query_one("#reason", Choice).chosen

        def escalate(change: "Change", ticket_id: int) -> Any:
            from agentdesk import services

            return services.escalate_ticket(
                change, ticket_id, kind=kind, reason_code=reason, ask=ask, needed_by=by,
                tell_customer=told, previous_id=self._previous_id, **asked,
            )  # fmt: skip

        self.carry_out_each(f"Escalated {{what}} to {self._target_name()}", escalate)

    def learn(self) -> None:
        """Who can be asked, and what was asked before."""
        from agentdesk.queries import acknowledging, people, shifts, ticket_detail, tickets
        from agentdesk.queries.escalations import Scope, escalations, list_escalations

        with self.desk.read() as read:
            queues, agents = people.queues(read, active_only=True), people.agents(read, active_only=True)
            rows = tickets.by_ids(read, self.ticket_ids)
            self._steps = len(escalations(read, self.ticket_ids[0])) if len(self.ticket_ids) == 1 else 0
            asked_of_me = list_escalations(read, Scope.MINE, ticket_id=self.ticket_ids[0])
            there, detail = shifts.presences(read), ticket_detail.ticket_detail(read, self.ticket_ids[0])
            hours = detail.calendar_id if detail else None
            self._ack_due = acknowledging.ack_due_from(read, hours, self.desk.clock.now())
        agents = [one for one in agents if one.role != Role.READ_ONLY and one.id != self.desk.actor.id]
        self._off = {("agent", one.id): self._off_words(there[one.id]) for one in agents}
        if self._previous_id is None and asked_of_me and len(self.ticket_ids) == 1:
            self._previous_id = asked_of_me[-1].id
        self._owner = rows[0].assignee if rows else None
        self._due = min((row.due_at for row in rows if row.due_at), default=None)
        self._hints: dict[Any, str] = {
            **{("queue", one.id): f"{one.agents} agents, {one.open_tickets} open" for one in queues},
            **{("agent", one.id): f"{line(one.name)}, {one.open_tickets} open" for one in agents},
        }
        self._targets: list[tuple[str, Any]] = [
            *((f"{line(one.name)} · queue", ("queue", one.id)) for one in queues),
            *((f"{line(one.handle)} · {one.role}", ("agent", one.id)) for one in agents),
            *((words, ("level", one.value)) for one, words in _LEVELS.items()),
            ("somebody outside the desk", OUTSIDE),
        ]

    def _off_words(self, there: Presence) -> str:
        """`off until 07:00`; empty for somebody who is there."""
        if there.is_on:
            return ""
        at = stamp(there.until, self.desk.clock.now(), self.desk.zone) if there.until else ""
        return f"off until {at}" if at else "off"

    def _warnings(self) -> str:
        """What makes it likely that the answer comes too late."""
        chosen, told = self.query_one("#to", Choice).chosen, []
        if off := self._off.get(chosen, ""):
            told.append(f"{self._target_name()} is {off}.")
        try:
            by = self._needed_by(self.query_one("#needed", Input).value)
        except WhenError:
            by = None
        if by is not None and self._ack_due is not None and self._ack_due > by:
            at = stamp(self._ack_due, self.desk.clock.now(), self.desk.zone)
            told.append(f"It is needed before anybody has to answer, which is by {at}.")
        return " ".join(told)

    def _target_name(self) -> str:
        chosen = self.query_one("#to", Choice).chosen
        if chosen == OUTSIDE:
            return line(self.query_one("#party", Input).value.strip())
        return next((name.split(" · ")[0] for name, one in self._targets if one == chosen), "")

    def _show_optional(self) -> None:
        chosen = self.query_one("#to", Choice).chosen
        party = self.query_one("#party", Input).parent
        words = self.query_one("#words", Input).parent
        assert party is not None
        assert words is not None
        party.display = chosen == OUTSIDE
        words.display = self.query_one("#tell", Tick).value
        off = self._off.get(chosen, "")
        hint = ", ".join(filter(None, (self._hints.get(chosen, ""), off)))
        self.query_one("#to-hint", Static).update(content(hint, "$soon" if off else ""))
        is_other = self.query_one("#reason", Choice).chosen == EscalationReason.OTHER
        self.query_one("#reason-hint", Static).update(content("say in the ask why" if is_other else ""))

    def _needed_by(self, words: str) -> datetime | None:
        return parse_when(words, self.desk.clock.now(), self.desk.zone) if words.strip() else None

    def _needed_words(self, words: str) -> tuple[str, str]:
        """How far that is, and how it lies to the promise."""
        try:
            by = self._needed_by(words)
        except WhenError:
            return "not a time yet", "$soon"
        if by is None:
            return "", ""
        now, zone = self.desk.clock.now(), self.desk.zone
        at = stamp(by, now, zone)
        far = f"in {say_span(by - now)}" if at.endswith(words.strip()) else f"{at}, in {say_span(by - now)}"
        if self._due is None:
            return far, ""
        return (
            (f"{far}, before the promise", "") if by <= self._due else (f"{far}, after the promise", "$soon")
        )
