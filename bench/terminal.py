"""A program on a pseudo-terminal of its own, and how long its answers take."""

import os
import pty
import select
import struct
import termios
import time
from contextlib import suppress
from fcntl import ioctl
from types import TracebackType
from typing import Self


class Terminal:
    """Starts the program; leave the block to end it."""

    def __init__(self, argv: list[str], *, size: tuple[int, int]) -> None:
        self.start = time.perf_counter()
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            os.execvp(argv[0], argv)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            os.kill(self.pid, 9)
        with suppress(OSError):
            os.waitpid(self.pid, 0)
        os.close(self.descriptor)

    def until(self, marker: bytes, seconds: float = 60) -> float:
        """Milliseconds from the start until `marker` was painted."""
        seen = b""
        while marker not in seen:
            if time.perf_counter() - self.start > seconds:
                raise TimeoutError(f"{marker!r} was not painted; seen {seen[-400:]!r}")
            seen += self._read(0.5)
        return (time.perf_counter() - self.start) * 1000

    def press(self, key: bytes, quiet: float = 0.05) -> tuple[float, int]:
        """Milliseconds from a key press to the last byte of its answer, and how many bytes that was.

        The answer ends once nothing comes for `quiet` seconds: what stands beside the list follows later, when the
        cursor rests.
        """
        start = last = time.perf_counter()
        os.write(self.descriptor, key)
        count = 0
        while time.perf_counter() - last < (quiet if count else 1):
            if chunk := self._read(quiet / 5):
                count += len(chunk)
                last = time.perf_counter()
        return (last - start) * 1000, count

    def settle(self, seconds: float) -> None:
        """Read away whatever comes for a while."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self._read(0.05)

    def _read(self, seconds: float) -> bytes:
        ready, _, _ = select.select([self.descriptor], [], [], seconds)
        try:
            return os.read(self.descriptor, 65536) if ready else b""
        except OSError:
            return b""
