"""Jump mode: a letter or two on everything that can be reached; typing them goes there, esc ends.

Law: the picture below stays as it is, no code begins another one, and what cannot be seen gets none.
"""

from itertools import product
from typing import Any, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Offset
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from agentdesk.desk import Desk
from agentdesk.widgets.jump_targets import Target, targets_of

LETTERS: Final = "asdfghjklwertuiopvcbnm"
"""Those under the fingers first; q, y, x and z are where they are on no two keyboards alike."""


def codes(count: int) -> list[str]:
    """So many codes of one or two letters, short ones first, none of which begins another."""
    pairs = max(0, -(-(count - len(LETTERS)) // (len(LETTERS) - 1)))
    pairs = min(pairs, len(LETTERS))
    singles = list(LETTERS[: len(LETTERS) - pairs])
    doubles = ["".join(pair) for pair in product(LETTERS[len(LETTERS) - pairs :], LETTERS)]
    return [*singles, *doubles][:count]


class JumpScreen(ModalScreen[None]):
    """Letters over the screen below.

    Args:
        desk: Not used; every route takes it.
        below: The screen that is in front until now.
    """

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss")]
    place: ClassVar[str] = "jump"
    DEFAULT_CSS = """
    JumpScreen { background: transparent; layers: base; }
    JumpScreen > Static { position: absolute; width: auto; height: 1; background: $soon; color: $background; text-style: bold; }
    JumpScreen > Static.-passed { visibility: hidden; }
    JumpScreen:nocolor > Static, JumpScreen:ansi > Static { text-style: bold reverse; }
    """

    def __init__(self, desk: Desk, *, below: Screen[Any], **named: Any) -> None:
        del desk
        super().__init__(**named)
        self._below = below
        found = list(targets_of(below))
        self._targets = dict(zip(codes(len(found)), found, strict=False))
        self._typed = ""

    def compose(self) -> ComposeResult:
        """A code on each target."""
        for code, target in self._targets.items():
            letters = Static(code, markup=False)
            letters.styles.offset = _seen_at(target, self._below, len(code))
            letters.code = code  # type: ignore[attr-defined]  # what it stands for
            yield letters

    def on_key(self, event: events.Key) -> None:
        """Take a letter; one that leads nowhere is not taken."""
        typed = self._typed + (event.character or "").lower()
        if not event.is_printable or not any(code.startswith(typed) for code in self._targets):
            return
        event.stop()
        self._typed = typed
        target = self._targets.get(typed)
        if target is None:
            for letters in self.query(Static):
                letters.set_class(not letters.code.startswith(typed), "-passed")  # type: ignore[attr-defined]
        else:
            self.dismiss(None)
            self.app.call_later(target.go)


def _seen_at(target: Target, below: Screen[Any], width: int) -> Offset:
    return Offset(max(0, min(target.x, below.size.width - width)), target.y)
