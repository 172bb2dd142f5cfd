"""The hostile desk, built once and copied for every test that writes, and a way to type at it."""

import io
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from agentdesk import services
from agentdesk.__main__ import main
from agentdesk.desk import Desk
from agentdesk.domain.vocabulary import Origin
from tests.hostile.breaker import IBAN, MAIL, WORDS
from tests.hostile.files import FILES, write_files
from tests.hostile.store import World, build, settings_of
from tests.hostile.strings import every_string, sample


@dataclass(frozen=True)
class Answer:
    """What a command line gave back."""

    code: int
    out: str
    err: str


Type = Callable[..., Answer]


def _written(folder: Path, strings: list[str], *, views: int) -> World:
    write_files(folder, strings)
    return build(folder, strings, views=views)


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The payloads and some naughty strings."""
    return _written(tmp_path_factory.mktemp("sampled"), sample(), views=6)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> World:
    """All of them."""
    return _written(tmp_path_factory.mktemp("whole"), every_string(), views=40)


def copy_of(world: World, folder: Path) -> Path:
    """The store and its files again, to write in."""
    for name in FILES:
        shutil.copy(Path(world.place).with_name(name), folder / name)
    return Path(shutil.copy(world.place, folder / "copy.db"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing of the user's own is read or written."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("AGENTDESK_AGENT", "ana")
    monkeypatch.setenv("AGENTDESK_ZONE", "Europe/Berlin")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def cli(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    """Type a line, its output going into a pipe: `cli("ticket", "list", store=place)`."""

    def run(*words: str, store: str | Path, stdin: str = "") -> Answer:
        monkeypatch.setenv("AGENTDESK_STORE", str(store))
        piped = io.TextIOWrapper(io.BytesIO(stdin.encode("utf-8", "surrogateescape")), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", piped)
        code = main(words)
        captured = capsys.readouterr()
        return Answer(int(code), captured.out, captured.err)

    return run


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Say how much was tried, among the results of the drill."""
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    return lambda told: reporter.write_line(f"\n{told}") if reporter else None


@pytest.fixture
def secret_desk(home) -> Path:
    """One ticket that shows every secret in the first picture of a wide console."""
    place = home / "secret.db"
    desk = Desk.open(settings_of(str(place)), origin=Origin.CLI)
    with desk.change() as change:
        customer = services.create_customer(change, name="Zoe", email=MAIL)
        services.create_ticket(change, subject=f"Refund to {IBAN}", customer_id=customer.id, body=WORDS)
    desk.close()
    return place
