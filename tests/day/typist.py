"""Who types the day: into a terminal of our own or into tmux, counting keys and letters for each task."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Protocol, Self

from agentdesk.commands.registry import by_id

PATIENCE = 60.0
ALONE = 0.15
"""Seconds after escape: a key that follows at once would make it alt and that key."""
SENT = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "space": " ", "f2": "\x1bOQ", "pagedown": "\x1b[6~", "insert": "\x1b[2~",
}  # fmt: skip
"""What a terminal sends for a key that has a name; a letter is itself."""


def sent(name: str) -> str:
    """What a terminal sends for a key.

    Raises:
        KeyError: none of the names that are known here.
    """
    if name.startswith("ctrl+"):
        return chr(ord(name[-1]) & 0x1F)
    return name if len(name) == 1 else SENT[name]


class Place(Protocol):
    """A terminal in which a console runs."""

    def send(self, text: str) -> None:
        """Type what a terminal sends."""

    def text(self) -> str:
        """What is on the screen."""

    def kill(self) -> None:
        """End the console at once, as a power cut would."""

    def start(self) -> None:
        """Open the console, or open it again."""


@dataclass
class Task:
    """How often something was done, and by how many keys."""

    name: str
    times: int = 0
    keys: int = 0
    letters: int = 0


@dataclass
class Typist:
    """Types by ids of commands, so that another key is another key here too."""

    place: Place
    tasks: dict[str, Task] = field(default_factory=dict)
    _now: Task = field(default_factory=lambda: Task("between tasks"))

    @contextmanager
    def doing(self, name: str, times: int = 1) -> Iterator[None]:
        """What is typed inside belongs to a task."""
        before, self._now = self._now, self.tasks.setdefault(name, Task(name))
        self._now.times += times
        try:
            yield
        finally:
            self._now = before

    def press(self, *keys: str) -> None:
        """Press keys by name, or commands by id: each is one key."""
        for key in keys:
            name = by_id()[key].keys.split(",")[0] if "." in key and key in by_id() else key
            self.place.send(sent(name))
            self._now.keys += 1
            if name == "escape":
                time.sleep(ALONE)

    def write(self, text: str) -> None:
        """Type words; a chooser's few letters count as keys, a letter to a customer does not."""
        self.place.send(text)
        self._now.letters += len(text)

    def choose(self, text: str) -> None:
        """Type what finds an entry: each letter is one key."""
        self.place.send(text)
        self._now.keys += len(text)

    def see(self, *words: str) -> None:
        """Wait until one of these is on the screen.

        Raises:
            AssertionError: none of it comes; with what was there instead.
        """
        self.wait(lambda: any(one in self.place.text() for one in words), words)

    def wait(self, holds: Callable[[], bool], words: object = "another ticket") -> None:
        """Wait until something holds."""
        limit = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < limit, f"{words} did not come; there was:\n{self.place.text()}"
            time.sleep(0.03)

    def table(self) -> str:
        """Keys a task, in a table."""
        head = f"{'task':<44}{'times':>6}{'keys':>7}{'each':>7}{'letters':>9}"
        rows = [
            f"{one.name:<44}{one.times:>6}{one.keys:>7}{one.keys / max(one.times, 1):>7.1f}{one.letters:>9}"
            for one in self.tasks.values()
        ]
        return "\n".join([head, *rows])


class Tmux:
    """A console in a tmux of its own, to be watched with `tmux -L NAME attach -r`; leave the block to end it."""

    def __init__(self, argv: list[str], size: tuple[int, int] = (80, 24)) -> None:
        self.argv, self.size = argv, size
        self.name = f"agentdesk-day-{os.getpid()}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ended: object) -> None:
        with suppress(subprocess.CalledProcessError):  # it has left by itself
            self._tmux("kill-server")

    def _tmux(self, *words: str) -> str:
        return subprocess.run(
            ["tmux", "-L", self.name, *words], check=True, capture_output=True, text=True
        ).stdout

    def start(self) -> None:
        """A server with one window."""
        columns, rows = map(str, self.size)
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", columns, "-y", rows, *self.argv)
        self._tmux("set", "status", "off")

    def send(self, text: str) -> None:
        """Type it as it is."""
        self._tmux("send-keys", "-l", text)
        time.sleep(0.02)

    def text(self) -> str:
        """The pane."""
        return self._tmux("capture-pane", "-p")

    def kill(self) -> None:
        """The console alone; the server leaves with its last window."""
        os.kill(int(self._tmux("display", "-p", "#{pane_pid}")), signal.SIGKILL)
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            try:
                self._tmux("list-sessions")
            except subprocess.CalledProcessError:
                return
            time.sleep(0.1)
