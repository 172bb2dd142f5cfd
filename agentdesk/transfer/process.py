"""Who is at work on an import: a process of a machine, so that one that was killed can be told from one that is slow."""

import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

_START: Final = 19
"""Place of the start among the fields of /proc/PID/stat that follow the name."""


def this_process() -> dict[str, Any]:
    """This one, as an import keeps it."""
    return {"host": socket.gethostname(), "pid": os.getpid(), "started": _started(os.getpid())}


def is_alive(told: Mapping[str, Any]) -> bool | None:
    """Whether a process is still there; None where it cannot be known from here, as for another machine."""
    pid = told.get("pid")
    if not isinstance(pid, int) or told.get("host") != socket.gethostname() or os.name == "nt":
        return None
    try:
        os.kill(pid, 0)  # asks, and does nothing
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's, and alive
    started = told.get("started")
    # The number may be another process's by now.
    return not started or _started(pid) in ("", started)


def _started(pid: int) -> str:
    """When a process began, in ticks since the machine did; empty where that is not told."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    if fields and fields[0] == "Z":
        return "dead"
    return fields[_START] if len(fields) > _START else ""
