"""One filled desk a module, because these tests only read."""

from collections.abc import Iterator

import pytest

from agentdesk.desk import Desk
from agentdesk.domain.clock import FixedClock
from tests.conftest import open_desk
from tests.queries.world import NOW, World, build


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, World]]:
    """A desk on SQLite with random tickets, and what was written."""
    desk = open_desk(str(tmp_path_factory.mktemp("filled") / "desk.db"), FixedClock(NOW))
    yield desk, build(desk)
    desk.close()
