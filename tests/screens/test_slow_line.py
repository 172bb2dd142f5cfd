"""Over a line of 150 ms and 2 kB/s: how many bytes a key costs, and that a held key does not queue up pictures.

No time is asserted; `python -m bench slow` tells times.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest

from agentdesk.desk import Desk
from agentdesk.domain.vocabulary import Origin
from agentdesk.queries import filters, tickets
from agentdesk.settings import Settings
from bench.big_desk import write_desk
from bench.slow_line import DELAY, SlowLine
from tests.soak import plain

ROW = 600
"""Bytes of one row down, which is budget B4."""
MOVED = 650
"""Bytes of the first row under the last one: the terminal moves the others itself."""
PICTURE = 4_500
"""Bytes of another list on the screen: a page down."""
SCREEN = 6_500
"""Bytes of another screen: a ticket that opens, or the list that comes back; what both show is not sent."""
HELD = 30
TICKETS = 3_000


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some thousand tickets."""
    return write_desk(tmp_path_factory.mktemp("slow") / "desk.db", TICKETS)


@pytest.fixture
def line(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowLine]:
    """A console behind the line, with its first picture on the screen."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    argv = [sys.executable, "-m", "agentdesk", "--store", str(store), "--as", "agent1"]
    with SlowLine(argv, size=(80, 24), delay=0) as line:
        line.until(b"T-")
        line.quiet(1.5)
        yield line


def cost(line: SlowLine, key: str, quiet: float = 0.2) -> int:
    return line.press(key.encode(), quiet=quiet)[1]


def test_a_key_costs_few_bytes(line: SlowLine) -> None:
    rows = [cost(line, "j") for _ in range(20)]
    assert 0 < max(rows[:14]) <= ROW
    assert max(rows[:14]) < max(rows) <= MOVED
    assert MOVED < cost(line, "\x1b[6~") <= PICTURE
    assert MOVED < cost(line, "\r", quiet=0.8) <= SCREEN
    assert MOVED < cost(line, "\x1b", quiet=0.8) <= SCREEN
    assert 0 < cost(line, "k") <= ROW


def test_a_held_key_ends_in_the_last_row_without_a_queue_of_pictures(line: SlowLine, store: Path) -> None:
    line.delay, line.is_slow = DELAY, True
    _, burst = line.press(b"j", times=HELD, quiet=0.5)
    assert 0 < burst <= HELD * ROW / 2
    line.is_slow = False
    screen = pyte.Screen(80, 24)
    pyte.ByteStream(screen).feed(plain(line.seen))
    [here] = [row for row in screen.display if "▌" in row]
    assert ref_in(store, HELD) in here


def ref_in(store: Path, place: int) -> str:
    """The ticket in a place of the whole queue."""
    desk = Desk.open(Settings(store=str(store), agent="agent1"), origin=Origin.CONSOLE)
    with desk.read() as read:
        where = filters.compile_query(read, "is:open", desk.zone).where
        rows = tickets.page(read, where, tickets.SORTS["attention"], limit=place + 1)
    desk.close()
    return f"T-{rows[place].id}"
