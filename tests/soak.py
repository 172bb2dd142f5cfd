"""Two consoles in terminals of their own and one command line, working at random on one store, and what must hold after.

Law: what was acknowledged is in the journal; the journal, read from its beginning, gives every ticket as it stands; what
the consoles show is what the store holds; nobody grows, nobody falls over.
"""

import json
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pyte

from agentdesk.store import sqlite
from agentdesk.store.reader import instant
from bench.terminal import Terminal

PROGRAM = [sys.executable, "-m", "agentdesk"]
SIZE = (80, 24)
KEYS: tuple[tuple[str, ...], ...] = (
    *((key,) for key in "jjjjkkDU<>[]pzZRmmNicCy125"),
    *((key,) for key in (" ", "\r", "\x1b", "\x1b", "\t", "\x1b[6~", "\x1b[5~", "H", "J", "K", "l", "h")),
    ("*", "\x1b"),
    *[("\x1b",) * 8] * 3,
    ("u", "low", "\x1bOQ"),
    ("u", "high", "\x1bOQ"),
    ("t", "blue", "\r", "\x1bOQ"),
    ("s", "open", "\x1bOQ"),
    ("s", "solved", "\x1bOQ"),
    ("a", "bo l", "\r"),
    ("w", "tomorrow", "\x1bOQ"),
    ("n", "a word for the team", "\x1bOQ", "y"),
    ("r", "an answer", "\x1bOQ", "y"),
    ("r", "not finished", "\x1b"),
    ("/", "\x15", "refund", "\r", "\x1b"),
    ("g", "1003", "\r"),
)
"""What a restless agent types; nothing that leaves the console or hands it to another program."""
TOLD = re.compile(r"((?:Took|Replied to|Noted on|Assigned|Set|Tagged|Changed) .+?) · z undo")
LEAST = 3
"""Changes that a command line makes at least."""
REFUSED = 1
"""A ticket that the desk has closed meanwhile takes no new tag."""
RESTING = 0.2
"""Seconds of the processor in two seconds that a console takes which only looks whether there is news."""
FAULT = "should not have happened"
Held = dict[str, Any]


@dataclass
class Watched:
    """A console in a terminal, and everything that was seen on it."""

    terminal: Terminal
    screen: pyte.Screen = field(default_factory=lambda: pyte.Screen(*SIZE))
    told: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def follow(self, stop: threading.Event) -> None:
        """Read what is painted until told to stop; note every toast."""
        stream = pyte.ByteStream(self.screen)
        while not stop.is_set():
            chunk = self.terminal._read(0.1)
            if chunk:
                with self._lock:
                    stream.feed(plain(chunk))
                    text = _text(self.screen)
                self.told |= {words.strip() for words in TOLD.findall(text)}
                if FAULT in text:
                    self.faults.append(text)

    def text(self) -> str:
        """What is on the screen."""
        with self._lock:
            return _text(self.screen)

    def type(self, *keys: str) -> None:
        """Send keys as a terminal does."""
        for key in keys:
            os.write(self.terminal.descriptor, key.encode())
            time.sleep(0.15 if key == "\x1b" else 0.03)

    def home(self) -> None:
        """Back to the whole queue, from wherever this is."""
        for at in range(120):
            text = self.text()
            if "Filter" in text.rpartition("\n")[2] and "╭" not in text:  # no dialog over it
                return
            self.type("1" if at % 8 == 7 else "\x1b")
            time.sleep(0.2)
        raise AssertionError(f"no way back to the queue:\n{self.text()}")

    def is_calm(self) -> bool:
        """Whether nothing was painted for two seconds, and it rested: every key that was typed is done.

        On a busy machine a console that works off what was typed may paint nothing for longer than that.
        """
        text, worked = self.text(), self._worked()
        time.sleep(2)
        return self.text() == text and self._worked() - worked < RESTING

    def _worked(self) -> float:
        spent = psutil.Process(self.terminal.pid).cpu_times()
        return spent.user + spent.system

    @property
    def has_ended(self) -> bool:
        """Whether the program has left."""
        return psutil.Process(self.terminal.pid).status() == psutil.STATUS_ZOMBIE

    @property
    def memory(self) -> int:
        """Bytes of it that are in memory."""
        return psutil.Process(self.terminal.pid).memory_info().rss


def _text(screen: pyte.Screen) -> str:
    """Its lines; `display` of the emulator stumbles over half of a wide letter."""
    rows = (screen.buffer[y] for y in range(screen.lines))
    return "\n".join("".join(row[x].data for x in range(screen.columns)).rstrip() for row in rows)


def plain(chunk: bytes) -> bytes:
    """Without what the emulator does not know and would print."""
    return re.sub(rb"\x1b\[[<>?][\d;]*[a-zA-Z$]+p?|\x1b\]22;[a-z-]*\x07", b"", chunk)


