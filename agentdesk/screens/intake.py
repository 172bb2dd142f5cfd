"""The form of a ticket's category: what has to be known before it is solved."""

import shlex
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input, Static

from agentdesk.domain.intake import FormField, missing
from agentdesk.domain.safe_text import clip, line
from agentdesk.screens.dialog import DeskDialog, field
from agentdesk.widgets.choice import Choice
from agentdesk.widgets.safe import body, content

if TYPE_CHECKING:
    from agentdesk.store.change import Change


QUESTION = 40
"""Cells of a question that is asked in its own field."""


class IntakeDialog(DeskDialog):
    """One line a field; what is needed before solving is marked."""

    heading: ClassVar[str] = "Form of {what}"
    keeps_words: ClassVar[bool] = True
    confirm_label: ClassVar[str] = "Save"

    def learn(self) -> None:
        """The form and its values."""
        from agentdesk.queries import intake

        with self.desk.read() as read:
            self._intake = intake.intake_of(read, self.ticket_ids[0])

    def aside(self) -> str:
        """Of which category."""
        return f"category {self._intake.category}" if self._intake.category else "no category"

    def fields(self) -> ComposeResult:
        """Each field with its label, or what to do where there is no form."""
        for place, one in enumerate(self._intake.fields):
            mark = Static(content("needed" if one.required else "", "$soon"), classes="hint")
            yield field(one.label, self._line(place, one), mark)
        if not self._intake.fields:
            yield Static(body(_no_form(self._intake.category), "$muted"))

    def _line(self, place: int, one: FormField) -> Widget:
        value = str(self._intake.values.get(one.name) or "")
        if one.choices:
            choices = [(choice, choice) for choice in one.choices]
            return Choice(choices, value=value if value in one.choices else None, id=f"field-{place}")
        return Input(value, placeholder=clip(line(one.question), QUESTION), compact=True, id=f"field-{place}")

    def begin(self) -> None:
        """The first field that is still empty; where there is none, there is nothing to save."""
        self.query_one("#confirm").display = bool(self._intake.fields)
        values = self._typed()
        empty = next((at for at, one in enumerate(self._intake.fields) if not values[one.name]), 0)
        if self._intake.fields:
            self.query_one(f"#field-{empty}").focus()

    def _typed(self) -> dict[str, str]:
        found = {}
        for place, one in enumerate(self._intake.fields):
            widget = self.query_one(f"#field-{place}")
            found[one.name] = (widget.chosen or "") if isinstance(widget, Choice) else widget.value.strip()  # type: ignore[attr-defined]
        return found

    def sentence(self) -> str:
        """What is still missing."""
        if not self._intake.fields:
            return ""
        left = missing(self._intake.fields, self._typed())
        if left:
            return f"Before {self.what} can be solved, still needed: {', '.join(one.label for one in left)}."
        return f"{self.what} has all that is needed to be solved."

    @on(Input.Changed)
    @on(Choice.Changed)
    def _tell(self) -> None:
        self.retell()

    @on(Input.Submitted)
    def _next(self) -> None:
        self.focus_next()

    def action_confirm(self) -> None:
        """Save what is there; it need not be complete."""
        if not self._intake.fields:
            self.dismiss(None)
            return
        texts = self._typed()
        ticket_id = self.ticket_ids[0]

        def fill(change: "Change") -> Any:
            from agentdesk import services

            services.fill_form(change, ticket_id, texts)
            return True

        self.carry_out(f"Filled in the form of {self.what}", fill)


def _no_form(category: str) -> str:
    if not category:
        return "A form hangs on the category: e gives the ticket one."
    return (
        f"Tickets of the category {line(category)} have no form. An admin makes one:\n\n"
        f"  agentdesk intake set {shlex.quote(line(category))} \\\n"
        "    --field 'order_number:Order number:required'"
    )
