"""The sample desk at one instant, and snapshots that lie in the top-level `snapshots/`."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_textual_snapshot
from syrupy.location import PyTestLocation

from agentdesk.demo.build import build_demo
from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.vocabulary import Origin
from agentdesk.settings import Settings
from agentdesk.store.store import Store
from tests.screens.sample_desk import clocked_desk

SNAPSHOTS = Path(__file__).resolve().parents[2] / "snapshots"
NOW = datetime(2026, 3, 3, 10, 30, tzinfo=UTC)


class TopLevelSVG(pytest_textual_snapshot.SVGImageExtension):
    """`snapshots/<screen>-<size>.svg`: names a README can link to."""

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(SNAPSHOTS)

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: Any = 0) -> str:
        name = test_location.snapshot_name.removeprefix("test_").removeprefix("screen")
        return re.sub(r"\W+", "-", name).strip("-")


@pytest.fixture
def top_level(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytest_textual_snapshot, "SVGImageExtension", TopLevelSVG)


@pytest.fixture
def snap_compare(top_level: None, snap_compare: Any) -> Any:
    """The plug-in's own comparison, in our folder."""
    return snap_compare


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample desk, built once."""
    path = tmp_path_factory.mktemp("sample") / "demo.db"
    store = Store.open(str(path))
    build_demo(store, seed=1, now=NOW, login=None, zone=UTC)
    store.close()
    return path


@pytest.fixture
def sample(
    sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Any]]:
    """Make the console over a copy of the sample desk, in a theme."""
    from agentdesk.app import AgentDesk

    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.delenv("NO_COLOR", raising=False)
    opened: list[Desk] = []

    def make(*, theme: str = "ink", empty: bool = False) -> Any:
        path = tmp_path / "desk.db"
        if not empty:
            shutil.copy(sample_store, path)
        settings = Settings(
            store=str(path), agent=None if empty else "ana", theme=theme, zone="Europe/London"
        )
        opened.append(Desk.open(settings, origin=Origin.CONSOLE, clock=FixedClock(NOW)))
        return AgentDesk(opened[-1])

    yield make
    for desk in opened:
        desk.close()


@pytest.fixture
def clocked(tmp_path: Path, sample: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """Make the console over the small desk with a clock in every state."""
    from agentdesk.app import AgentDesk

    opened: list[Desk] = []

    def make() -> Any:
        opened.append(clocked_desk(tmp_path))
        return AgentDesk(opened[-1])

    yield make
    for desk in opened:
        desk.close()
