"""A file that appears whole or not at all, readable by its owner only, over whatever had its name."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.safe_text import line


class FileNotWrittenError(AgentDeskError):
    """A file that was asked for is not there; the one that had its name before is as it was."""

    def __init__(self, path: object, why: str) -> None:
        super().__init__(f"{line(path)} was not written: {why}. Make room or name another place with --out.")


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """The file, open for writing; it takes its name when the block ends without an error.

    Raises:
        FileNotWrittenError: the place is a folder, or the disk does not take it.
    """
    if path.is_dir():
        raise FileNotWrittenError(path, "it is a folder")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # 0600 by itself
    except OSError as error:
        raise FileNotWrittenError(path, error.strerror or str(error)) from None
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        _drop(draft)
        raise FileNotWrittenError(path, error.strerror or str(error)) from None
    except BaseException:
        _drop(draft)
        raise


def _drop(draft: Path) -> None:
    with suppress(OSError):
        draft.unlink()
