"""Every command line of the README runs on a sample desk as it stands there."""

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Type
from tests.demo.sample import copied_to

README = Path(__file__).parents[2] / "README.md"
GIVEN = {
    "contacts.csv": "Name,Email\nJo,jo@example.com\n",
    "log.csv": "id,subject,status,created\n1,Hello,open,2026-01-01T10:00Z\n",
    "zendesk.json": '{"id": 1, "requester_id": 2, "submitter_id": 2, "subject": "Hello", "status": "open", '
    '"created_at": "2026-01-01T10:00:00Z"}\n',
    "accounts.csv": "Account ID,Account Name,Website\nA-1,Acme,acme.example\n",
    "orders.csv": "Order number,Email,Date,Total\n1,jo@example.com,2026-01-01,EUR 12.50\n",
    "archive.mbox": "From x Thu Jan  1 00:00:00 2026\nFrom: jo@example.com\nSubject: Hello\n\nHi\n",
}
"""The files that a reader brings."""


def told_lines() -> list[list[str]]:
    """The words of every command in a block of the README, in its order; a pipe's end is a line of its own."""
    blocks = re.findall(r"^```\n(.*?)^```", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    lines = [one for block in blocks for one in block.splitlines() if one.startswith("agentdesk ")]
    parts = [
        shlex.split(part, comments=True)[1:]
        for line in lines
        for part in re.split(r" \| (?=agentdesk)", line)
    ]
    return [words for words in parts if words != ["serve"]]  # it does not end


def test_every_line_of_the_readme_does_what_it_says(
    cli: Type, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENTDESK_STORE", copied_to(home))
    monkeypatch.setenv("AGENTDESK_AGENT", "ana")
    monkeypatch.chdir(home)
    for name, text in GIVEN.items():
        (home / name).write_text(text, encoding="utf-8")
    lines, printed, failed = told_lines(), "", []
    assert len(lines) > 25
    for words in lines:
        told = [str(home / "spool") if one == "/var/spool/desk" else one for one in words]
        told += ["--practice"] if words[:2] == ["outbox", "export"] else []
        answer = cli(*told, stdin=printed)
        printed = answer.out
        if answer.code != (3 if "--fail-on" in words else 0) or "No ticket has the category" in answer.err:
            failed.append((words, answer.code, answer.err))
    assert not failed
