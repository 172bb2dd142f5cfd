"""A real terminal for tests: run a program in it, press keys, and look at every byte that came out.

`forbidden_sequences` is an allow-list: what a clean session of Textual 8.2.8 was seen to emit may pass, all
else is reported. A payload that repeats an allowed sequence (a colour, a cursor move) cannot be told from
the app's own, so a hostile corpus has to use other ones: `ESC ]`, `ESC [2J`, `ESC c`, raw C1, bidi marks.
"""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Self

NAMED_KEYS = {
    "enter": b"\r",
    "escape": b"\x1b",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "space": b" ",
    "backspace": b"\x7f",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "delete": b"\x1b[3~",
    "f1": b"\x1bOP",
    "f2": b"\x1bOQ",
    "f5": b"\x1b[15~",
}

# Line ends and tabs of a CLI; Textual itself writes only CR and LF, and only while it leaves.
CLI_CONTROLS = "\r\n\t\b"
BELL = "\x07"

# Seen from Textual 8.2.8 with tables, inputs, modals, toasts, mouse and exit, plus what its Linux driver and
# app write in other places: 1016 and 2048 answer a terminal that offers pixels or in-band resize, 2026 is
# the synchronised frame. OSC 52 is missing on purpose: a test that copies allows it for itself.
MODES = (7, 25, 1000, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2048)
TEXTUAL_SEQUENCES = (
    r"\x1b\[\d+;\d+H",  # cursor position
    r"\x1b\[[\d;]*m",  # colour and weight
    rf"\x1b\[\?(?:{'|'.join(map(str, MODES))})[hl]",  # modes on and off
    r"\x1b\[\?(?:2026|2048)\$p",  # is the mode known?
    r"\x1b\[>\d+u|\x1b\[<u",  # kitty keyboard protocol on and off
    r"\x1b\]22;[a-z-]+\x07",  # shape of the mouse pointer
    r"\x1b\[\d+;\d+r|\x1b\[r|\x1b\[\d+[ML]",  # rows that the terminal moves itself: our own, `widgets/canvas.py`
)

_TOKEN = re.compile(
    r"""
      \x1b\[[0-?]*[\x20-/]*[@-~]                    # CSI
    | \x1b\][^\x07\x1b]*(?:\x07|\x1b\\)             # OSC
    | \x1b[PX^_][^\x1b]*\x1b\\                      # DCS, SOS, PM, APC
    | \x1b[\x20-/]*[0-~]                            # other escapes
    | [\x00-\x1f\x7f-\x9f]                          # single controls, a lone ESC too
    | [\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]
    | [\ud800-\udfff]                               # bytes that are not UTF-8
    """,
    re.VERBOSE,
)


class Capture(bytes):
    """What a program wrote, in order, with its exit status (negative: the signal that ended it)."""

    returncode: int

    def __new__(cls, raw: bytes, returncode: int) -> Self:
        """Return the bytes with the status attached."""
        capture = super().__new__(cls, raw)
        capture.returncode = returncode
        return capture

    def text(self) -> str:
        """Return what was written without escape sequences: good for `in`, not for a layout."""
        return _TOKEN.sub(lambda found: found[0] if found[0] in "\r\n\t" else "", decode(self))


def decode(raw: bytes) -> str:
    """Return bytes as text in which a byte that is not UTF-8 stays visible as a lone surrogate."""
    return raw.decode("utf-8", "surrogateescape")


def forbidden_sequences(
    raw: bytes, *, allowed: Sequence[str] = TEXTUAL_SEQUENCES, controls: str = CLI_CONTROLS
) -> list[str]:
    """Return everything in a terminal stream that is neither text nor allowed.

    Args:
        raw: The bytes a terminal received.
        allowed: Regular expressions; a sequence has to match one as a whole.
        controls: Single control characters that may pass.

    Returns:
        One readable entry for each finding, in order: the sequence as a Python literal, followed by the
        name of a character that has one.
    """
    passing = re.compile("|".join(f"(?:{pattern})" for pattern in allowed) or r"(?!)")
    found = (match[0] for match in _TOKEN.finditer(decode(raw)))
    return [_describe(token) for token in found if token not in controls and not passing.fullmatch(token)]


