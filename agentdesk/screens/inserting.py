"""Putting a macro, a template or an article into a letter that is being written."""

from collections.abc import Mapping
from typing import Any, Final

from agentdesk.screens.macro_preview import NOTHING, MacroUse
from agentdesk.screens.sending import SendingScreen
from agentdesk.widgets.letter_area import LetterArea

_SENTENCE_ENDS: Final = (".", "!", "?", ":", "…")


class InsertingScreen(SendingScreen):
    """What is put in can be taken out again by ctrl+z; what it sets is told above the text until it is sent."""

    changes: dict[str, str]
    macros: tuple[int, ...]

    @property
    def is_internal(self) -> bool:
        """Whether the customer does not read it."""
        return self.letter.is_internal

    def insert_at_cursor(self, text: str) -> None:
        """Insert text where the cursor is."""

    def apply_macro_changes(self, changes: Mapping[str, Any]) -> None:
        """Set fields of the ticket with the sending."""

    def put_macro(self, macro: MacroUse) -> None:
        """Insert its text, and set its fields with the sending; what is for the team goes into no reply."""
        if macro.kind == "note" and not self.is_internal:
            words = (
                f"“{macro.name}” is a note for the team, and a reply waits here: send or discard it first."
            )
            self.console.say(words, severity="warning")
            return
        self.insert_at_cursor(self._apart(macro.text))
        self.macros = tuple(dict.fromkeys((*self.macros, macro.macro_id)))
        self.apply_macro_changes(macro.changes)
        self.query_one(LetterArea).go_to_gap()

    def action_insert(self) -> None:
        """Put in a macro, a template or an article."""
        told = ", ".join(f"{name} → {value}" for name, value in self.changes.items())
        self.console.show(
            "insert", [self.ticket_id], is_internal=self.is_internal, changes=told, then=self._inserted
        )

    def _inserted(self, chosen: MacroUse | str) -> None:
        if isinstance(chosen, MacroUse):
            self.put_macro(chosen)
        elif chosen == NOTHING:
            self.changes = {}
            self.apply_macro_changes({})
        else:
            self.insert_at_cursor(self._apart(chosen))

    def _apart(self, text: str) -> str:
        """Whole sentences are a paragraph of their own, below a blank line; a few words go into the sentence."""
        area = self.query_one(LetterArea)
        before = area.get_text_range((0, 0), min(area.selection))
        is_paragraph = "\n" in text.strip() or text.rstrip().endswith(_SENTENCE_ENDS)
        if not before.strip() or not is_paragraph:
            return text
        there = len(before) - len(before.rstrip("\n"))
        return "\n" * max(0, 2 - there) + text

    async def action_help(self) -> None:
        """Every key that works here; the text waits."""
        await self.run_action("app.help")

    def action_next_gap(self) -> None:
        """Select the next placeholder without a value; without one, go to the next field."""
        area = self.query_one(LetterArea)
        if not (area.has_focus and area.go_to_gap()):
            self.focus_next()
