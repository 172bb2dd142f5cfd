"""Two consoles and a command line on one store: no lost update, no stale screen, flat memory, no fault."""

import json
import random
import re
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from agentdesk.store import sqlite
from tests import soak
from tests.screens.sample_desk import sample_desk

GROWTH = 16 * 2**20
"""Bytes a console may have grown in the second half of its time: in the first, each screen is used for the first time."""
STALE = 2.0


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample desk, and nothing of the user's own."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("AGENTDESK_ZONE", "Europe/Berlin")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[1]))
    sample_desk(tmp_path).close()
    return tmp_path / "desk.db"


def tagged(store: Path) -> set[str]:
    """The references of the tickets that the command line has tagged."""
    with closing(sqlite.connect(store, read_only=True)) as opened:
        rows = opened.execute("SELECT id, tags FROM ticket").fetchall()
    return {f"T-{ticket}" for ticket, tags in rows if "cli" in json.loads(tags)}


def shows(watched: soak.Watched, wanted: set[str]) -> bool:
    """Whether the list is these tickets: as many as it counts, and none else where the pane leaves room for some."""
    text = watched.text()
    listed = set(re.findall(r"^\W*(T-\d+) ", text, re.MULTILINE))
    counted = re.search(r"tag:cli   (\d+) tickets?", text)
    return (
        listed <= wanted and bool(listed) == bool(wanted) and int(counted[1] if counted else 0) == len(wanted)
    )


def ask(watched: soak.Watched, store: Path) -> None:
    """Show what is tagged."""
    with suppress(TimeoutError):  # keys typed before may still be at work
        soak.wait_until(watched.is_calm, 240)
    watched.home()
    watched.type("/", "\x15", "tag:cli", "\r")
    wait_until_listed(watched, store)


def wait_until_listed(watched: soak.Watched, store: Path) -> float:
    """Seconds until the list is what the store says."""
    try:
        return soak.wait_until(lambda: shows(watched, tagged(store)), 20)
    except TimeoutError:
        raise AssertionError(f"{sorted(tagged(store))} are not what is listed:\n{watched.text()}") from None


def staleness(both: list[soak.Watched], store: Path, rounds: int) -> float:
    """The longest a screen took to show what a command line had written."""
    worst = 0.0
    for at in range(rounds):
        ticket = f"T-{1001 + at * 5 % 20}"
        sign = "-" if ticket in tagged(store) else "+"
        assert soak.command(store, "ticket", "set", ticket, f"tags={sign}cli").returncode == 0
        for watched in both:
            worst = max(worst, wait_until_listed(watched, store))
    return worst


def work(store: Path, seconds: float, seed: int) -> tuple[float, list[int]]:
    """Let all three work; how stale a screen was at worst, and by how much each console has grown."""
    dice = random.Random(seed)
    acknowledged: list[int] = []
    with soak.consoles(store, "ana", "bo") as both:
        before = list[int]()
        start = time.monotonic()
        agents = [
            threading.Thread(target=soak.rage, args=(one, random.Random(dice.random()), start + seconds))
            for one in both
        ]
        for agent in agents:
            agent.start()
        while time.monotonic() < start + seconds:
            acknowledged += soak.keep_writing(
                store, dice, min(time.monotonic() + seconds / 2, start + seconds)
            )
            before = before or [one.memory for one in both]
        for agent in agents:
            agent.join()
        assert [fault for one in both for fault in one.faults] == []
        for watched in both:
            ask(watched, store)
        worst = staleness(both, store, 2 if seconds < 60 else 10)
        grown = [one.memory - was for one, was in zip(both, before, strict=True)]
        assert [fault for one in both for fault in one.faults] == []
        told = set[str]().union(*(one.told for one in both))
        for watched in both:
            watched.home()
            watched.type("\x11")
            soak.wait_until(lambda one=watched: one.has_ended, 20)
    assert acknowledged
    assert told
    assert soak.lost(store, acknowledged, told) == []
    assert soak.unlike_its_journal(store) == []
    assert list(store.parent.rglob("errors.log")) == []
    return worst, grown


def test_two_consoles_and_a_command_line_lose_nothing_and_show_what_is_there(store: Path) -> None:
    work(store, 3, seed=1)


@pytest.mark.slow
def test_ten_minutes_of_random_work_lose_nothing_are_never_stale_and_do_not_grow(store: Path) -> None:
    worst, grown = work(store, 600, seed=2)
    assert worst < STALE
    assert max(grown) < GROWTH


def test_a_lost_update_would_be_seen(store: Path) -> None:
    assert soak.unlike_its_journal(store) == []
    with closing(sqlite.connect(store, read_only=False)) as opened:
        opened.execute("UPDATE ticket SET priority = 'low' WHERE id = 1001")
    assert soak.unlike_its_journal(store) == ["1001: priority"]
    assert soak.lost(store, [10**6], {"Took T-9"}) == ["change 1000000", "Took T-9"]
