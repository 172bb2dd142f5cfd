"""A file of a message is written into a folder of the agent's: under a safe name, never over another, for them alone."""

import os
from pathlib import Path
from typing import Final

from platformdirs import user_downloads_path

from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.file_names import numbered, safe_file_name
from agentdesk.domain.safe_text import line

MOST_NAMES: Final = 1_000
"""Files of one name in one folder, after which a person should tidy up."""


class FileNotSavedError(AgentDeskError):
    """A file could not be written; the sentence names the folder and says why."""

    def __init__(self, folder: object, why: str) -> None:
        super().__init__(f"Nothing was saved in {line(folder)}: {why}")


def downloads() -> Path:
    """Where files are saved unless somebody says otherwise."""
    return user_downloads_path()


def save_file(data: bytes, name: str, folder: str | Path) -> Path:
    """Write a file and say where it is; where its name is taken it becomes `name (1)`.

    Args:
        data: what is in it.
        name: what its sender called it.
        folder: `~` is the home of whoever runs this; the usual one for downloads is made where it is missing.

    Raises:
        FileNotSavedError: the folder is not there or cannot be written; no half of the file is left.
    """
    place = Path(folder).expanduser()
    called = safe_file_name(name)
    try:
        if place == downloads():
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not place.is_dir():
            raise FileNotSavedError(place, "there is no such folder. Name one that is there.")
        for number in range(MOST_NAMES):
            path = place / (called if number == 0 else numbered(called, number))
            try:
                handle = os.open(
                    path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600
                )
            except FileExistsError:
                continue
            _write(handle, path, data)
            return path
    except OSError as error:
        raise FileNotSavedError(place, f"{error.strerror or error}. Name another folder.") from None
    raise FileNotSavedError(place, f"{MOST_NAMES} files are called {called} there. Name another folder.")


def _write(handle: int, path: Path, data: bytes) -> None:
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError:
        path.unlink(missing_ok=True)
        raise
