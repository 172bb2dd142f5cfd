"""What a person chooses while the console is open: the theme, the preferences, and that the file keeps them."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from agentdesk.desk import Desk
from agentdesk.domain.errors import AgentDeskError, InvalidValueError
from agentdesk.preferences import AUTO, PREFERENCES
from agentdesk.screens.guide import GuidedApp
from agentdesk.widgets.theme import DEFAULT, THEMES

if TYPE_CHECKING:
    from agentdesk.widgets.ground import Ground


class ChoosingApp(GuidedApp, inherit_bindings=False):
    """An app whose settings may change under it."""

    def __init__(self, desk: Desk, *, ground: "Ground | None" = None, **named: Any) -> None:
        super().__init__(desk, **named)
        self.ground = ground.theme if ground else DEFAULT
        """The theme that fits the terminal's own colours, for `theme = "auto"`."""
        self.chosen_before: list[tuple[str, Any]] = []
        """Preferences, and what each held before it was chosen here."""
        self.type_ahead(ground.typed if ground else "")
        for theme in THEMES.values():
            self.register_theme(theme)

    def use_theme(self, name: str) -> None:
        """Paint with a theme.

        Raises:
            InvalidValueError: there is none of this name.
        """
        if name != AUTO and name not in THEMES:
            raise InvalidValueError("theme", name, [AUTO, *THEMES])
        self.theme = self.ground if name == AUTO else name

    def action_next_theme(self) -> None:
        """The theme after this one."""
        names = list(THEMES)
        self.choose_theme(names[(names.index(self.theme) + 1) % len(names)])

    def choose_theme(self, name: str) -> None:
        """Use a theme from now on, and at the next start."""
        self.say(f"Theme {name}{self.choose('theme', name)}.")

    def choose(self, key: str, value: Any) -> str:
        """Let a preference hold from now on, and write it to the file; how that went, as it reads after the name."""
        known = PREFERENCES[key]
        self.desk.settings = replace(self.desk.settings, **{key: value})
        if key == "theme":
            self.use_theme(value)
        late = ", from the next start on" if known.is_late else ""
        place = self.desk.settings.keep_in
        if place is None:
            return late
        from agentdesk.config_file import write_preference

        try:
            write_preference(place, key, value)
        except AgentDeskError as error:
            return f"{late}, until you leave: {error}".removesuffix(".")
        self.desk.settings = replace(self.desk.settings, config_file=place)
        return f"{late}, kept in {place}"

    def action_undo_last(self) -> None:
        """Take back the last change; on a screen that takes its own back, that one's."""
        take_back = getattr(self.screen, "take_back", None)
        if take_back is None:
            super().action_undo_last()
        else:
            take_back()

    def action_preferences(self) -> None:
        """Show what can be chosen, and where each was."""
        self.show("preferences")

    def action_imports(self) -> None:
        """Show the imports so far; a new one begins there."""
        self.show("imports")
