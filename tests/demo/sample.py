"""The sample desk, built once a process: whoever reads takes it as it is, whoever writes takes a copy."""

import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from agentdesk.demo.build import build_demo
from agentdesk.store.store import Store

NOW = datetime(2026, 3, 3, 14, 20, tzinfo=UTC)
_FOLDER = TemporaryDirectory(prefix="agentdesk-demo-", ignore_cleanup_errors=True)


@cache
def sample_desk() -> tuple[Path, object]:
    """Where it is, and what its builder said of it."""
    path = Path(_FOLDER.name) / "demo.db"
    store = Store.open(str(path))
    summary = build_demo(store, seed=7, now=NOW, login="newcomer")
    store.close()
    return path, summary


def copied_to(folder: Path) -> str:
    """A copy of the sample desk in another folder."""
    return str(shutil.copy(sample_desk()[0], folder / "demo.db"))
