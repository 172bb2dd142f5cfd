"""Desks for the console's tests; see `sample_desk` for what is in them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from agentdesk.desk import Desk
from tests.idle import wait_for_work
from tests.screens.sample_desk import empty_desk, sample_desk


@pytest.fixture(autouse=True)
def calm_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """No animation and no inherited choice of colours, so that every picture is the same picture."""
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.delenv("NO_COLOR", raising=False)
    wait_for_work(monkeypatch)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two dozen tickets at a fixed instant, seen by ana."""
    opened = sample_desk(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def bare_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk nobody has used yet."""
    opened = empty_desk(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def console(desk: Desk) -> Callable[..., Any]:
    """Make the app over the sample desk: `async with console().run_test(size=(80, 24)) as pilot`."""
    from agentdesk.app import AgentDesk

    def make(**named: Any) -> Any:
        return AgentDesk(desk, **named)

    return make
