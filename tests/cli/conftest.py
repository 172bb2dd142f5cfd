"""One desk in a folder of its own, and a way to type at it."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
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


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing of the user's own is read or written."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.delenv("AGENTDESK_AGENT", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("AGENTDESK_STORE", str(tmp_path / "desk.db"))
    monkeypatch.setenv("AGENTDESK_ZONE", "UTC")
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


@pytest.fixture
def office(cli: Type) -> Type:
    """A desk with the agents ana and ben, the queue Billing, a customer and three tickets."""
    for line in (
        ["agent", "add", "ana", "--role", "lead"],
        ["agent", "add", "ben"],
        ["queue", "add", "Billing"],
        ["customer", "new", "--name", "Jo Doe", "--email", "jo@example.com", "--organization", "Acme"],
        ["ticket", "new", "--customer", "jo@example.com", "--subject", "Invoice is wrong", "--body", "Hello"],
        ["ticket", "new", "--customer", "jo@example.com", "--subject", "Parcel is late", "--tags", "vat"],
        ["ticket", "new", "--subject", "=1+1", "--priority", "high"],
    ):
        assert cli(*line).code == 0, line
    return cli


@pytest.fixture(scope="module")
def worked_examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One store with the six calendars of the worked examples, set up as an admin would."""
    from tests.cli.desk_by_commands import CALENDARS, calendar_line

    folder = tmp_path_factory.mktemp("examples")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
            patch.setenv(name, str(folder / "home"))
        patch.setenv("AGENTDESK_STORE", str(folder / "desk.db"))
        for name in CALENDARS:
            assert main(calendar_line(name)) == 0
    return folder / "desk.db"


@pytest.fixture
def examples(cli: Type, worked_examples: Path, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Type a line at the store of the worked examples."""
    monkeypatch.setenv("AGENTDESK_STORE", str(worked_examples))
    return cli
