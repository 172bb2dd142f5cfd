"""A console that is ended from outside ends as with its own key."""

import fcntl
import os
import pty
import select
import signal
import sqlite3
import subprocess
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.hostile.test_crash import LEAVES


def end(place: Path, how: str) -> tuple[bytes, int]:
    """Open the composer, type, and end the program: by a signal, or with its terminal gone."""
    controller, terminal = pty.openpty()
    env = {**os.environ, "AGENTDESK_STORE": str(place), "TERM": "xterm-256color"}
    program = subprocess.Popen(
        [sys.executable, "-m", "agentdesk"], stdin=terminal, stdout=terminal, stderr=terminal, env=env,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  whose loss is the signal
    )  # fmt: skip
    os.close(terminal)
    raw = bytearray()

    def wait_for(text: bytes) -> None:
        limit = time.monotonic() + 60
        while text not in raw:
            is_ready, _, _ = select.select([controller], [], [], max(limit - time.monotonic(), 0))
            assert is_ready, f"{text!r} was not shown"
            raw.extend(os.read(controller, 1 << 16))

    try:
        wait_for(b"1 ticket")
        os.write(controller, b"r")
        wait_for(b"Keep & leave")
        os.write(controller, b"kept words")
        wait_for(b"not saved yet")
        if how == "terminal gone":
            os.close(controller)
            return bytes(raw), program.wait(20)
        program.send_signal(how)
        with suppress(OSError):
            while chunk := os.read(controller, 1 << 16):
                raw.extend(chunk)
        os.close(controller)
        return bytes(raw), program.wait(20)
    finally:
        if program.poll() is None:
            program.kill()
            program.wait()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, "terminal gone"], ids=str)
def test_a_console_that_is_ended_keeps_the_draft_and_gives_the_terminal_back(how, secret_desk, home):
    raw, code = end(secret_desk, how)
    assert code in ({143, 129} if how != "terminal gone" else range(256))
    with sqlite3.connect(secret_desk) as connection:
        assert connection.execute("SELECT body FROM draft").fetchall() == [("kept words",)]
    connection.close()
    if how != "terminal gone":
        assert raw.rfind(LEAVES) > raw.rfind(b"\x1b[?1049h")
        assert raw.rfind(b"\x1b[?25h") > raw.rfind(b"\x1b[?25l")
        assert b"Traceback" not in raw
