"""A working day by keyboard alone at 80x24, in a terminal: short in the suite, whole in the drill and by `make day`."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.terminal import Terminal
from tests.day.checks import drafts, handles, open_refs, what_was_done
from tests.day.script import Amount, whole_day
from tests.day.typist import Typist
from tests.demo.sample import copied_to
from tests.screens.sample_desk import sample_desk
from tests.soak import SIZE, Watched


class Pty:
    """A console in a terminal of our own."""

    def __init__(self, argv: list[str]) -> None:
        self.argv = argv
        self.watched: Watched | None = None
        self._stop = threading.Event()
        self._reader: threading.Thread | None = None

    def start(self) -> None:
        self._stop.clear()
        self.watched = Watched(Terminal(self.argv, size=SIZE))
        self._reader = threading.Thread(target=self.watched.follow, args=(self._stop,), daemon=True)
        self._reader.start()

    def send(self, text: str) -> None:
        assert self.watched is not None
        self.watched.type(text)

    def text(self) -> str:
        assert self.watched is not None
        return self.watched.text()

    def kill(self) -> None:
        assert self.watched is not None
        assert self._reader is not None
        self._stop.set()
        self._reader.join()
        self.watched.terminal.__exit__(None, None, None)


@contextmanager
def at_work(store: Path) -> Iterator[Typist]:
    place = Pty([sys.executable, "-m", "agentdesk", "--store", str(store), "--as", "ana"])
    try:
        yield Typist(place)
    finally:
        place.kill()


def work(store: Path, amount: Amount) -> Typist:
    with at_work(store) as typist:
        whole_day(typist, lambda: open_refs(store), handles(store), amount)
    done = what_was_done(store)
    assert done["ticket.assigned"] >= amount.triaged // 2
    assert done["ticket.tagged"] == amount.triaged
    assert done["message.replied"] == amount.replied
    assert done["escalation.requested"] == amount.escalated
    assert done["ticket.solved"] == amount.solved
    assert done["ticket.merged"] == amount.merged
    assert done["ticket.unmerged"] == 1
    assert len(drafts(store)) == amount.drafts
    assert all(text.startswith("Half a letter on T-") for text in drafts(store))
    return typist


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("AGENTDESK_ZONE", "Europe/Berlin")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    return tmp_path


def test_a_short_day_is_worked_by_keyboard_alone(home: Path) -> None:
    sample_desk(home).close()
    amount = Amount(triaged=3, replied=2, solved=4, merged=1, escalated=1, drafts=1)
    typist = work(home / "desk.db", amount)
    assert [one.times for one in typist.tasks.values()] == [3, 2, 1, 1, 1, 4, 1]
    assert max(one.keys / one.times for one in typist.tasks.values()) <= 40


@pytest.mark.slow
def test_a_whole_day_is_worked_by_keyboard_alone(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typist = work(Path(copied_to(home)), Amount())
    with capsys.disabled():
        print(f"\n{typist.table()}")  # noqa: T201  for who runs the drill
