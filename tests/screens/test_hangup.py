"""A terminal that is gone without a signal: the console leaves in order and does not spin."""

import os
import pty
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from agentdesk.desk import Desk
from tests.terminal import run_in_pty

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")


def typed_into(place: Path, *, keeps_output: bool) -> int:
    """Type into the composer, take the keyboard away, and wait for the exit code."""
    controller, terminal = pty.openpty()
    env = {**os.environ, "AGENTDESK_STORE": str(place), "AGENTDESK_AGENT": "ana", "TERM": "xterm-256color"}
    env["HOME"] = str(place.parent)
    shown, screen = pty.openpty() if keeps_output else (controller, terminal)
    program = subprocess.Popen(
        [sys.executable, "-m", "agentdesk"],
        stdin=terminal,
        stdout=screen,
        stderr=screen,
        env=env,
        start_new_session=True,  # without a controlling terminal nobody sends a signal
    )
    for one in {terminal, screen}:
        os.close(one)
    raw = bytearray()

    def wait_for(text: bytes) -> None:
        limit = time.monotonic() + 60
        while text not in raw and time.monotonic() < limit:
            raw.extend(os.read(shown, 1 << 16))

    try:
        wait_for(b"tickets")
        os.write(controller, b"rkept words")
        wait_for(b"not saved yet")
        os.close(controller)
        return program.wait(20)  # one that spins does not end
    finally:
        if program.poll() is None:
            program.kill()
            program.wait()


@pytest.mark.parametrize("keeps_output", [False, True])
def test_a_console_whose_keyboard_is_gone_keeps_the_draft_and_leaves(
    desk: Desk, tmp_path: Path, keeps_output: bool
) -> None:
    desk.close()
    assert typed_into(tmp_path / "desk.db", keeps_output=keeps_output) == 129
    connection = sqlite3.connect(tmp_path / "desk.db")
    assert connection.execute("SELECT body FROM draft").fetchall() == [("kept words",)]
    connection.close()


def test_the_console_is_drawn_where_stderr_goes_to_a_file(desk: Desk, tmp_path: Path) -> None:
    desk.close()
    told = tmp_path / "told.txt"
    line = f"exec {sys.executable} -m agentdesk --store {tmp_path / 'desk.db'} --as ana 2>{told}"
    shown = run_in_pty(["sh", "-c", line], ["q"], ready="sorted by", env={"HOME": str(tmp_path)}, leave=20)
    assert "Refund not received" in shown.text()
    assert shown.returncode == 0
    assert told.read_bytes() == b""
