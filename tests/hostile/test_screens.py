"""Every screen and dialog of the console, in a terminal, over the hostile desk."""

import base64
import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from agentdesk.app import ROUTES
from tests.hostile.hands import WAYS
from tests.hostile.strings import PAYLOADS
from tests.hostile.walks import shown
from tests.terminal import TEXTUAL_SEQUENCES, Capture, forbidden_sequences, run_in_pty

ROOT = Path(__file__).resolve().parents[2]
SIZES = pytest.mark.parametrize("size", [(80, 24), (180, 40)], ids=["80x24", "180x40"])
WIDE = 12
"""Tickets that are opened on a wide screen as well; the drill opens all of them at both sizes."""
_COPY = r"\x1b\]52;c;[A-Za-z0-9+/=]*\x07"


def walk(world, folder: Path, kind: str, strings, size, **told) -> tuple[Capture, dict]:
    """Let the robot walk through a copy of the store; the bytes, and what it reports."""
    limit = told.pop("timeout", 240)
    store, job, report = folder / "walked.db", folder / "job.json", folder / "report.json"
    shutil.copy(world.place, store)
    shutil.copy(Path(world.place).with_name("people.csv"), folder)  # where the robot works
    job.write_text(json.dumps({"strings": list(strings), "walk": kind, **told}))
    program = [sys.executable, "-m", "tests.hostile.robot", str(job), str(report)]
    env = {"AGENTDESK_STORE": str(store), "PYTHONPATH": str(ROOT)}
    captured = run_in_pty(program, size=size, timeout=limit, leave=limit, quiet=0.1, env=env)
    return captured, json.loads(report.read_text()) if report.exists() else {}


def is_clean(captured: Capture, copied) -> list[str]:
    """What came out that should not have; a copy is expected where the robot saw the console make one."""
    found = forbidden_sequences(captured, allowed=(*TEXTUAL_SEQUENCES, _COPY), controls="\r\n")
    copies = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", captured)
    told = {base64.b64decode(one).decode() for one in copies}
    return found + [f"copied without being asked: {one}" for one in sorted(told - set(copied))]


def test_every_route_of_the_console_is_walked():
    assert set(WAYS) == set(ROUTES)


def check_looks(captured: Capture, report: dict, subjects) -> None:
    """So many tickets and every route were seen as they are, and nothing acted."""
    assert report.get("error") is None, report["error"]
    assert is_clean(captured, report["copied"]) == []
    assert captured.returncode == 0
    assert set(report["seen"]) == set(ROUTES)
    assert report["tickets"] == len(subjects)
    assert report["unlike"] == []
    painted = captured.text()
    assert [one for one in subjects if shown(one) not in painted] == []


@pytest.mark.parametrize(
    ("size", "most"),
    [((80, 24), 10**9), pytest.param((180, 40), WIDE, marks=pytest.mark.slow)],
    ids=["80x24", "180x40"],
)
def test_every_screen_shows_hostile_text_and_sends_only_text(size, most, home, sampled, tmp_path):
    captured, report = walk(sampled, tmp_path, "look", sampled.strings, size, most_tickets=most)
    check_looks(captured, report, sampled.subjects[:most])


def test_hostile_text_can_be_typed_everywhere(home, sampled, tmp_path):
    captured, report = walk(sampled, tmp_path, "type", sampled.strings[::3], (80, 24))
    assert report.get("error") is None, report["error"]
    assert is_clean(captured, report["copied"]) == []
    assert captured.returncode == 0
    assert report["pastes"] > len(sampled.strings) // 3


@pytest.mark.slow
@SIZES
def test_drill_every_string_on_every_screen(size, home, whole, tmp_path, figures):
    captured, report = walk(whole, tmp_path, "look", whole.strings, size, thorough=True, timeout=3600)
    check_looks(captured, report, whole.subjects)
    figures(
        f"{len(whole.strings)} strings on {len(ROUTES)} routes at {size}: {report['keys']} keys, {len(captured):,} bytes"
    )


@pytest.mark.slow
def test_drill_every_string_is_typed(home, whole, tmp_path, figures):
    captured, report = walk(whole, tmp_path, "type", whole.strings, (80, 24), thorough=True, timeout=3600)
    assert report.get("error") is None, report["error"]
    assert is_clean(captured, report["copied"]) == []
    assert captured.returncode == 0
    figures(f"{report['pastes']} pastes and {report['keys']} keys: {len(captured):,} bytes")


def test_without_safe_text_and_filter_the_terminal_would_get_it(home, sampled, tmp_path):
    captured, _ = walk(
        sampled, tmp_path, "visit", PAYLOADS, (180, 40), breach="unfiltered", routes=["ticket"]
    )
    assert any("]52;c;" in one for one in is_clean(captured, ()))
