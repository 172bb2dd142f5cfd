"""What nobody foresaw, written to a log only the user can read: types and places, never values."""

import os
import traceback
from datetime import datetime
from pathlib import Path

from platformdirs import user_state_path


def log_fault(error: BaseException, at: datetime) -> Path | None:
    """Append a fault to the log.

    Returns:
        The log, or None where it cannot be written.
    """
    path = user_state_path("agentdesk") / "errors.log"
    places = [
        f"  {frame.filename}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    text = "\n".join([f"{at:%Y-%m-%dT%H:%M:%SZ} console: {type(error).__name__}", *places, "", ""])
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(
            os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "w", encoding="utf-8"
        ) as log:
            log.write(text)
    except OSError:
        return None
    return path
