"""The words before they are parsed: global options may stand anywhere on the line, up to `--`.

Imports neither Typer nor Textual, so that the street door can decide which face opens.
"""

from collections.abc import Sequence
from dataclasses import dataclass

VALUED = {"--store": "store", "--as": "agent", "--config": "config", "--as-of": "as_of"}
FLAGS = {
    "--quiet": "quiet",
    "-q": "quiet",
    "--no-color": "no_color",
    "--no-mouse": "no_mouse",
    "--fresh": "fresh",
    "--version": "version",
}


class WrongUsage(Exception):  # noqa: N818  it names the situation, as Typer's own do
    """The line cannot be understood; `str()` is the sentence."""


@dataclass(frozen=True, slots=True)
class Globals:
    """The global options, as typed."""

    store: str | None = None
    agent: str | None = None
    config: str | None = None
    as_of: str | None = None
    quiet: bool = False
    no_color: bool = False
    no_mouse: bool = False
    fresh: bool = False
    version: bool = False


def split_globals(argv: Sequence[str]) -> tuple[Globals, list[str]]:
    """The global options of a line, and the line without them.

    `--json` becomes `--format json` on the way: one option in every command, two ways to say it.

    Raises:
        WrongUsage: an option lacks its value, a flag was given one, or a word is no text.
    """
    for word in argv:
        if not _is_text(word):
            raise WrongUsage(f"“{word}” is not UTF-8. Type it in the encoding of this terminal.")
    told: dict[str, str | bool] = {}
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        name, has_value, value = word.partition("=")
        if word == "--":
            rest += [word, *words]
        elif name in VALUED:
            told[VALUED[name]] = value if has_value else _value(name, next(words, None))
        elif name in FLAGS:
            if has_value:
                raise WrongUsage(f"{name} takes no value.")
            told[FLAGS[name]] = True
        elif word == "--json":
            rest.append("--format=json")
        else:
            rest.append(word)
    return Globals(**told), rest  # type: ignore[arg-type]  # each name has its type in the tables above


def _value(name: str, value: str | None) -> str:
    if value is None or value.startswith("--"):
        raise WrongUsage(f"{name} needs a value.")
    return value


def _is_text(word: str) -> bool:
    """Whether the bytes of a word could be read: those that could not arrive as lone surrogates."""
    return word.isascii() or not any("\ud800" <= char <= "\udfff" for char in word)
