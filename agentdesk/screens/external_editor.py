"""The agent's own editor: a file only they can read, gone afterwards; a failure keeps the text as it was."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from agentdesk.domain.errors import AgentDeskError

Runner = Callable[[Sequence[str]], int]
"""Runs a command in the terminal and returns its exit code."""


class EditorError(AgentDeskError):
    """The editor could not be run, or said that it failed."""

    def __init__(self, command: str, reason: str) -> None:
        super().__init__(f"The editor {command} {reason}. Your text is as it was; F4 tries again.")


def run_in_terminal(command: Sequence[str]) -> int:
    """Run a command that owns the terminal until it ends."""
    return subprocess.run(command, check=False).returncode  # noqa: S603  the user's own editor, from their environment


def editor_command(environ: Mapping[str, str] = os.environ) -> list[str]:
    """`$VISUAL`, `$EDITOR`, or what the system has, as words."""
    chosen = environ.get("VISUAL") or environ.get("EDITOR") or ("notepad" if os.name == "nt" else "vi")
    try:
        return shlex.split(chosen, posix=os.name != "nt")
    except ValueError as error:
        raise EditorError(chosen, f"cannot be read as a command: {error}") from None


def edit_outside(text: str, runner: Runner, environ: Mapping[str, str] = os.environ) -> str:
    """Let the agent edit a text in their editor.

    Args:
        text: What to begin with.
        runner: How to run a command.
        environ: Where the editor is named.

    Returns:
        What they saved, without the newline most editors add.

    Raises:
        EditorError: the editor is missing, failed, or left no text that can be read.
    """
    command = editor_command(environ)
    handle, name = tempfile.mkstemp(prefix="agentdesk-", suffix=".md")  # made readable for the owner alone
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        code = runner([*command, name])
        if code:
            raise EditorError(command[0], f"ended with {code}")
        written = path.read_text(encoding="utf-8")
    except OSError as error:
        raise EditorError(command[0], f"could not be run ({error.strerror})") from None
    except UnicodeDecodeError:
        raise EditorError(command[0], "saved something that is not UTF-8") from None
    finally:
        path.unlink(missing_ok=True)
    return written[:-1] if written.endswith("\n") and not text.endswith("\n") else written