def _describe(token: str) -> str:
    name = unicodedata.name(token, "") if len(token) == 1 else ""
    return f"{token!a} {name}".rstrip()


def run_in_pty(
    argv: Sequence[str],
    keys: Sequence[str | bytes] = (),
    size: tuple[int, int] = (80, 24),
    env: Mapping[str, str] | None = None,
    timeout: float = 30.0,
    *,
    ready: str = "",
    quiet: float = 0.3,
    leave: float = 1.5,
) -> Capture:
    """Run a program in a terminal of its own, press keys, and return all it wrote.

    Args:
        argv: The program and its arguments.
        keys: Names out of `NAMED_KEYS`, text to type, or bytes as they are (a forged reply of a terminal).
            Each waits until the screen is quiet.
        size: Columns and rows.
        env: Added to the environment; `TERM` is `xterm-256color` and the locale UTF-8 unless given here.
        timeout: Seconds for all of it. A program that still runs after the last key is asked to end, then
            made to.
        ready: Text that has to be on the screen before the first key, however long the start takes.
        quiet: Seconds without output that count as quiet.
        leave: Seconds a program gets after the last key to end by itself.

    Raises:
        TimeoutError: where `ready` did not come; the message holds the last of what did.
    """
    deadline = time.monotonic() + timeout
    controller, terminal = pty.openpty()
    columns, rows = size
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    surroundings = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **(env or {})}
    for name in ("NO_COLOR", "COLUMNS", "LINES"):
        if name not in (env or {}):
            surroundings.pop(name, None)
    program = subprocess.Popen(
        argv, stdin=terminal, stdout=terminal, stderr=terminal, env=surroundings, start_new_session=True
    )
    os.close(terminal)
    try:
        raw = bytearray()
        _await_start(controller, raw, ready, quiet, deadline)
        for key in keys:
            with contextlib.suppress(OSError):  # a program that has ended reads no keys
                os.write(controller, key if isinstance(key, bytes) else NAMED_KEYS.get(key, key.encode()))
            raw += b"".join(_read_until_quiet(controller, quiet, deadline))
        status = _end(program, controller, raw, quiet, leave)
    finally:
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()
        os.close(controller)
    return Capture(bytes(raw), status)


def _await_start(controller: int, raw: bytearray, ready: str, quiet: float, deadline: float) -> None:
    """Read until something, and `ready` in particular, was written and the screen is quiet."""
    while not raw or ready not in Capture(bytes(raw), 0).text():
        chunk = _read(controller, max(0.0, deadline - time.monotonic()))
        if chunk is None:
            break
        raw += chunk
    if ready not in Capture(bytes(raw), 0).text():
        raise TimeoutError(f"{ready!r} did not appear; the last output was {bytes(raw[-500:])!r}")
    raw += b"".join(_read_until_quiet(controller, quiet, deadline))


def _read_until_quiet(controller: int, quiet: float, deadline: float) -> Iterator[bytes]:
    while (left := deadline - time.monotonic()) > 0:
        chunk = _read(controller, min(quiet, left))
        if chunk is None:
            return
        yield chunk


def _read(controller: int, patience: float) -> bytes | None:
    """Return the next bytes; None where none came in time or the program has closed its terminal."""
    if not select.select([controller], [], [], patience)[0]:
        return None
    try:
        return os.read(controller, 1 << 16) or None
    except OSError:  # EIO: the last process has closed the other side
        return None


def _end(
    program: subprocess.Popen[bytes], controller: int, raw: bytearray, quiet: float, leave: float
) -> int:
    """Return the exit status, after asking a program that goes on to end."""
    for urge, patience in ((None, leave), (signal.SIGTERM, 3.0), (signal.SIGKILL, 3.0)):
        if urge is not None:
            os.killpg(program.pid, urge)
        limit = time.monotonic() + patience
        while time.monotonic() < limit:
            # Reading goes on meanwhile: a full terminal would keep the program from ending.
            raw += b"".join(_read_until_quiet(controller, min(quiet, 0.1), limit))
            with contextlib.suppress(subprocess.TimeoutExpired):
                return program.wait(0.05)
    return program.wait()
