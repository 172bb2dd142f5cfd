"""Preferences: what can be chosen, what holds, what it does and where it was set; a change is in the file at once."""

import os
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, Final, cast

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from agentdesk.commands.registry import bindings
from agentdesk.config_file import faults_of
from agentdesk.desk import Desk
from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.safe_text import clip, line, pad
from agentdesk.preferences import PREFERENCES, Preference
from agentdesk.screens.external_editor import editor_command, run_in_terminal
from agentdesk.screens.frame import Page
from agentdesk.screens.pulse import tell_pulse
from agentdesk.widgets.key_bar import KeyBar
from agentdesk.widgets.options import BarredOptions
from agentdesk.widgets.safe import content
from agentdesk.widgets.top_bar import TopBar

NAME, VALUE, SOURCE = 12, 16, 17
"""Cells of the first three columns."""
LEAST_ABOUT: Final = 12
"""Cells below which the list does not say what a preference does; it stands whole under it."""
AROUND: Final = 14
"""Lines of a narrow screen that are not the list's: the frame, the head, and what the highlighted one does; two less of a wide one."""
FIRST: Final = "# What AgentDesk is told about you. Every key: agentdesk config show\n"
"""What a new file begins with."""


class PreferencesScreen(Page):
    """One line a preference.

    Args:
        desk: The desk.
        at: The key under the cursor at first.
    """

    CSS_PATH = "preferences.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("preferences")]
    AUTO_FOCUS = "#list"
    place: ClassVar[str] = "preferences"
    runner: Callable[[Sequence[str]], int] = staticmethod(run_in_terminal)

    def __init__(self, desk: Desk, *, at: str = "", **named: Any) -> None:
        super().__init__(desk, **named)
        self._keys = list(PREFERENCES)
        self._at = self._keys.index(at) if at in PREFERENCES else 0

    def compose(self) -> ComposeResult:
        """Frame, list, and the highlighted one whole."""
        yield TopBar("", self.desk.actor.handle)
        with Vertical(id="head"):
            yield Static(Content("Preferences"), id="title")
            yield Static(id="file")
            yield Static(id="columns")
        yield BarredOptions(id="list", markup=False)
        yield Static(id="about")
        yield Vertical(id="rest")
        yield KeyBar(self.place, self.desk.settings.keymap)

    def on_mount(self) -> None:
        """Show what holds."""
        tell_pulse(self)
        self._draw()

    def on_resize(self) -> None:
        """Sentences have another width."""
        self._draw()

    @property
    def _before(self) -> list[tuple[str, Any]]:
        """What held before each choice, also of an earlier visit."""
        return cast("Any", self.app).chosen_before  # type: ignore[no-any-return]

    @property
    def _chosen(self) -> Preference:
        return PREFERENCES[self._keys[self._at]]

    def _draw(self) -> None:
        settings = self.desk.settings
        where = settings.keep_in
        told = f"Kept in {where}" if where else "Nothing is kept: there is no configuration file."
        self.query_one("#file", Static).update(content(told))
        width = self.size.width - NAME - VALUE - SOURCE - 12
        width = width if width >= LEAST_ABOUT else 0
        about = "What it does" if width else ""
        head = f"{pad('Name', NAME)}{pad('Value', VALUE)}{pad('Set by', SOURCE)}{about}"
        self.query_one("#columns", Static).update(Content(head))
        listed = self.query_one("#list", OptionList)
        listed.styles.max_height = max(self.size.height - AROUND + (2 if width else 0), 3)
        listed.set_options(Option(self._preference_row(one, width)) for one in PREFERENCES.values())
        listed.highlighted = self._at

    def _preference_row(self, one: Preference, width: int) -> Content:
        source = self.desk.settings.source_of(one.key).replace(str(self.desk.settings.config_file), "line")
        is_set = source != "default"
        return Content.assemble(
            (pad(one.key, NAME), "bold $ink"),
            (pad(clip(line(_words(getattr(self.desk.settings, one.key))), VALUE - 2), VALUE), "$here" if is_set else "$ink"),
            (pad(source.replace("line:", "line "), SOURCE), "$muted" if is_set else "$faint"),
            (clip(one.about, width) if width else "", "$muted"),
        )  # fmt: skip

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._at = event.option_index
        one = self._chosen
        allowed = ", ".join(map(_words, one.values)) or "free text: e opens the file"
        late = "; holds from the next start" if one.is_late else ""
        self.query_one("#about", Static).update(
            Content.assemble((f"{one.about}.\n", "$ink"), (f"{allowed}{late}", "$faint"))
        )

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_change(1)

    def action_move(self, by: int) -> None:
        """Go up or down."""
        self.query_one("#list", OptionList).highlighted = max(0, min(self._at + by, len(self._keys) - 1))

    def action_change(self, by: int) -> None:
        """The next value, or the one before."""
        one = self._chosen
        if not one.values:
            self.console.say(f"{one.key} is written by hand: e opens the file.")
            return
        here = one.values.index(getattr(self.desk.settings, one.key))
        self._choose(one.values[(here + by) % len(one.values)])

    def action_default(self) -> None:
        """Bring the default back."""
        if self._chosen.values:
            self._choose(self._chosen.default)
        else:
            self.action_change(1)

    def _choose(self, value: Any) -> None:
        key = self._chosen.key
        self._before.append((key, getattr(self.desk.settings, key)))
        self._put(key, value)

    def take_back(self) -> None:
        """Bring back what held before the last choice here."""
        if self._before:
            key, value = self._before.pop()
            self._at = self._keys.index(key)
            self._put(key, value)
        else:
            self.console.say(
                "No preference was chosen since the console opened: there is nothing to take back.",
                severity="warning",
            )

    def _put(self, key: str, value: Any) -> None:
        told = cast("Any", self.app).choose(key, value)
        self.console.say(f"{key} = {_words(value)}{told}.")
        self._draw()

    def action_back(self) -> None:
        """Back to where you came from."""
        self.dismiss(None)

    def action_edit(self) -> None:
        """Open the file in the agent's own editor, and take what it says then."""
        path = self.desk.settings.keep_in
        if path is None:
            self.console.say("There is no configuration file to open.", severity="warning")
            return
        try:
            _begin(path)
            with self.app.suspend():
                self.runner([*editor_command(), str(path)])
            self._take(path)
        except SuspendNotSupported:
            self.console.say(f"This terminal cannot be handed to an editor. Edit {path}.", severity="warning")
        except (AgentDeskError, OSError) as error:
            self.console.say(f"{error}", severity="warning")

    def _take(self, path: Path) -> None:
        """Let what the file says hold, as far as it can before the next start; a file with a fault changes nothing."""
        if faults := faults_of(path):
            self.console.say(
                f"{faults[0]} Until it is right, everything stays as it was.", severity="warning"
            )
            return
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        now = {one.key: told.get(one.key, one.default) for one in PREFERENCES.values() if not one.is_late}
        self.desk.settings = replace(self.desk.settings, config_file=path, **now)
        cast("Any", self.app).use_theme(self.desk.settings.theme)
        self._draw()


def _begin(path: Path) -> None:
    """Make the file, readable by its owner alone, if it is not there."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(FIRST)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) or value is None:
        return value or "-"
    return f"{len(value)} keys" if value else "-"
