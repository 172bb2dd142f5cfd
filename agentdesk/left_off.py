"""Where an agent left off: one small file for each store and agent, that only the user can read.

It is no change of the desk, so undo knows nothing of it; one that cannot be read or written is as if it was not there.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from platformdirs import user_state_path


@dataclass(frozen=True, slots=True)
class LeftOff:
    """What was in front of the agent.

    Attributes:
        view: the id of the view; empty for a question of one's own.
        query: what the list was asked.
        sort: its order, with `-` in front where it was turned round; empty where it followed the question.
        ticket_id: the highlighted ticket.
        open_id: the open ticket; None where the list was in front.
        tab: which page of it.
        scroll: how far that was scrolled.
    """

    view: str = ""
    query: str = ""
    sort: str = ""
    ticket_id: int | None = None
    open_id: int | None = None
    tab: int = 0
    scroll: int = 0


class Bookmark:
    """The file."""

    def __init__(self, store: str, agent: str, folder: Path | None = None) -> None:
        name = hashlib.sha256(f"{store}\0{agent}".encode()).hexdigest()[:24]
        self.path = (folder or user_state_path("agentdesk") / "left-off") / f"{name}.json"
        self._kept: LeftOff | None = None

    def read(self) -> LeftOff | None:
        """Where it was left, None where nothing is known."""
        try:
            told = json.loads(self.path.read_text(encoding="utf-8"))
            self._kept = _left_off(told)
        except (OSError, ValueError, TypeError):
            return None
        return self._kept

    def keep(self, left: LeftOff) -> None:
        """Keep it, whole or not at all; the same again costs nothing."""
        if left == self._kept:
            return
        beside = self.path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(beside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                json.dump(asdict(left), out)
            beside.replace(self.path)
            self._kept = left


def _left_off(told: Mapping[str, Any]) -> LeftOff:
    known = {one.name: told[one.name] for one in fields(LeftOff) if one.name in told}
    left = LeftOff(**known)
    for name in ("view", "query", "sort"):
        if not isinstance(getattr(left, name), str):
            raise TypeError(name)
    for name in ("tab", "scroll", "ticket_id", "open_id"):
        if not isinstance(getattr(left, name), int | None):
            raise TypeError(name)
    return left
