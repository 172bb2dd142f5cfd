"""Help: every key that works where you were and what it does; typing searches by name and key, enter runs."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from agentdesk.commands.command import Command
from agentdesk.commands.registry import PLACES, SCOPES, commands_of, has_key, shown_keys, with_keys
from agentdesk.desk import Desk
from agentdesk.domain.safe_text import pad
from agentdesk.widgets.finder import Finder, Line
from agentdesk.widgets.fitting import fitting

KEYS = 13
"""Cells for the keys of a command."""


class FinderScreen(ModalScreen[Any]):
    """A floating list of commands; dismissed with the command to run where you were, or None.

    Args:
        desk: The desk.
        place: Where you were.
        reasons: Why a command cannot be given there now, by its id.
    """

    CSS_PATH = "finder.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1", "dismiss", show=False)]
    heading: ClassVar[str] = ""
    placeholder: ClassVar[str] = ""

    def __init__(
        self, desk: Desk, place: str = "queue", *, reasons: Mapping[str, str] | None = None, **named: Any
    ) -> None:
        super().__init__(**named)
        self.desk = desk
        self.place = place
        self.why_not = reasons or {}

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
        keymap = self.desk.settings.keymap
        self.query_one(Finder).put(command_lines(self.place, text, keymap, self.why_not))


def command_lines(place: str, text: str, keymap: Any, reasons: Mapping[str, str]) -> list[Line]:
    """The commands of a place under their headings; with words the ones that fit, those on a key of that name first."""
    scopes = {name: commands_of(place, name, keymap) for name in PLACES.get(place, ("app",))}
    typed = text.strip()
    if not typed:
        groups = [(SCOPES[name].title, commands) for name, commands in scopes.items()]
    else:
        on_key = [one for commands in scopes.values() for one in commands if has_key(one, typed)]
        every = [one for commands in scopes.values() for one in commands]
        found = fitting(typed, every, name=lambda one: one.label, about=lambda one: f"{one.help} {one.id}")
        groups = [(f"On {typed}", on_key), ("By name", [one for one in found if one not in on_key])]
        groups.append((SCOPES["page"].title, _once_opened(place, typed, [*on_key, *found], keymap)))
    lines: list[Line] = []
    for title, commands in groups:
        if commands:
            lines.append(Line(Content.styled(("" if not lines else "\n") + title, "$faint")))
            lines += [Line(command_row(one, reasons.get(one.id)), one, KEYS + 1) for one in commands]
    return lines or [Line(Content.styled("No command fits these words, and none has this key.", "$faint"))]


def _once_opened(place: str, typed: str, found: Sequence[Command], keymap: Any) -> list[Command]:
    """What fits the words and works once the highlighted ticket is opened; nothing where a ticket is open, or none is near."""
    scopes = PLACES.get(place, ())
    if "ticket" not in scopes or "page" in scopes:
        return []
    named = {one.label for one in found}
    every = [one for one in with_keys(SCOPES["page"].commands, keymap) if one.label not in named]
    return fitting(typed, every, name=lambda one: one.label, about=lambda one: one.help)


def command_row(command: Command, reason: str | None = None) -> Content:
    """Keys and sentence; where it cannot be given now, the reason in place of what it would do."""
    keys = pad(shown_keys(command), KEYS)
    if reason:  # its first sentence; pressing the key tells the rest
        told = f" {command.label}: {reason.partition('. ')[0].removesuffix('.')}"
        return Content.assemble((keys, "$faint"), (told, "$faint"))
    return Content.assemble((keys, "bold $here"), " ", (command.help, "$ink"))


class HelpScreen(FinderScreen):
    """Every key that works here."""

    heading: ClassVar[str] = "Keys here"
    placeholder: ClassVar[str] = "type a word or a key; enter runs, esc leaves"
