"""Tags: a word adds one, a word after a minus takes one off."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.suggester import Suggester
from textual.widgets import Input, Static

from agentdesk.domain.safe_text import line
from agentdesk.screens.dialog import DeskDialog, field
from agentdesk.widgets.safe import content

if TYPE_CHECKING:
    from agentdesk.store.change import Change

SHOWN = 24
"""Known tags named in the dialog; all of them complete."""


class LastWord(Suggester):
    """Completes the last word of a line with a known tag; the minus before it stays."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._names = names

    async def get_suggestion(self, value: str) -> str | None:
        """The line with its last word completed, or None."""
        head, _, last = value.rpartition(" ")
        sign, start = ("-", last[1:]) if last.startswith("-") else ("", last)
        if not start:
            return None
        found = next((name for name in self._names if name.startswith(start.lower()) and name != start), None)
        return None if found is None else (f"{head} " if head else "") + sign + found


class TagsDialog(DeskDialog):
    """One line; below it, what the tags will be."""

    heading: ClassVar[str] = "Tags of {what}"
    keeps_words: ClassVar[bool] = True
    confirm_label: ClassVar[str] = "Set"

    def learn(self) -> None:
        """The tags in use, and those they have."""
        from agentdesk.queries import tags, tickets

        with self.desk.read() as read:
            self._known = [line(name) for name in tags.tag_names(read)]
            self._tags = [list(row.tags) for row in tickets.by_ids(read, self.ticket_ids)]

    def aside(self) -> str:
        """How the line is written."""
        return "→ completes, -word takes off"

    def fields(self) -> ComposeResult:
        """The line, the present tags, and the tags the desk knows."""
        every = list(dict.fromkeys(tag for one in self._tags for tag in one))
        now = " ".join(f"#{line(tag)}" for tag in every) or "none yet"
        yield field("Now", Static(content(now), classes="hint"))
        names = self._known
        yield field(
            "Change",
            Input(id="words", placeholder="vat refund -old", suggester=LastWord(names), compact=True),
        )
        shown = " ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
        if names:
            yield field("Known", Static(content(shown), classes="hint"))

    def sentence(self) -> str:
        """What the tags will be."""
        add, remove = self._asked()
        if not add and not remove:
            return "Nothing will change yet: name a tag."
        if len(self._tags) == 1:
            after = [tag for tag in dict.fromkeys([*self._tags[0], *add]) if tag not in remove]
            return f"{self.what} will have: " + (" ".join(f"#{line(tag)}" for tag in after) or "no tags")
        said = [f"get {' '.join(f'#{tag}' for tag in add)}"] if add else []
        said += [f"lose {' '.join(f'#{tag}' for tag in remove)}"] if remove else []
        return f"{self.what} will {' and '.join(said)}. Other tags stay."

    @on(Input.Changed, "#words")
    def _tell(self) -> None:
        self.retell()

    @on(Input.Submitted, "#words")
    def action_confirm(self) -> None:
        """Set them."""
        add, remove = self._asked()
        if not add and not remove:
            self.refuse("Name a tag to add, or -name to take one off.", self.query_one("#words"))
            return

        def tag(change: "Change", ticket_id: int) -> Any:
            from agentdesk import services

            return services.set_tags(change, ticket_id, add=add, remove=remove)

        told = " ".join([*(f"+{one}" for one in add), *(f"-{one}" for one in remove)])
        self.carry_out_each(f"Tagged {{what}} {told}", tag)

    def _asked(self) -> tuple[list[str], list[str]]:
        words = self.query_one("#words", Input).value.replace(",", " ").split()
        add = [word.lstrip("+#").lower() for word in words if not word.startswith("-")]
        remove = [word[1:].lstrip("#").lower() for word in words if word.startswith("-")]
        return [word for word in add if word], [word for word in remove if word]
