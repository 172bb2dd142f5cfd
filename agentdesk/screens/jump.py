"""Jump mode: a letter or two on everything that can be reached; typing them goes there, esc ends.

Law: the picture below stays as it is, no code begins another one, and what cannot be seen gets none. A code stands clear of every
word: before what it leads to, else in the place of its key, else over its first letters.
"""

from collections.abc import Sequence
from itertools import product
from typing import Any, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Offset
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from agentdesk.desk import Desk
from agentdesk.domain.safe_text import cells
from agentdesk.widgets.jump_targets import targets_of

LETTERS: Final = "asdfghjklwertuiopvcbnm"
"""Those under the fingers first; q, y, x and z are where they are on no two keyboards alike."""


def codes(count: int) -> list[str]:
    """So many codes of one or two letters, short ones first, none of which begins another."""
    pairs = max(0, -(-(count - len(LETTERS)) // (len(LETTERS) - 1)))
    pairs = min(pairs, len(LETTERS))
    singles = list(LETTERS[: len(LETTERS) - pairs])
    doubles = ["".join(pair) for pair in product(LETTERS[len(LETTERS) - pairs :], LETTERS)]
    return [*singles, *doubles][:count]


BEFORE: Final = 4
"""So many cells before a word its code may stand."""
KEY: Final = 5
"""Cells of a word that is a key, and may be hidden."""
BLANK: Final = " ▌"
"""What may be hidden anyway."""


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
        picture = [_cells_of(strip.text) for strip in self._below._compositor.render_strips()]  # noqa: SLF001  nothing public tells what is seen
        for code, target in self._targets.items():
            x, width = place(code, target.x, picture[target.y])
            letters = Static(code.ljust(width), markup=False)
            letters.styles.offset = Offset(x, target.y)
            letters.code = code  # type: ignore[attr-defined]  # what it stands for
            letters.target = target  # type: ignore[attr-defined]
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


def place(code: str, x: int, line: Sequence[str]) -> tuple[int, int]:
    """Where a code stands for what begins at a cell of a line, and how many cells it takes.

    Args:
        code: one letter or two.
        x: where the word begins that it leads to.
        line: the line cell by cell.
    """
    size, room = len(code), len(line)
    x = min(x, room - size)

    def is_clear(at: int, width: int) -> bool:
        ends = [one for one in (at - 1, at + width) if 0 <= one < room]
        return 0 <= at <= room - width and all(line[one] in BLANK for one in ends)

    for at in range(x, x - BEFORE, -1):
        if is_clear(at, size) and all(cell in BLANK for cell in line[at : at + size]):
            return at, size
    word = next((one for one in range(x, room) if line[one] not in BLANK), x)
    end = next((one for one in range(word, room) if line[one] in BLANK), room)
    ways = ((word, size), (end - size, size), (word, end - word)) if size <= end - word + 1 <= KEY + 1 else ()
    return next((one for one in ways if is_clear(*one)), (word, min(size + 1, room - word)))


def _cells_of(text: str) -> list[str]:
    """A line cell by cell; the second cell of a wide character is no blank."""
    return [one for sign in text for one in (sign, *["\0"] * (cells(sign) - 1))]
