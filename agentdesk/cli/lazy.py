"""Typer groups and commands that import a command only when it runs.

The groups answer help and completion from the table in `tree`; a command's docstring is its help, and what follows
`Example:` in it is printed as typed. Rich is left out: plain help takes half the time and survives a pipe.
"""

import inspect
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from agentdesk.cli.branch import Branch, Leaf
from agentdesk.cli.plain_values import spare_pydantic
from agentdesk.cli.session import Session

GLOBALS_NOTE = (
    "Global options (--store, --as, --as-of, --quiet, ...) may stand anywhere: see agentdesk --help."
)


class DeskCommand(TyperCommand):
    """A command whose help ends with its example."""

    @property
    def words(self) -> tuple[str, str]:
        """The description, and the example lines."""
        description, _, example = (self.help or "").partition("Example:")
        return description.strip(), inspect.cleandoc("\n" + example).strip()

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, --help among them."""
        return spare_pydantic(super().get_params(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse; `--as-of` is given back to a command that reads it itself, as a report does."""
        session = ctx.find_object(Session)
        if session is not None and any("--as-of" in param.opts for param in self.params):
            args = [*session.hand_over_as_of(), *args]
        return super().parse_args(ctx, args)

    def records(self, ctx: Any) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """Names and help of the arguments and of the options; an argument's name says enough without its type."""
        arguments: list[tuple[str, str]] = []
        options: list[tuple[str, str]] = []
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is None:
                continue
            name, told = record
            if param.param_type_name == "argument":
                arguments.append((name.partition(" <")[0], told.removesuffix("[required]").strip()))
            else:
                options.append((name, told))
        return arguments, options

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write what can follow the command."""
        for title, rows in zip(("Arguments", "Options"), self.records(ctx), strict=True):
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  Typer's signature
        """Write the description."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.words[0])

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  Typer's signature
        """Write the example as it would be typed."""
        write_example(formatter, self.words[1])
        formatter.write(f"\n{GLOBALS_NOTE}\n")


class QueryCommand(DeskCommand):
    """A command that ends with a query, in which `-tag:vat` is a word and `--limt` still a slip."""

    def __init__(self, name: str | None, **settings: Any) -> None:
        settings["context_settings"] = {
            **(settings.get("context_settings") or {}),
            "ignore_unknown_options": True,
        }
        super().__init__(name, **settings)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse, and refuse long options nobody knows."""
        rest = super().parse_args(ctx, args)
        for word in ctx.params.get("query") or ():
            if word.startswith("--"):
                known = [option for param in self.get_params(ctx) for option in param.opts]
                ctx.fail(f"No such option: {word}.{did_you_mean(word, known)}")
        return rest


class LazyGroup(TyperGroup):
    """A group over a part of the table."""

    sections: Mapping[str, Mapping[str, Leaf | Branch]]
    example: str = ""
    path: str = "agentdesk"

    @property
    def entries(self) -> dict[str, Leaf | Branch]:
        """Every command of the group by name."""
        return {name: entry for part in self.sections.values() for name, entry in part.items()}

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, --help among them."""
        return spare_pydantic(super().get_params(ctx))

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  Typer's signature
        """The names, in the order of the table."""
        return list(self.entries)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  Typer's signature
        """Build one command; only here something is imported."""
        if cmd_name not in self.commands and cmd_name in self.entries:
            self.commands[cmd_name] = build(cmd_name, self.entries[cmd_name], f"{self.path} {cmd_name}")
        return self.commands.get(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command of a line, or name the nearest one."""
        name = args[0]
        if not name.startswith("-") and name not in self.entries:
            near = did_you_mean(name, list(self.entries))
            ctx.fail(f"There is no command {name}.{near or f' See: {ctx.command_path} --help'}")
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Complete names from the table, and options as Typer does."""
        from typer._click.shell_completion import CompletionItem

        named = [
            CompletionItem(name, help=entry.help)
            for name, entry in self.entries.items()
            if name.startswith(incomplete)
        ]
        return named or TyperCommand.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  Typer's signature
        """Write the table, section by section."""
        room = max(len(name) for name in self.entries)
        for title, part in self.sections.items():
            with formatter.section(title):
                formatter.write_dl([(f"{name:<{room}}", entry.help) for name, entry in part.items()])

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  Typer's signature
        """Write the example."""
        write_example(formatter, self.example)


def did_you_mean(word: str, known: list[str]) -> str:
    """` Did you mean X?` for the nearest known word, or nothing."""
    near = get_close_matches(word.partition("=")[0], known, n=1)
    return f" Did you mean {near[0]}?" if near else ""


def write_example(formatter: Any, example: str) -> None:
    """The example lines, unwrapped."""
    with formatter.section("Example"):
        for typed in example.splitlines():
            formatter.write(f"{'':>{formatter.current_indent}}{typed}\n" if typed else "\n")


def build(name: str, entry: Leaf | Branch, path: str) -> Any:
    """The Typer command or group of an entry; `path` is what is typed for it."""
    if isinstance(entry, Leaf):
        return build_leaf(name, entry)
    first = next(iter(entry.commands))
    group = LazyGroup(name=name, help=entry.help, no_args_is_help=True, rich_markup_mode=None)
    group.sections = {"Commands": entry.commands}
    group.path = path
    group.example = entry.example or f"{path} {first}\n{path} {first} --help"
    return group


def build_leaf(name: str, leaf: Leaf) -> Any:
    """Import a command and let Typer read its signature."""
    module, _, function = leaf.target.partition(":")
    call: Callable[..., Any] = getattr(import_module(f"agentdesk.cli.{module}"), function)
    takes_query = "query" in inspect.signature(call).parameters
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name, cls=QueryCommand if takes_query else DeskCommand)(call)
    return get_command(app)