@contextmanager
def consoles(store: Path, *agents: str) -> Iterator[list[Watched]]:
    """A console for each agent, ready for keys."""
    stop, opened, readers = threading.Event(), list[Watched](), list[threading.Thread]()
    try:
        for agent in agents:
            watched = Watched(Terminal([*PROGRAM, "--store", str(store), "--as", agent], size=SIZE))
            opened.append(watched)
            readers.append(threading.Thread(target=watched.follow, args=(stop,), daemon=True))
            readers[-1].start()
        for watched in opened:
            wait_until(lambda one=watched: "T-" in one.text(), 60)
        yield opened
    finally:
        stop.set()
        for reader in readers:
            reader.join()
        for watched in opened:
            watched.terminal.__exit__(None, None, None)


def wait_until(holds: Any, seconds: float) -> float:
    """Seconds until something holds.

    Raises:
        TimeoutError: it does not.
    """
    start = time.monotonic()
    while not holds():
        if time.monotonic() - start > seconds:
            raise TimeoutError(f"not within {seconds} s")
        time.sleep(0.05)
    return time.monotonic() - start


def rage(watched: Watched, dice: random.Random, until: float) -> None:
    """Write a note, then type at random until an instant."""
    watched.type("n", "the first word", "\x1bOQ", "y")
    try:
        wait_until(lambda: "Noted on" in watched.text(), 20)
    except TimeoutError:
        watched.faults.append(f"its first note was not kept:\n{watched.text()}")
        return
    typed: list[str] = []
    while time.monotonic() < until:
        if watched.has_ended:
            watched.faults.append(f"it left after {typed[-30:]}:\n{watched.text()}")
            return
        typed += (keys := dice.choice(KEYS))
        with suppress(OSError):
            watched.type(*keys)
        time.sleep(dice.uniform(0, 0.15))


def command(store: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Type one command line."""
    return subprocess.run(
        [*PROGRAM, "--store", str(store), "--as", "li", *words], capture_output=True, text=True, check=False
    )


def keep_writing(store: Path, dice: random.Random, until: float) -> list[int]:
    """Change tickets by command lines until an instant; the numbers of the changes that were acknowledged."""
    acknowledged: list[int] = []
    while time.monotonic() < until or len(acknowledged) < LEAST:
        ticket = f"T-{dice.randrange(1001, 1025)}"
        words = dice.choice(
            ["priority=high", "priority=low", "tags=+cli", "tags=-cli", f"subject=Word {dice.random()}"]
        )
        told = command(store, "ticket", "set", ticket, words)
        assert told.returncode in (0, REFUSED), told.stderr
        assert FAULT not in told.stderr
        acknowledged += [int(one) for one in re.findall(r"Change (\d+)", told.stderr)]
    return acknowledged


# What must hold.


def lost(store: Path, acknowledged: list[int], told: set[str]) -> list[str]:
    """What was acknowledged and is not in the journal: numbers of the command line, sentences of the consoles."""
    with closing(sqlite.connect(store, read_only=True)) as opened:
        numbers = {number for (number,) in opened.execute("SELECT DISTINCT change_id FROM journal")}
        sentences = {words for (words,) in opened.execute("SELECT summary FROM change")}
    missing = [f"change {one}" for one in acknowledged if one not in numbers]
    return missing + [words for words in told if not any(words.startswith(one) for one in sentences)]


def unlike_its_journal(store: Path) -> list[str]:
    """Tickets that are not what their journal says, field by field."""
    with closing(sqlite.connect(store, read_only=True)) as opened:
        names = [row[1] for row in opened.execute("PRAGMA table_info(ticket)")]
        rows = {row[0]: dict(zip(names, row, strict=True)) for row in opened.execute("SELECT * FROM ticket")}
        told = opened.execute(
            "SELECT entity_id, before, after FROM journal WHERE entity = 'ticket' ORDER BY id"
        ).fetchall()
    states: dict[int, Held] = {}
    wrong = []
    for ticket, before, after in told:
        state = states.setdefault(ticket, {})
        wrong += [
            f"{ticket}: {name} was lost"
            for name, value in (json.loads(before or "{}") or {}).items()
            if state.get(name) != value
        ]
        state |= json.loads(after or "{}") or {}
    for ticket, state in states.items():
        wrong += [
            f"{ticket}: {name}"
            for name, value in state.items()
            if _as_kept(name, rows[ticket][name]) != _as_told(name, value)
        ]
    return wrong


def _is_instant(name: str) -> bool:
    return name.endswith(("_at", "_since", "_until"))


def _as_kept(name: str, value: Any) -> Any:
    if name in ("tags", "extra", "intake"):
        return json.loads(value)
    return instant(value) if _is_instant(name) and value else value


def _as_told(name: str, value: Any) -> Any:
    return instant(value) if _is_instant(name) and value else value
