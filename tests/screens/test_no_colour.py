"""Without colour: not one colour leaves the process, and what colours say is said without them."""

import re
import sys
from pathlib import Path

from tests.screens.sample_desk import sample_desk
from tests.terminal import run_in_pty

ROOT = Path(__file__).resolve().parents[2]
_STYLE = re.compile(rb"\x1b\[([\d;:]*)m")
PLAIN = {b"", b"0", b"1", b"2", b"3", b"4", b"7", b"9", b"22", b"23", b"24", b"27", b"29", b"39", b"49"}
"""Attributes, their ends, and the terminal's own two colours."""
KEYS = ["j", " ", "enter", "r", "escape", "5", "1", "a", "escape", ",", "\x0f"]


def test_no_colour_leaves_the_process_on_any_screen(tmp_path, monkeypatch):
    sample_desk(tmp_path).close()
    env = {
        "NO_COLOR": "1",
        "PYTHONPATH": str(ROOT),
        "XDG_CONFIG_HOME": str(tmp_path),
        "AGENTDESK_AGENT": "ana",
    }
    line = [sys.executable, "-m", "agentdesk", "--no-mouse", "--store", str(tmp_path / "desk.db")]
    captured = run_in_pty(line, KEYS, env=env, ready="TICKET", quiet=0.15, leave=0.1)
    codes = {code for found in _STYLE.findall(captured) for code in re.split(rb"[;:]", found)}
    assert codes - PLAIN == set()
    assert b"7" in codes  # the cursor is turned round
    assert not re.search(rb"\x1b\[\?100[0236]h", captured)  # nor was the mouse taken
