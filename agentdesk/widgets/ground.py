"""Whether the terminal is light or dark: asked before the console starts, because nobody answers in time afterwards.

The question is OSC 11, behind it one that every terminal answers, so that a terminal without an answer is not waited
for. Law: what was typed meanwhile is handed on, an answer never is; the terminal is left as it was found.
"""

import os
import re
import select
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from agentdesk.widgets.drawn_on import drawn_on

LIGHT, DARK = "paper", "ink"
"""The themes that fit."""
_NEAR, _FAR = 0.1, 0.3
"""Seconds to wait for an answer, here and over a line."""
_ASK: Final = b"\x1b]11;?\x1b\\\x1b[c"
_FENCE: Final = re.compile(rb"\x1b\[\?[\d;]*c")
_COLOUR: Final = re.compile(
    rb"\x1b\]11;rgba?:([0-9a-fA-F]+)/([0-9a-fA-F]+)/([0-9a-fA-F]+)[^\x07\x1b]*(?:\x07|\x1b\\)"
)
_UNFINISHED: Final = re.compile(rb"\x1b(?:\]1?1?[^\x07]*|\[\?[\d;]*)\Z")


@dataclass(frozen=True, slots=True)
class Ground:
    """What came of it.

    Attributes:
        theme: the theme that fits.
        typed: what the agent typed while the terminal was asked.
    """

    theme: str
    typed: str = ""


def find_ground(environ: Mapping[str, str] = os.environ) -> Ground:
    """Ask the terminal, else believe `COLORFGBG`, else take it for dark."""
    answer = _ask(_FAR if environ.get("SSH_CONNECTION") else _NEAR) if _can_ask() else b""
    return Ground(read_colour(answer) or told_by(environ) or DARK, typed_in(answer))


def read_colour(answer: bytes) -> str | None:
    """The theme that fits the colour in an answer; None where there is none."""
    found = _COLOUR.search(answer)
    if found is None:
        return None
    red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in found.groups())
    return LIGHT if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else DARK


def told_by(environ: Mapping[str, str]) -> str | None:
    """The theme that fits `COLORFGBG`, which some terminals set: `15;0`, `0;default;15`."""
    ground = environ.get("COLORFGBG", "").rpartition(";")[2]
    if not ground.isascii() or not ground.isdecimal():
        return None
    return DARK if int(ground) in {0, 1, 2, 3, 4, 5, 6, 8} else LIGHT


def typed_in(answer: bytes) -> str:
    """What is left of an answer without the replies: keys."""
    keys = _UNFINISHED.sub(b"", _FENCE.sub(b"", _COLOUR.sub(b"", answer)))
    return keys.decode("utf-8", "ignore")


def _can_ask() -> bool:
    return os.name == "posix" and sys.stdin.isatty() and drawn_on() is not None


def _ask(patience: float) -> bytes:
    """Everything that was read until the second question was answered, or patience is over."""
    import termios
    import tty

    source, shown = sys.stdin.fileno(), drawn_on()
    if shown is None:
        return b""
    before = termios.tcgetattr(source)
    heard = b""
    try:
        tty.setcbreak(source, termios.TCSANOW)
        os.write(shown.fileno(), _ASK)
        until = time.monotonic() + patience
        while not _FENCE.search(heard) and (left := until - time.monotonic()) > 0:
            if not select.select([source], [], [], left)[0]:
                break
            heard += os.read(source, 4096)
    except OSError:
        return heard
    finally:
        termios.tcsetattr(source, termios.TCSANOW, before)
    return heard
