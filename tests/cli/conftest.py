"""One desk in a folder of its own, and a way to type at it."""

import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from agentdesk.__main__ import main


@dataclass(frozen=True)
class Answer:
    """What a command line gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


Type = Callable[..., Answer]
Line = tuple[str, ...]


def _leave_home(patch: pytest.MonkeyPatch, folder: Path) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
        patch.setenv(name, str(folder / "home"))
    patch.delenv("AGENTDESK_AGENT", raising=False)
    patch.setenv("AGENTDESK_STORE", str(folder / "desk.db"))
    patch.setenv("AGENTDESK_ZONE", "UTC")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing of the user's own is read or written."""
    _leave_home(monkeypatch, tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path


@pytest.fixture
def cli(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    """Type a line: `cli("ticket", "list", stdin="T-1001\\n")`."""

    def run(*words: str, stdin: str = "") -> Answer:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        code = main(words)
        captured = capsys.readouterr()
        return Answer(int(code), captured.out, captured.err)

    return run


OFFICE: tuple[Line, ...] = (
    ("agent", "add", "ana", "--role", "lead"),
    ("agent", "add", "ben"),
    ("queue", "add", "Billing"),
    ("customer", "new", "--name", "Jo Doe", "--email", "jo@example.com", "--organization", "Acme"),
    ("ticket", "new", "--customer", "jo@example.com", "--subject", "Invoice is wrong", "--body", "Hello"),
    ("ticket", "new", "--customer", "jo@example.com", "--subject", "Parcel is late", "--tags", "vat"),
    ("ticket", "new", "--subject", "=1+1", "--priority", "high"),
)


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Callable[[tuple[Line, ...]], Path]:
    """The store on which some lines were typed; it is made once, to be copied."""

    @cache
    def made(lines: tuple[Line, ...]) -> Path:
        folder = tmp_path_factory.mktemp("begun")
        with pytest.MonkeyPatch.context() as patch:
            _leave_home(patch, folder)
            for line in lines:
                assert main(line) == 0, line
        return folder / "desk.db"

    return made


@pytest.fixture
def begin(
    cli: Type, home: Path, begun: Callable[[tuple[Line, ...]], Path], capsys: pytest.CaptureFixture[str]
) -> Callable[..., Type]:
    """Type at a desk on which other lines were typed before: `begin(("agent", "add", "ben"), ("queue", ...))`."""

    def copied(*lines: Line) -> Type:
        shutil.copy(begun(lines), home / "desk.db")
        capsys.readouterr()
        return cli

    return copied


@pytest.fixture
def office(begin: Callable[..., Type]) -> Type:
    """A desk with the agents ana and ben, the queue Billing, a customer and three tickets."""
    return begin(*OFFICE)


@pytest.fixture(scope="module")
def worked_examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One store with the six calendars of the worked examples, set up as an admin would."""
    from tests.cli.desk_by_commands import CALENDARS, calendar_line

    folder = tmp_path_factory.mktemp("examples")
    with pytest.MonkeyPatch.context() as patch:
        _leave_home(patch, folder)
        for name in CALENDARS:
            assert main(calendar_line(name)) == 0
    return folder / "desk.db"


@pytest.fixture
def examples(cli: Type, worked_examples: Path, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Type a line at the store of the worked examples."""
    monkeypatch.setenv("AGENTDESK_STORE", str(worked_examples))
    return cli
