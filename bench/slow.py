"""How long a key takes over a line of 150 ms and 2 kB/s; there is no yardstick but the line itself."""

from collections.abc import Iterator

from bench.big_desk import big_desk
from bench.harness import AGENTDESK, Measured
from bench.sizes import Size
from bench.slow_line import DELAY, RATE, SlowLine

KEYS = (
    ("one row down", b"j", 8),
    ("the first row under the last one", b"\x1b[6~j", 1),
    ("page down", b"\x1b[6~", 2),
    ("open a ticket", b"\r", 1),
    ("back to the list", b"\x1b", 1),
)


def press_over_a_slow_line(size: Size) -> Iterator[Measured]:
    """Milliseconds until the picture is complete, against what the line takes for one round and for those bytes."""
    argv = [AGENTDESK, "--store", str(big_desk(size.tickets)), "--as", "agent1", "--fresh"]
    with SlowLine(argv, size=(80, 24)) as line:
        line.until(b"T-")
        line.quiet(2)
        line.is_slow = True
        for name, key, times in KEYS:
            answers = [line.press(key, quiet=1) for _ in range(times)]
            took = sum(one for one, _ in answers) / times
            sent = sum(count for _, count in answers) / times
            yield Measured("slow", name, took, 2000 * DELAY, "", f"one round of the line; {sent:,.0f} bytes")
        line.press(b"<", quiet=1)
        took, sent = line.press(b"j", times=30, every=1 / 30, quiet=1)
        yield Measured(
            "slow", "30 rows down, key held for a second", took, sent / RATE * 1000, "", f"its {sent:,} bytes"
        )
