"""What every command is handed: the global options, stdout as it is, and the desk when it asks for it.

Importing this costs nothing; the desk and the settings are loaded by the first command that needs them.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from agentdesk.cli import failures
from agentdesk.cli.argv import Globals

if TYPE_CHECKING:
    from agentdesk.cli.output import Column, Format, Output
    from agentdesk.desk import Desk
    from agentdesk.settings import Settings


@dataclass(frozen=True, slots=True)
class OpenConsole:
    """What a command returns to have the console opened; only the street door knows how."""

    settings: "Settings"
    tour: bool = False


@dataclass(slots=True)
class Session:
    """One run of the command line."""

    told: Globals
    as_of: str | None = field(init=False)
    """The words of `--as-of`, until a command with such an option of its own has them."""
    _settings: "Settings | None" = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.as_of = self.told.as_of

    @property
    def settings(self) -> "Settings":
        """Command line over environment over file over default."""
        if self._settings is None:
            from agentdesk.settings import load

            config = Path(self.told.config).expanduser() if self.told.config else None
            self._settings = load(
                store=self.told.store,
                agent=self.told.agent,
                config=config,
                no_mouse=self.told.no_mouse,
                warn=lambda sentence: failures.say(f"agentdesk: {sentence}"),
            )
        return self._settings

    @property
    def out(self) -> "Output":
        """Stdout."""
        from zoneinfo import ZoneInfo

        from agentdesk.cli.output import stdout

        zone = self.settings.zone
        return stdout(no_color=self.told.no_color, zone=ZoneInfo(zone) if zone else None)

    @contextmanager
    def desk(self, *, to_fill: bool = False) -> Iterator["Desk"]:
        """The open desk; with `--as-of` its clock stands at that instant.

        Args:
            to_fill: a desk that this very command had to make goes again where nothing came into it.
        """
        from agentdesk.desk import Desk

        desk = Desk.open(self.settings)
        if desk.is_practice:
            from agentdesk.domain.practice import NOTHING_IS_REAL

            self.say(f"This is a {NOTHING_IS_REAL}.")
        is_new = desk.store.created
        if is_new and not to_fill:
            self.say(f"A new desk was made: {desk.store.location}")
        is_done = False
        try:
            if self.as_of:
                self._stand_at(self.as_of, desk)
            yield desk
            is_done = True
        finally:
            desk.close()
            if is_new and to_fill:
                self._end_filling(desk, is_done=is_done)

    def _end_filling(self, desk: "Desk", *, is_done: bool) -> None:
        place = desk.store.location
        if not desk.store.remove_unused():
            self.say(f"A new desk was made: {place}")
        elif is_done:
            self.say(f"There is no desk at {place} yet.")

    def _stand_at(self, words: str, desk: "Desk") -> None:
        from agentdesk.cli.instants import lies_ahead, parse_told, say_ahead

        now = desk.clock.now()
        instant = parse_told(words, now, desk.zone)
        if lies_ahead(instant, now):
            self.say(say_ahead(words, now, desk.zone))
        desk.stand_at(instant)

    def hand_over_as_of(self) -> list[str]:
        """`--as-of` as a command reads it that has an option of this name; then the desk's clock is left alone."""
        words, self.as_of = self.as_of, None
        return [] if words is None else [f"--as-of={words}"]

    def emit(
        self, rows: Any, columns: "Sequence[Column]", form: "Format", *, things: str = "rows", hint: str = ""
    ) -> int:
        """Print rows on stdout and return how many there were.

        Args:
            rows: what to print.
            columns: what of each.
            form: `--format`.
            things: what a person is told there are 0 of; empty where that was told already.
            hint: what to try then, as a sentence.
        """
        count = self.out.emit(rows, columns, form)
        if not count and form.value == "table" and things:
            self.say(f"0 {things}. {hint}".rstrip())
        return count

    def say(self, sentence: str) -> None:
        """A note on stderr, unless the user wants quiet."""
        failures.say(sentence, quiet=self.told.quiet)

    def say_change(self, number: int | None) -> None:
        """The number that takes a write back."""
        if number is None:
            self.say("Nothing changed.")
        else:
            self.say(f"Change {number}; undo with: agentdesk undo {number}")

    def say_shown(self, shown: int, total: int) -> None:
        """A cut list says that it is one."""
        if shown < total:
            failures.say(f"{shown} of {total} shown, --limit 0 for all")


def session_of(context: typer.Context) -> Session:
    """The session of a command."""
    session = context.find_object(Session)
    assert session is not None
    return session
