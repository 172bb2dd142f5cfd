"""The fields of a ticket in lines; enter changes the one under the cursor, or says why it cannot be changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from agentdesk.domain.escalation import in_chains
from agentdesk.domain.references import ticket_ref
from agentdesk.domain.safe_text import cells, line, pad
from agentdesk.domain.when import say_when
from agentdesk.widgets.options import Options
from agentdesk.widgets.safe import content

LABEL = 16
"""Cells of a label with the space behind it, where no label is longer."""
WIDEST = 22
"""Cells it gets at most; a longer one stands on a line of its own."""
_HAPPENED = "It says what happened, and follows from the messages and the status."
_BROUGHT = "It came with the import and is kept as it was."


@dataclass(frozen=True, slots=True)
class Detail:
    """One field.

    Attributes:
        label: its name.
        value: what it holds, in words.
        action: the screen's action that changes it, with what it is given: `edit_property('due')`.
        why: why nobody changes it here, as a sentence; an empty line has neither.
    """

    label: str
    value: str
    action: str = ""
    why: str = ""


def details_of(ticket: Any, escalations: Sequence[Any], now: datetime, zone: ZoneInfo) -> list[Detail]:
    """Every field of a ticket that a person would ask for, the ones that can be changed first."""

    def at(instant: datetime | None) -> str:
        return say_when(instant, now, zone) if instant else "—"

    who = " · ".join(
        filter(None, (ticket.customer, ticket.organization, ticket.customer_email, ticket.customer_phone))
    )

    def own(name: str) -> str:
        return f"edit_property('{name}')"

    rows = [
        Detail("Subject", ticket.subject, own("subject")),
        Detail("Status", ticket.status.replace("_", " "), "status"),
        Detail("Priority", ticket.priority, "priority"),
        Detail("Impact", ticket.impact or "—", own("impact")),
        Detail("Urgency", ticket.urgency or "—", own("urgency")),
        Detail("Assignee", ticket.assignee_name or "nobody", "assign"),
        Detail("Queue", ticket.queue or "none", "assign"),
        Detail("Tags", " ".join(f"#{tag}" for tag in ticket.tags) or "none", "tags"),
        Detail("Type", ticket.type, own("type")),
        Detail("Category", ticket.category or "—", own("category")),
        Detail("Promised", at(ticket.due_at), own("due")),
        Detail("Comes back", at(ticket.wake_at), "snooze"),
        Detail("Escalation", _escalated(escalations), "escalate"),
        Detail("Customer", who or "none", own("customer")),
        Detail("Waits for", ticket.waiting_for or "—", "status"),
        Detail("Channel", ticket.channel, why="The channel is how the ticket came in; that stays as it was."),
        Detail("Opened", at(ticket.created_at), why=_HAPPENED),
        Detail(
            "Customer waits",
            f"since {at(ticket.waiting_since)}" if ticket.waiting_since else "—",
            why="A reply ends the waiting: r writes one.",
        ),
        Detail("First reply", at(ticket.first_replied_at), why=_HAPPENED),
        Detail("Last reply", at(ticket.last_reply_at), why=_HAPPENED),
        Detail("Solved", at(ticket.solved_at), why="It is solved when its status says so: s sets it."),
        Detail("Reopened", f"{ticket.reopen_count} times" if ticket.reopen_count else "never", why=_HAPPENED),
    ]
    if ticket.external_id:
        elsewhere = f"{ticket.source} {ticket.external_id}"
        rows.append(
            Detail("Elsewhere", elsewhere, why="It is the number of the system the ticket came from.")
        )
    for label, other in (("Merged into", ticket.merged_into_id), ("Follows up", ticket.follow_up_of_id)):
        if other:
            rows.append(Detail(label, ticket_ref(other), why=f"g goes to {ticket_ref(other)}."))
    rows += _steps(escalations)
    rows += [Detail(str(name), str(value), why=_BROUGHT) for name, value in ticket.extra.items()]
    return rows


def form_details(intake: Any) -> list[Detail]:
    """The form of its category, line by line; what is needed before solving says so."""
    needed = {one.label for one in intake.missing}
    has_form = bool(intake.fields)
    return [
        Detail(
            label,
            value or ("needed before it is solved" if label in needed else "—"),
            "intake" if has_form else "",
        )
        for label, value in intake.told
    ]


def _escalated(escalations: Sequence[Any]) -> str:
    if not escalations:
        return "none"
    last = escalations[-1]
    return f"{last.kind} to {last.to}, {last.state}: {last.outcome or last.ask}"


def _steps(escalations: Sequence[Any]) -> list[Detail]:
    """Every step where there are several, each further in than the one it was asked further from."""
    if len(escalations) < 2:
        return []
    return [
        Detail(
            f"Escalation {one.id}",
            f"{'→ ' * depth}{one.asked_by or 'the desk'} asked {one.to}, {one.state}: {one.outcome or one.ask}",
            why="Escalations are answered in the inbox: 5.",
        )
        for depth, one in in_chains(escalations)
    ]


class ItemList(Options):
    """An `OptionList` with letters as well as arrows; the base of the lists on an open ticket."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False, id="items.down"),
        Binding("k", "cursor_up", "Up", show=False, id="items.up"),
    ]
    DEFAULT_CSS = """
    ItemList {
        border: none; background: transparent; padding: 0 1; scrollbar-size-vertical: 1; height: 1fr;
        &:focus { border: none; background-tint: $foreground 0%; }
        & > .option-list--option { color: $foreground; padding: 0 1; }
        & > .option-list--option-disabled { color: $muted; }
        & > .option-list--option-highlighted { background: $panel-2; color: $foreground; text-style: none; }
        &:focus > .option-list--option-highlighted { background: $cursor; color: $foreground; text-style: bold; }
    }
    """


class DetailList(ItemList):
    """The fields of one ticket."""

    class Asked(Message):
        """Enter on a field; `why` says why it has no `action`."""

        def __init__(self, action: str, why: str) -> None:
            super().__init__()
            self.action = action
            self.why = why

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self._details: list[Detail] = []

    def show(self, details: Sequence[Detail]) -> None:
        """Show these; the cursor stays where it was."""
        was = self.highlighted
        self._details = list(details)
        longest = max((cells(line(one.label)) + 2 for one in self._details), default=0)
        width = min(max(LABEL, longest), WIDEST)
        self.set_options(
            [Option(_prompt(one, width), disabled=not (one.action or one.why)) for one in self._details]
        )
        self.highlighted = was if was is not None and was < len(self._details) else 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask for the dialog of the field."""
        event.stop()
        chosen = self._details[event.option_index]
        self.post_message(self.Asked(chosen.action, chosen.why))


def _prompt(detail: Detail, width: int) -> Content:
    name = line(detail.label)
    is_long = cells(name) + 2 > width
    label = content(name if is_long else pad(name, width), "$faint")
    if is_long and name:
        label = Content.assemble(label, "\n", " " * width)
    return Content.assemble(
        label,
        content(detail.value),
        content("  \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}" if detail.action else "", "$here"),
    )
