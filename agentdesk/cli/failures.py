"""Owns stderr and the exit codes: commands raise, and here, once, a failure becomes one sentence and a number.

Nothing ever ends in a traceback: what nobody foresaw leaves a log without values and says where it lies.
"""

import sys
from collections.abc import Callable
from enum import IntEnum
from typing import TypeVar

from agentdesk.cli.argv import WrongUsage

Result = TypeVar("Result")


class ExitCode(IntEnum):
    """What a script can tell from the number alone."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    PARTLY = 3
    """Done, but something the caller asked to hear about is true."""
    CONFLICT = 4
    INTERRUPTED = 130


class ReaderLeftError(Exception):
    """Whoever read our output closed it, as `head` does: not a failure."""


class StoppedError(Exception):
    """Ctrl-C, in a form that Typer does not swallow; its own words, where whoever was stopped knows some."""


class DeclinedError(Exception):
    """The user answered no, or there was nobody to ask."""


def say(sentence: str, *, quiet: bool = False) -> None:
    """Talk to the person, never to the pipe."""
    if not quiet:
        _write(sentence)


def ask(question: str, *, yes: bool) -> None:
    """Return if the user agrees to something that cannot be seen beforehand.

    Raises:
        DeclinedError: they do not, or nobody can be asked.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise DeclinedError(f"{question} Nobody can be asked here: add --yes.")
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        raise DeclinedError("Nothing was changed.")


def guarded(run: Callable[[], Result]) -> Result | int:
    """Call `run`; give back what it returns, or the exit code of what it raised, already told on stderr."""
    try:
        return run()
    except (KeyboardInterrupt, StoppedError) as stop:
        _write(str(stop) or "Interrupted: what was confirmed is kept, the rest was not done.")
        return ExitCode.INTERRUPTED
    except ReaderLeftError:
        return ExitCode.DONE
    except Exception as error:  # noqa: BLE001  the one place where every failure ends
        return _tell(error)


def _tell(error: Exception) -> int:
    from agentdesk.domain.errors import AgentDeskError, ConflictError

    codes: tuple[tuple[type[Exception], ExitCode], ...] = (
        (WrongUsage, ExitCode.USAGE),
        (DeclinedError, ExitCode.FAILED),
        (ConflictError, ExitCode.CONFLICT),
        (AgentDeskError, ExitCode.FAILED),
    )
    for kind, code in codes:
        if isinstance(error, kind):
            _write(f"agentdesk: {error}")
            return code
    if isinstance(error, OSError) and error.filename is not None:
        _write(f"agentdesk: {error.filename}: {error.strerror}. Nothing more was done.")
        return ExitCode.FAILED
    from agentdesk.domain.clock import SystemClock
    from agentdesk.faults import log_fault

    place = log_fault(error, SystemClock().now())
    where = f"The details are in {place}." if place else "The details could not be kept."
    _write(f"agentdesk: this should not have happened ({type(error).__name__}). {where}")
    return ExitCode.FAILED


def _write(sentence: str) -> None:
    from agentdesk.domain.safe_text import block

    try:
        sys.stderr.write(f"{block(sentence)}\n")
        sys.stderr.flush()
    except OSError:
        return
