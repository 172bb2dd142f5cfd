"""B1 to B4: whole processes, and the console on a pseudo-terminal."""

import os
from collections.abc import Iterator
from statistics import median

from agentdesk.cli.branch import Branch
from agentdesk.cli.tree import ROOT
from bench.big_desk import big_desk
from bench.harness import AGENTDESK, HERE, PYTHON, Measured, by_turns, compare, process
from bench.sizes import Size
from bench.terminal import Terminal

YARDSTICKS = HERE / "yardsticks"
WIDE = (120, 40)
SIZES = ((80, 24), (90, 40), WIDE)
MARKER = b"T-"
PRESSES = 12
ROUNDS = 3
FRESH = ("--fresh",)
"""Not where the run before left off: the cursor begins at the top."""


def start_up(size: Size) -> Iterator[Measured]:
    """Help and version against a bare Typer app of as many commands."""
    del size
    bare, names = str(YARDSTICKS / "bare_typer.py"), list(_commands())
    os.environ["COMMANDS"] = "\n".join(names)
    for option in ("--version", "--help"):
        pair = by_turns(process(AGENTDESK, option), process(PYTHON, bare, option), 15)
        yield compare("B1", f"agentdesk {option}", "<= 1.0", pair, f"bare Typer app of {len(names)} commands")


def _commands() -> Iterator[str]:
    for name, one in ROOT.items():
        yield from (f"{name} {inner}" for inner in one.commands) if isinstance(one, Branch) else (name,)


def list_tickets(size: Size) -> Iterator[Measured]:
    """One page of the queue as a whole process."""
    ours = process(AGENTDESK, *_desk(size), "ticket", "list", "--limit", "50")
    pair = by_turns(ours, process(PYTHON, "-c", "import typer, sqlmodel"), 15)
    yield compare(
        "B2", "agentdesk ticket list, 50 rows", "<= 1.1", pair, "python -c 'import typer, sqlmodel'"
    )


def paint_first(size: Size) -> Iterator[Measured]:
    """From the start of the process to the first painted rows."""
    ours, minimal = [AGENTDESK, *_desk(size), *FRESH], [PYTHON, str(YARDSTICKS / "minimal_textual.py")]
    pair = by_turns(lambda: _paint(ours), lambda: _paint(minimal), 15)
    yield compare(
        "B3", f"first painted queue, {size.tickets:,} tickets", "<= 1.5", pair, "minimal Textual app"
    )


def _paint(argv: list[str]) -> float:
    with Terminal(argv, size=WIDE) as terminal:
        return terminal.until(MARKER)


def press_keys(size: Size) -> Iterator[Measured]:
    """One row down, from the key to the last byte, in three sizes of terminal."""
    table = [PYTHON, str(YARDSTICKS / "data_table.py")]
    for shape in SIZES:
        ours: list[tuple[float, int]] = []
        yard: list[tuple[float, int]] = []
        for _ in range(ROUNDS):
            ours += _press([AGENTDESK, *_desk(size), *FRESH], shape)
            yard += _press(table, shape)
        pair = [one for one, _ in ours], [one for one, _ in yard]
        sent = f"{_bytes(ours)} bytes (budget 600) against {_bytes(yard)}"
        work = f"one row down, {shape[0]}x{shape[1]}, {size.tickets:,} tickets"
        yield compare("B4", work, "<= 0.5", pair, f"DataTable over 1,000 rows; {sent}")


def _press(argv: list[str], shape: tuple[int, int]) -> list[tuple[float, int]]:
    with Terminal(argv, size=shape) as terminal:
        terminal.until(MARKER)
        terminal.settle(2)
        answers = []
        for _ in range(PRESSES):
            answers.append(terminal.press(b"j"))
            terminal.settle(0.3)
    return answers


def _bytes(answers: list[tuple[float, int]]) -> int:
    return int(median(count for _, count in answers))


def _desk(size: Size) -> tuple[str, ...]:
    return ("--store", str(big_desk(size.tickets)), "--as", "agent1")
