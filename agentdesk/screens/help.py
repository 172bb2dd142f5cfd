"""Help: every key that works where you were and what it does; typing searches, enter runs."""

from collections.abc import Iterable
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from agentdesk.commands.command import Command
from agentdesk.commands.registry import PLACES, SCOPES, shown_keys, with_keys
from agentdesk.desk import Desk
from agentdesk.domain.safe_text import pad
from agentdesk.widgets.finder import Finder, Line

KEYS = 13
"""Cells for the keys of a command."""


class FinderScreen(ModalScreen[Any]):
    """A floating list of commands; dismissed with the command to run where you were, or None."""

    CSS_PATH = "finder.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1", "dismiss", show=False)]
    heading: ClassVar[str] = ""
    placeholder: ClassVar[str] = ""

    def __init__(self, desk: Desk, place: str = "queue", **named: Any) -> None:
        super().__init__(**named)
        self.desk = desk
        self.place = place

    def compose(self) -> ComposeResult:
        """Title, line, list."""
        with Vertical(id="float"):
            yield Static(Content(self.heading), id="title")
            yield Finder(self.placeholder)

    def on_mount(self) -> None:
        """Everything, until something is typed."""
        self.find("")

    @on(Finder.Typed)
    def _typed(self, event: Finder.Typed) -> None:
        self.find(event.text)

    @on(Finder.Taken)
    def _taken(self, event: Finder.Taken) -> None:
        self.dismiss(event.value)

    def find(self, text: str) -> None:
        """Show what fits the words."""
        self.query_one(Finder).put(command_lines(self.place, text, self.desk.settings.keymap))


def command_lines(place: str, text: str, keymap: Any) -> list[Line]:
    """The commands of a place under their headings, or the ones that fit the words, best first."""
    words = text.lower().split()
    lines: list[Line] = []
    for scope in PLACES.get(place, ("app",)):
        found = [one for one in with_keys(SCOPES[scope].commands, keymap) if _fits(one, words)]
        if found:
            lines.append(Line(Content.styled(("" if not lines else "\n") + SCOPES[scope].title, "$faint")))
            lines += [Line(_row(one), one) for one in found]
    return lines or [Line(Content.styled("No command fits these words.", "$faint"))]


def _fits(command: Command, words: Iterable[str]) -> bool:
    told = f"{command.label} {command.help} {command.id}".lower()
    keys = shown_keys(command).split()
    return all(word in told or word in [key.lower() for key in keys] for word in words)


def _row(command: Command) -> Content:
    return Content.assemble((pad(shown_keys(command), KEYS), "bold $here"), " ", (command.help, "$ink"))


class HelpScreen(FinderScreen):
    """Every key that works here."""

    heading: ClassVar[str] = "Keys here"
    placeholder: ClassVar[str] = "type a word or a key; enter runs, esc leaves"
