"""Runs two ways of doing the same work by turns and compares them.

Absolute times drift with the machine; ours and the yardstick are interleaved, so that both drift alike.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
AGENTDESK = str(Path(sys.executable).with_name("agentdesk"))
PYTHON = sys.executable
Pair = tuple[list[float], list[float]]
HEAD = f"{'row':<4} {'work':<46} {'ours ms':>9} {'yard ms':>9} {'ratio':>6}  {'budget':<8} yardstick"


@dataclass(frozen=True, slots=True)
class Measured:
    """One row of the table; times in milliseconds."""

    row: str
    work: str
    ours: float
    yardstick: float
    budget: str
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours over the yardstick."""
        return self.ours / self.yardstick if self.yardstick else float("nan")

    def __str__(self) -> str:
        times = f"{self.ours:>9.2f} {self.yardstick:>9.2f} {self.ratio:>6.2f}"
        return f"{self.row:<4} {self.work:<46} {times}  {self.budget:<8} {self.note}"


def by_turns(ours: Callable[[], float], yardstick: Callable[[], float], times: int) -> Pair:
    """Both measured `times` times, one after the other, after one warm-up each; milliseconds."""
    ours()
    yardstick()
    pairs = [(ours(), yardstick()) for _ in range(times)]
    return [one for one, _ in pairs], [other for _, other in pairs]


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """The work as a measurement in milliseconds."""

    def run() -> float:
        start = time.perf_counter()
        work()
        return (time.perf_counter() - start) * 1000

    return run


def process(*argv: str) -> Callable[[], float]:
    """A whole process as a measurement."""
    return timed(lambda: subprocess.run(argv, check=True, capture_output=True))


def process_with_peak(*argv: str) -> tuple[float, int, str]:
    """Milliseconds of one process, its peak memory in MB, and what it printed."""
    start = time.perf_counter()
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        assert running.stdout is not None
        printed = running.stdout.read()
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    return (time.perf_counter() - start) * 1000, usage.ru_maxrss // 1024, printed


def compare(row: str, work: str, budget: str, pair: Pair, note: str = "") -> Measured:
    """A row from two lists of measurements: their medians."""
    return Measured(row, work, median(pair[0]), median(pair[1]), budget, note)


def compare_p95(row: str, work: str, budget: str, pair: Pair, note: str = "") -> Measured:
    """A row from two lists of measurements: their 95th percentiles."""
    return Measured(row, f"{work}, p95", p95(pair[0]), p95(pair[1]), budget, note)


def p95(values: list[float]) -> float:
    """The 95th percentile, nearest rank."""
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]
