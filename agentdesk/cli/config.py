"""The configuration: what holds and where it was set, whether it is right, and where it is."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from agentdesk.cli.failures import ExitCode, say
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of

if TYPE_CHECKING:
    from agentdesk.preferences import Preference
    from agentdesk.settings import Settings


def show_config(ctx: typer.Context, *, form: FormatOption = Format.TABLE) -> None:
    """Print every preference: what holds, and where it was set.

    Example:
        agentdesk config show
        agentdesk config show --json
    """
    from agentdesk.preferences import PREFERENCES

    session = session_of(ctx)
    columns = _columns(session.settings, as_words=form is Format.TABLE)
    session.emit(list(PREFERENCES.values()), columns, form)


def check_config(ctx: typer.Context) -> int:
    """Check the configuration, each fault with file and line.

    The exit code is 2 if anything is wrong; then the console would not open.

    Example:
        agentdesk config check
        agentdesk --config team.toml config check
    """
    session = session_of(ctx)
    path = _place(session)
    if not path.is_file():
        if session.told.config:
            say(f"agentdesk: {path}: there is no such configuration file.")
            return ExitCode.USAGE
        session.say(f"{path} is not there: every default holds.")
        return ExitCode.DONE
    faults = config_faults(path)
    for one in faults:
        say(f"agentdesk: {one}")
    if not faults:
        session.say(f"{path} is right.")
    return ExitCode.USAGE if faults else ExitCode.DONE


def print_path(ctx: typer.Context) -> None:
    """Print where the configuration is looked for.

    Example:
        agentdesk config path
        $EDITOR "$(agentdesk config path)"
    """
    typer.echo(_place(session_of(ctx)))


def _place(session: Session) -> Path:
    """The file named on the line, else the one in the platform's folder; it need not be there."""
    from agentdesk.settings import default_config

    return Path(session.told.config).expanduser() if session.told.config else default_config()


def config_faults(path: Path) -> list[str]:
    """Everything for which the console would not open, each with file and line: of the keys too."""
    import tomllib

    from agentdesk.commands.keymap import keymap_faults
    from agentdesk.config_file import faults_of

    found = faults_of(path)
    try:
        keymap = tomllib.loads(path.read_text(encoding="utf-8")).get("keymap", {})
    except (OSError, ValueError):  # told already
        return found
    return [*found, *map(str, keymap_faults(keymap, path) if isinstance(keymap, dict) else ())]


def _columns(settings: "Settings", *, as_words: bool) -> tuple[Column, ...]:
    def value(one: "Preference") -> Any:
        found = getattr(settings, one.key)
        return _written(found) if as_words else found

    return (
        Column("key", "Key"),
        Column("value", "Value", read=value),
        Column("source", "Set by", read=lambda one: settings.source_of(one.key)),
        Column("allowed", "May be", read=lambda one: ", ".join(str(each).lower() for each in one.values)),
        Column("about", "What it does"),
    )


def _written(value: Any) -> Any:
    """A value as the file has it; a keymap as how many keys it moves."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{len(value)} entries" if isinstance(value, dict) and value else value or ""
