"""Owns stderr and the exit codes: commands raise, and here, once, a failure becomes one sentence and a number.

Nothing ever ends in a traceback: what nobody foresaw leaves a log without values and says where it lies.
"""

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from enum import IntEnum
from pathlib import Path
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
    except KeyboardInterrupt:
        _write("Interrupted: what was confirmed is kept, the rest was not done.")
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
    place = write_log(error)
    where = f"The details are in {place}." if place else "The details could not be kept."
    _write(f"agentdesk: this should not have happened ({type(error).__name__}). {where}")
    return ExitCode.FAILED


def write_log(error: BaseException) -> Path | None:
    """Append what failed to a log only the user can read: types and places, never values.

    Returns:
        The log, or None where it cannot be written.
    """
    from platformdirs import user_state_path

    from agentdesk import __version__
    from agentdesk.domain.clock import SystemClock

    python = ".".join(str(part) for part in sys.version_info[:3])
    head = (
        f"{SystemClock().now():%Y-%m-%dT%H:%M:%SZ} agentdesk {__version__}, Python {python}, {sys.platform}"
    )
    lines = [head, *_places(error), ""]
    path = user_state_path("agentdesk") / "errors.log"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as log:
            log.write("\n".join(lines) + "\n")
    except OSError:
        return None
    return path


def _places(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
    cause = error.__cause__ or error.__context__
    if cause is not None:
        yield "because of"
        yield from _places(cause)


def _short(filename: str) -> str:
    """The path from the package on: where a program is installed may name its user."""
    parts = Path(filename).parts
    for root in ("site-packages", "agentdesk"):
        if root in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return Path(filename).name


def _write(sentence: str) -> None:
    from agentdesk.domain.safe_text import block

    try:
        sys.stderr.write(f"{block(sentence)}\n")
        sys.stderr.flush()
    except OSError:
        return
