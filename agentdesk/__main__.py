"""The street door: no arguments in a terminal open the console, anything else is for the command line.

The only file that knows both faces, and it imports neither before it knows which one is wanted.
"""

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from agentdesk.cli.argv import Globals, WrongUsage, split_globals
from agentdesk.cli.failures import ExitCode, guarded, say

if TYPE_CHECKING:
    from agentdesk.settings import Settings


def main(argv: Sequence[str] | None = None) -> int:
    """Run AgentDesk and return its exit code."""
    try:
        told, words = split_globals(sys.argv[1:] if argv is None else argv)
    except WrongUsage as error:
        say(f"agentdesk: {error}")
        return ExitCode.USAGE
    if told.version:
        from agentdesk import __version__

        sys.stdout.write(f"agentdesk {__version__}\n")
        return ExitCode.DONE
    if told.no_color:
        os.environ["NO_COLOR"] = "1"
    if not words and told.as_of is not None:
        say("agentdesk: --as-of needs a command: the console always shows the present.")
        return ExitCode.USAGE
    is_served = os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")
    if not words and (is_served or (sys.stdin.isatty() and sys.stdout.isatty())):
        return guarded(lambda: _open_console(lambda: _settings(told)))
    from agentdesk.cli.main import run
    from agentdesk.cli.session import OpenConsole

    result = run(words or ["--help"], told)
    if isinstance(result, OpenConsole):
        wanted = result
        return guarded(lambda: _open_console(lambda: wanted.settings, tour=wanted.tour))
    return result


def _settings(told: Globals) -> "Settings":
    from pathlib import Path

    from agentdesk.settings import load

    config = Path(told.config).expanduser() if told.config else None
    return load(store=told.store, agent=told.agent, config=config, no_mouse=told.no_mouse, fresh=told.fresh)


def _open_console(settings: "Callable[[], Settings]", *, tour: bool = False) -> int:
    import gc

    gc.disable()  # all that is made before the first paint stays; the app turns it on again then
    chosen = settings()
    from agentdesk.app import run

    return run(chosen, tour=tour) or ExitCode.DONE


if __name__ == "__main__":
    sys.exit(main())
