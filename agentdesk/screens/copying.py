"""How a copy leaves: through the terminal (OSC 52), through tmux or screen around it, and to the system's clipboard.

Law: how it went is said as it went; nothing is cut to fit, and nothing is sent where the user wants no copies.
"""

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Final

LONGEST: Final = 74_994
"""Bytes of a text that the strictest common terminal takes by OSC 52: 100,000 of it all, in base 64."""
PATIENCE: Final = 3.0
"""Seconds a clipboard program may take."""
_CHUNK: Final = 250
"""Bytes of a control string that screen passes on in one piece."""

Native = Callable[[str], bool]
"""Hands a text to the system's clipboard and says whether that went well."""


def by_terminal(choice: str) -> bool:
    """Whether the terminal is asked."""
    return choice in ("auto", "osc52")


def by_system(choice: str, environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether the system's own clipboard is asked: always where it is wanted, else where somebody sits before it."""
    if choice == "native":
        return True
    is_far = bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
    has_display = platform in ("darwin", "win32") or bool(
        environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    )
    return choice == "auto" and has_display and not is_far


def in_tmux(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether tmux stands between: its default hears no OSC 52 of a program, but takes a buffer."""
    return bool(environ.get("TMUX")) and shutil.which("tmux") is not None


def sequence(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """What the terminal is sent; through screen in pieces it passes on."""
    whole = f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"
    if not environ.get("STY"):
        return whole
    pieces = (whole[at : at + _CHUNK] for at in range(0, len(whole), _CHUNK))
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


def to_tmux(text: str) -> bool:
    """Give tmux a buffer, which it also hands to the terminal outside."""
    return _run(["tmux", "load-buffer", "-w", "-"], text)


def to_system(text: str) -> bool:
    """Hand the text to the system's clipboard."""
    import pyperclip

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError, ValueError):
        return False
    return True


def told(shown: str, ways: list[str]) -> str:
    """What is said: `Copied T-1042 to the system's clipboard and through the terminal.`."""
    if ways:
        return f"Copied {shown} {' and '.join(ways)}."
    return f"{shown} was not copied: no clipboard program answered. clipboard in the preferences (,) chooses another way."


def too_long(size: int) -> str:
    """What is said of a text that no terminal takes."""
    return (
        f"Not copied: {size:,} bytes are more than the {LONGEST:,} a terminal takes. "
        'With clipboard = "native" in the preferences (,) the system takes it.'
    )


def _run(command: list[str], text: str) -> bool:
    try:
        done = subprocess.run(  # noqa: S603  the multiplexer the console runs in
            command, input=text.encode(), capture_output=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
