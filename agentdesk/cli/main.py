"""The root of the command line: global options, the table of commands, and Typer's errors in our words."""

import re
import shlex
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.main import get_command

from agentdesk.cli import lazy
from agentdesk.cli.argv import Globals, WrongUsage
from agentdesk.cli.failures import DeclinedError, StoppedError, guarded
from agentdesk.cli.session import OpenConsole, Session
from agentdesk.cli.tree import SECTIONS

app = typer.Typer(
    name="agentdesk",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


class Root(lazy.LazyGroup):
    """The table itself."""

    sections = SECTIONS
    example = (
        "agentdesk demo\n"
        "agentdesk ticket list 'is:open assignee:none' --format ids\n"
        "agentdesk report queue --as-of today"
    )

    def invoke(self, ctx: Any) -> Any:
        """Run the command; Typer would end a stopped one without a word."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            raise StoppedError(str(stop)) from None


@app.callback(cls=Root)
def root(
    *,
    store: Annotated[str, typer.Option(metavar="PATH|URL", help="The desk. [env: AGENTDESK_STORE]")] = "",
    as_: Annotated[
        str, typer.Option("--as", metavar="AGENT", help="Who you are. [env: AGENTDESK_AGENT]")
    ] = "",
    config: Annotated[str, typer.Option(metavar="FILE", help="The configuration to use.")] = "",
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            metavar="INSTANT",
            help="Let it be that instant: what is late is judged then. Leads and admins may also write as of it.",
        ),
    ] = "",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes on stderr, only errors.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colour. [env: NO_COLOR]")] = False,
    no_mouse: Annotated[
        bool, typer.Option("--no-mouse", help="The console leaves the mouse to the terminal.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="The console begins anew, not where you left it.")
    ] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """A keyboard-first agent console for customer service, in the terminal.

    Without arguments the console opens. Data goes to stdout and talk to stderr; --json is short for --format json.
    Exit codes: 0 done, 1 refused, 2 wrong usage, 3 done in part, 4 somebody else changed it meanwhile.
    """
    # Declared for help and completion only: `argv.split_globals` has taken them from wherever they stood.
    del store, as_, config, as_of, quiet, no_color, no_mouse, fresh, version


def run(words: Sequence[str], told: Globals) -> int | OpenConsole:
    """Run one command line.

    Args:
        words: the line without its global options.
        told: the global options.

    Returns:
        The exit code, or the wish to open the console.
    """
    result = guarded(lambda: _invoke(list(words), Session(told)))
    return result if isinstance(result, int | OpenConsole) else 0


def command_tree() -> Any:
    """The root command, for whoever walks the tree."""
    return get_command(app)


def _invoke(words: list[str], session: Session) -> Any:
    try:
        return command_tree().main(
            args=words, prog_name="agentdesk", standalone_mode=False, obj=session, windows_expand_args=False
        )
    except typer.Abort:
        raise DeclinedError("Nothing was changed.") from None
    except typer.TyperException as error:
        raise WrongUsage(_sentence(error)) from None


_TYPERS_QUOTES = re.compile(r"(?<!\w)'(.+?)'(?!\w)")
_ALONE = re.compile(r"Got unexpected extra argument\(s\) \((.*)\)")


def _requoted(text: str) -> str:
    return _TYPERS_QUOTES.sub(r"“\1”", text)


def _too_many(words: str, context: Any) -> str:
    """What to do with words that stand where none can: they may belong behind an option."""
    options = {option for param in context.command.params for option in param.opts}
    behind = next((option for option in ("--name", "--subject") if option in options), None)
    said = f"“{words}” stands where nothing can stand."
    if behind is None:
        return (
            f"{said} Put it in quotes if it belongs to the word before, or see: {context.command_path} --help"
        )
    return f"{said} Write: {context.command_path} {behind} {shlex.quote(words)}"


def _sentence(error: typer.TyperException) -> str:
    """Typer's message as one line that ends in a full stop or a hint."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return f"Which command?\n\n{error.format_message()}"
    message = _requoted(" ".join(str(error.format_message()).split()))
    near = getattr(error, "possibilities", None)
    if near:
        return f"{_requoted(error.message)} Did you mean {min(near)}?"
    context = getattr(error, "ctx", None)
    if context and (alone := _ALONE.fullmatch(message)):
        return _too_many(alone[1], context)
    stop = "" if message.endswith((".", "?", "help")) else "."
    hint = f" See: {context.command_path} --help" if context and "Did you" not in message else ""
    return f"{message}{stop}{hint if 'See:' not in message else ''}"
