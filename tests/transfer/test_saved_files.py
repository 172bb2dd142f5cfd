"""A file of a message is written where it was asked for, under a safe name, over nothing."""

import stat
from pathlib import Path

import pytest

from agentdesk.transfer.saved_files import FileNotSavedError, save_file


def test_a_file_is_readable_by_its_owner_alone_and_never_written_over(tmp_path: Path) -> None:
    first = save_file(b"one", "../../a b.pdf", tmp_path)
    second = save_file(b"two", "a b.pdf", str(tmp_path))
    assert (first.name, second.name) == ("a b.pdf", "a b (1).pdf")
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert first.parent == tmp_path


def test_a_link_that_lies_there_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "target"
    (tmp_path / "a.pdf").symlink_to(target)
    assert save_file(b"x", "a.pdf", tmp_path).name == "a (1).pdf"
    assert not target.exists()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotSavedError, match="there is no such folder"):
        save_file(b"x", "a.pdf", tmp_path / "nowhere")


def test_the_folder_for_downloads_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agentdesk.transfer.saved_files.downloads", lambda: tmp_path / "new")
    assert save_file(b"x", "a.pdf", tmp_path / "new").read_bytes() == b"x"
