"""What a terminal answers to questions nobody asked changes no row, on no screen."""

import hashlib
import json
import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from agentdesk.app import ROUTES
from tests.hostile.hands import WAYS
from tests.hostile.store import content_of
from tests.hostile.test_screens import ROOT
from tests.terminal import forbidden_sequences, run_in_pty

ANSWERS = (
    b"\x1bP1$r0m\x1b\\",  # a setting (DECRQSS): its m takes a ticket
    b"\x1bP>|xterm(370)\x1b\\",  # name and version
    b"\x1b]lmumm sNdq\x1b\\",  # the title, in the words of whoever set it
    b"\x1b]52;c;bW11\x07",  # the clipboard
    b"\x1b]50;m;N;y\x07",  # the font
    b"\x1b[?62;1;6;22c",  # device attributes
    b"\x1b[0n",  # status
    b"\x1b[8;24;80t",  # size
)


def content_hash(place: str) -> str:
    """Of every row people answer for."""
    return hashlib.sha256(repr(list(content_of(place))).encode()).hexdigest()


def answer_everywhere(world, folder: Path, **told) -> tuple[bytes, dict]:
    """Walk every route, unless told where; on each, send every answer as soon as the robot stands still. The bytes, and its report."""
    job, report, asked = folder / "job.json", folder / "report.json", folder / "asked"
    job.write_text(json.dumps({"strings": [], "walk": "answers", **told}))
    shutil.copy(Path(world.place).with_name("people.csv"), folder)  # where the robot works
    controller, terminal = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "HOSTILE_ANSWERS": str(folder)}
    env["AGENTDESK_STORE"] = str(folder / "copy.db")
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.hostile.robot", str(job), str(report)],
        stdin=terminal, stdout=terminal, stderr=terminal, env=env, cwd=folder, start_new_session=True,
    )  # fmt: skip
    os.close(terminal)
    raw, limit = bytearray(), time.monotonic() + 240
    try:
        while time.monotonic() < limit:
            if select.select([controller], [], [], 0.02)[0]:
                try:
                    raw += os.read(controller, 1 << 16)
                except OSError:  # the console has closed its terminal
                    break
            elif asked.exists():
                for one in ANSWERS:
                    os.write(controller, one)
                    time.sleep(0.02)  # each is read by itself
                asked.unlink()
        program.wait(10)
    finally:
        if program.poll() is None:
            program.kill()
            program.wait()
        os.close(controller)
    return bytes(raw), json.loads(report.read_text()) if report.exists() else {}


def test_no_answer_of_a_terminal_changes_a_row_or_a_screen(home, sampled, tmp_path):
    store = str(shutil.copy(sampled.place, tmp_path / "copy.db"))
    before = content_hash(store)
    raw, report = answer_everywhere(sampled, tmp_path)
    assert report.get("error") is None, report["error"]
    assert set(report["seen"]) == set(ROUTES)
    assert report["moved"] == []
    assert content_hash(store) == before
    assert forbidden_sequences(raw, controls="\r\n") == []


@pytest.mark.parametrize(
    "routes", [["queue", "ticket"], pytest.param(list(WAYS), marks=pytest.mark.slow)], ids=["some", "all"]
)
def test_a_console_that_listens_would_take_a_ticket(routes, home, sampled, tmp_path):
    store = str(shutil.copy(sampled.place, tmp_path / "copy.db"))
    before = content_hash(store)
    _, report = answer_everywhere(sampled, tmp_path, breach="hearing", answered_on=routes)
    assert report.get("error") or report["moved"] or content_hash(store) != before


def test_a_byte_that_is_no_text_does_not_end_the_console(home, sampled, tmp_path):
    env = {"AGENTDESK_STORE": str(shutil.copy(sampled.place, tmp_path / "copy.db"))}
    program = [sys.executable, "-m", "agentdesk"]
    captured = run_in_pty(program, [b"\xff", b"\x9d0;;\x9c", "?", "escape", "q"], ready="tickets", env=env)
    assert captured.returncode == 0
    assert "Keys here" in captured.text()
