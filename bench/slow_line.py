"""A terminal behind a slow line: what is typed and what is painted are on their way, and few bytes go through at a time."""

import os
import select
import threading
import time
from collections import deque
from contextlib import suppress
from types import TracebackType
from typing import Self

from bench.terminal import Terminal

DELAY = 0.15
"""Seconds each way."""
RATE = 2_000
"""Bytes a second."""
SLICE = 0.02


class SlowLine:
    """Starts the program behind the line; leave the block to end it.

    Args:
        argv: The program.
        size: Columns and rows.
        delay: Seconds each way.
        rate: Bytes a second towards the terminal; the program feels it once the buffer of its terminal is full.
    """

    def __init__(
        self, argv: list[str], *, size: tuple[int, int], delay: float = DELAY, rate: float = RATE
    ) -> None:
        self._terminal = Terminal(argv, size=size)
        self.delay, self.rate = delay, rate
        self.is_slow = False
        """Whether the line is slow already: the first picture may come quickly."""
        self._keys: deque[tuple[float, bytes]] = deque()
        self._seen = bytearray()
        self._last = 0.0
        self._ended = threading.Event()
        self._relay = threading.Thread(target=self._carry, daemon=True)

    def __enter__(self) -> Self:
        self._relay.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._relay.join()
        self._terminal.__exit__(kind, error, trace)

    def _carry(self) -> None:
        """Hand keys on when they are due, and take bytes as fast as the line does."""
        allowed = 0.0
        while not self._ended.is_set():
            now = time.perf_counter()
            while self._keys and self._keys[0][0] <= now:
                with suppress(OSError):
                    os.write(self._terminal.descriptor, self._keys.popleft()[1])
            allowed = min(allowed + self.rate * SLICE, self.rate * SLICE * 2) if self.is_slow else 1 << 16
            if allowed >= 1 and select.select([self._terminal.descriptor], [], [], SLICE)[0]:
                with suppress(OSError):
                    chunk = os.read(self._terminal.descriptor, int(allowed))
                    self._seen += chunk
                    self._last, allowed = time.perf_counter(), allowed - len(chunk)
            if self.is_slow:
                time.sleep(max(0.0, SLICE - (time.perf_counter() - now)))

    @property
    def seen(self) -> bytes:
        """All that came through so far."""
        return bytes(self._seen)

    def until(self, marker: bytes, seconds: float = 60) -> None:
        """Wait until something is painted."""
        limit = time.perf_counter() + seconds
        while marker not in self._seen:
            if time.perf_counter() > limit:
                raise TimeoutError(f"{marker!r} was not painted; seen {self.seen[-400:]!r}")
            time.sleep(SLICE)

    def quiet(self, seconds: float = 0.3) -> None:
        """Wait until nothing comes any more."""
        start = time.perf_counter()
        while time.perf_counter() - max(self._last, start) < seconds:
            time.sleep(SLICE)

    def press(self, key: bytes, times: int = 1, every: float = 0.0, quiet: float = 0.3) -> tuple[float, int]:
        """Type a key, or hold it.

        Args:
            key: What the terminal sends for it.
            times: How often it comes while it is held.
            every: Seconds between two of them.
            quiet: Seconds without a byte that end the answer.

        Returns:
            Milliseconds from the last key until the picture is complete on this side of the line, and its bytes.
        """
        before, start = len(self._seen), time.perf_counter()
        for at in range(times):
            self._keys.append((start + at * every + self.delay, key))
        typed = start + (times - 1) * every
        time.sleep(typed - start + 2 * self.delay)
        self.quiet(max(quiet, self.delay))
        return (max(self._last, typed) - typed + self.delay) * 1000, len(self._seen) - before
