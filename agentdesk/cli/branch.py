"""What the table of commands is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leaf:
    """A command: `module:function` in `agentdesk.cli`, and the first sentence of its docstring."""

    target: str
    help: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A group of commands about one noun; without examples its help shows its first command."""

    help: str
    commands: "dict[str, Leaf | Branch]"
    example: str = ""
