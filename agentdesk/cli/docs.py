"""Writes docs/commands.md and docs/keys.md from the program itself: `python -m agentdesk.cli.docs`."""

import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import typer

from agentdesk.cli.lazy import DeskCommand, LazyGroup
from agentdesk.cli.main import command_tree

FOLDER = Path(__file__).resolve().parents[2] / "docs"
COMMANDS = "commands.md"
KEYS = "keys.md"


def pages() -> dict[str, str]:
    """The text of every generated page by its file name."""
    return {COMMANDS: "\n".join(_commands()) + "\n", KEYS: "\n".join(_keys()) + "\n"}


def write_pages(folder: Path = FOLDER) -> list[Path]:
    """Write every page and return where."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in pages().items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def walk(command: Any = None, context: Any = None) -> Iterator[tuple[Any, Any]]:
    """Every command with its context, groups before what is in them."""
    command = command or command_tree()
    name = command.name if context is not None else "agentdesk"
    context = typer.Context(command, info_name=name, parent=context)
    yield command, context
    if isinstance(command, LazyGroup):
        for child in command.list_commands(context):
            yield from walk(command.get_command(context, child), context)


def _commands() -> Iterator[str]:
    yield "# Commands"
    yield ""
    yield "Made from the program by `make docs`; a test compares this page with it."
    for command, context in walk():
        yield ""
        depth = 2 if isinstance(command, LazyGroup) else 3
        yield f"{'#' * depth} {context.command_path}"
        yield ""
        yield from _one(command, context)


def _one(command: Any, context: Any) -> Iterator[str]:
    description, example = (
        command.words if isinstance(command, DeskCommand) else (command.help or "", command.example)
    )
    yield "\n".join(line.strip() for line in description.splitlines())
    yield ""
    yield "```"
    yield " ".join(context.get_usage().removeprefix("Usage: ").split())
    yield "```"
    rows = [(_cell(name), _cell(text)) for name, text in _records(command, context) if "--help" not in name]
    if rows:
        yield ""
        yield "| Argument or option | |"
        yield "|---|---|"
        yield from (f"| `{name}` | {text} |" for name, text in rows)
    if isinstance(command, LazyGroup):
        yield ""
        yield "| Command | |"
        yield "|---|---|"
        yield from (f"| `{name}` | {entry.help} |" for name, entry in command.entries.items())
    yield ""
    yield "```sh"
    yield example
    yield "```"


def _records(command: Any, context: Any) -> list[tuple[str, str]]:
    if isinstance(command, DeskCommand):
        return [record for part in command.records(context) for record in part]
    return [record for param in command.get_params(context) if (record := param.get_help_record(context))]


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|").strip()


def _keys() -> Iterator[str]:
    from agentdesk.commands.registry import keys_table

    yield "# Keys"
    yield ""
    yield "Made from the program by `make docs`; a test compares this page with it. Any key can be changed in the"
    yield "`[keymap]` table of the configuration, by the id in the last column."
    for place, rows in groupby(keys_table(), key=lambda row: row[0]):
        yield ""
        yield f"## {place}"
        yield ""
        yield "| Keys | What | Id |"
        yield "|---|---|---|"
        yield from (f"| {_key_names(keys)} | {_cell(told)} | `{key_id}` |" for _, keys, told, key_id in rows)


def _key_names(keys: str) -> str:
    return " ".join(f"`{_cell(key)}`" if key != "`" else "`` ` ``" for key in keys.split())


if __name__ == "__main__":
    for place in write_pages():
        sys.stderr.write(f"{place}\n")
