"""What nobody foresaw, written to a log only the user can read: types and places, never values."""

import os
import sys
import traceback
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from platformdirs import user_state_path

from agentdesk import __version__


def log_fault(error: BaseException, at: datetime) -> Path | None:
    """Append a fault to the log.

    Returns:
        The log, or None where it cannot be written.
    """
    python = ".".join(str(part) for part in sys.version_info[:3])
    head = f"{at:%Y-%m-%dT%H:%M:%SZ} agentdesk {__version__}, Python {python}, {sys.platform}"
    path = user_state_path("agentdesk") / "errors.log"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as log:
            log.write("\n".join([head, *_places(error), "", ""]))
    except OSError:
        return None
    return path


def _places(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
    cause = error.__cause__ or error.__context__
    if cause is not None:
        yield "because of"
        yield from _places(cause)


def _short(filename: str) -> str:
    """The path from the package on: where a program is installed may name its user."""
    parts = Path(filename).parts
    for root in ("site-packages", "agentdesk"):
        if root in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return Path(filename).name
