"""Mails as files in a folder, for whatever sends them: one `.eml` a mail, named by its key, there whole or not at all.

A mail is staged as a hidden file beside its name and let go by renaming it, which happens once: a file that another
program has taken away does not come back.
"""

import os
from pathlib import Path
from typing import Final

from agentdesk.channels.errors import ChannelError
from agentdesk.domain.file_names import safe_file_name

NAME: Final = "eml"
_STAGED: Final = ".part"


class EmlFolder:
    """A folder, made where it is missing, for its owner alone.

    Args:
        folder: where.

    Raises:
        ChannelError: it cannot be made, or is no folder.
    """

    def __init__(self, folder: str | Path) -> None:
        try:
            self.folder = Path(folder).expanduser().absolute()
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except (OSError, ValueError, RuntimeError) as error:
            raise ChannelError(folder, error) from None
        self.place = f"{NAME}:{self.folder}"

    def file_of(self, key: str) -> Path:
        """What the mail is called once it has been let go."""
        return self.folder / f"{_stem(key)}.eml"

    def stage(self, key: str, mail: bytes) -> None:
        """Write it under its hidden name, down to the disk."""
        try:
            self._hidden(key).unlink(missing_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
            with os.fdopen(os.open(self._hidden(key), flags, 0o600), "wb") as file:
                file.write(mail)
                file.flush()
                os.fsync(file.fileno())
            self._settle()
        except OSError as error:
            self.drop(key)
            raise ChannelError(self.folder, error) from None

    def let_go(self, key: str) -> None:
        """Give it its name."""
        try:
            self._hidden(key).replace(self.file_of(key))
            self._settle()
        except FileNotFoundError:
            if not self.folder.is_dir():
                raise ChannelError(self.folder, "it is not there") from None
        except OSError as error:
            raise ChannelError(self.folder, error) from None

    def drop(self, key: str) -> None:
        """Take the hidden file away."""
        self._hidden(key).unlink(missing_ok=True)

    def staged(self) -> list[str]:
        """What lies there under a hidden name."""
        return [one.name[1 : -len(_STAGED)] for one in self.folder.glob(f".*{_STAGED}")]

    def _hidden(self, key: str) -> Path:
        return self.folder / f".{_stem(key)}{_STAGED}"

    def _settle(self) -> None:
        """Make the names in the folder outlive a loss of power."""
        if os.name == "nt":
            return
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _stem(key: str) -> str:
    return safe_file_name(key.partition("@")[0])
