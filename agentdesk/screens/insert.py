"""While writing: a macro, a template or an article for the text, each seen before it is put in."""

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from agentdesk.desk import Desk
from agentdesk.queries import articles, macros, tickets
from agentdesk.queries.articles import ArticleRow
from agentdesk.queries.macros import MacroRow
from agentdesk.screens.dialog import DeskDialog, field
from agentdesk.screens.macro_preview import NOTHING, MacroUse, SeenPicker, preview_of_one, short_words, use_of
from agentdesk.widgets.choice import Choice
from agentdesk.widgets.fitting import rank
from agentdesk.widgets.picker import Entry, Picker
from agentdesk.widgets.safe import body, content

MOST: Final = 30
"""Articles that are offered for what was typed."""
FORMS: Final = (("its first paragraph", "short"), ("the whole text", "whole"), ("its title alone", "title"))
TAKES_OFF: Final = "Nothing is set with it any more; the text stays as it is."


class InsertDialog(DeskDialog):
    """Dismissed with a `MacroUse`, with the text of an article, or with `NOTHING` to set nothing besides.

    Args:
        desk: The desk.
        ticket_ids: The one ticket.
        is_internal: Whether the customer does not read what is written.
        changes: What is set with it already, in words.
    """

    heading: ClassVar[str] = "Macro or article for {what}"
    confirm_label: ClassVar[str] = "Insert"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]

    def __init__(
        self, desk: Desk, ticket_ids: Sequence[int], *, is_internal: bool, changes: str = "", **named: Any
    ) -> None:
        super().__init__(desk, ticket_ids, **named)
        self._is_internal, self._changes = is_internal, changes
        self._macros: list[MacroRow] = []
        self._found: dict[tuple[str, int], MacroRow | ArticleRow] = {}

    def learn(self) -> None:
        """The macros, those of the ticket's category first; articles are asked for as they are typed."""
        with self.desk.read() as read:
            [ticket] = tickets.by_ids(read, self.ticket_ids)
            self._macros = macros.by_use(macros.macros(read), [ticket.category])

    def fields(self) -> ComposeResult:
        """The list, what the highlighted one says, and how much of an article goes in."""
        with Vertical(id="macro-sides"):
            yield SeenPicker(find=self._find, placeholder="type to search macros and articles")
            with VerticalScroll(id="preview", can_focus=False):
                yield Static(id="preview-text")
        with Horizontal(id="how"):
            yield field("Insert", Choice(FORMS, value="short", id="form"))

    def aside(self) -> str:
        """How a long text is read."""
        return "PgDn reads on"

    def begin(self) -> None:
        """Search at once."""
        self.query_one(Picker).query_one("Input").focus()

    def _find(self, typed: str) -> list[Entry]:
        """What holds every word, the best fitting name first; then macros by effect, articles by their text."""
        words = typed.casefold().split()
        with self.desk.read() as read:
            rows = articles.articles(read, typed, best=True)
        rows.sort(key=lambda one: -rank(typed, one.title))
        rows = rows[:MOST]
        known = [one for one in self._macros if _holds(one, words)]
        self._found = {("macro", one.id): one for one in known}
        self._found |= {("article", one.id): one for one in rows}
        entries = (
            [Entry(NOTHING, "set nothing with it", f"takes off: {self._changes}")]
            if self._changes and not words
            else []
        )
        found = [
            Entry(("macro", one.id), one.name, short_words(one, "macro"), self._refusal(one)) for one in known
        ]
        found += [
            Entry(("article", one.id), one.title, f"{one.ref} · {one.state}", self._refusal(one))
            for one in rows
        ]
        return entries + sorted(found, key=lambda one: -rank(typed, one.name))

    def _refusal(self, one: MacroRow | ArticleRow) -> str:
        """Why it may not go into this letter: what is the team's is not for the customer."""
        if self._is_internal:
            return ""
        if isinstance(one, MacroRow):
            return "" if one.visibility == "public" else "macro · a note for the team"
        return "" if one.state == "public" else f"{one.ref} · {one.state}: not for the customer"

    @on(Picker.Highlighted)
    @on(Choice.Changed)
    def _look(self) -> None:
        entry = self.query_one(Picker).entry
        found = self._found.get(entry.value) if entry is not None and entry.value != NOTHING else None
        self.query_one("#how").display = isinstance(found, ArticleRow)
        told = Content("")
        if isinstance(found, ArticleRow):
            told = body(self._article_text(found))
        elif found is not None:
            told = self._preview(found)
        elif entry is not None:
            told = content(TAKES_OFF, "$muted")
        self.query_one("#preview-text", Static).update(told)
        self.query_one("#preview", VerticalScroll).scroll_home(animate=False)
        self.retell()

    def _preview(self, row: MacroRow) -> Content:
        with self.desk.read() as read:
            [outcome] = macros.outcomes(
                read, row, self.ticket_ids, me=self.desk.actor.handle, zone=self.desk.zone
            )
        return preview_of_one(row, outcome)

    def _use(self, row: MacroRow) -> MacroUse:
        with self.desk.read() as read:
            [outcome] = macros.outcomes(
                read, row, self.ticket_ids, me=self.desk.actor.handle, zone=self.desk.zone
            )
        return use_of(row, outcome)

    def _article_text(self, row: ArticleRow) -> str:
        title = f"{row.title} ({row.ref})"
        return {"title": title, "whole": f"{title}\n\n{row.body}"}.get(
            self.query_one("#form", Choice).chosen, row.short
        )

    def sentence(self) -> str:
        """What there is, where there is nothing."""
        if self._found:
            return "It goes where the cursor is; ctrl+z takes it out again."
        return (
            "Nothing fits these words."
            if self.query_one(Picker).text
            else "There are no macros and no articles yet: agentdesk macro add --help"
        )

    @on(Picker.Picked)
    def action_confirm(self) -> None:
        """Put it in."""
        entry = self.query_one(Picker).entry
        if entry is None or entry.refusal:
            self.refuse("Pick a macro or an article.")
        elif entry.value == NOTHING:
            self.dismiss(NOTHING)
        else:
            found = self._found[entry.value]
            self.dismiss(self._article_text(found) if isinstance(found, ArticleRow) else self._use(found))


def _holds(row: MacroRow, words: Sequence[str]) -> bool:
    text = f"{row.name} {row.category} {row.sets} {row.body}".casefold()
    return all(word in text for word in words)
